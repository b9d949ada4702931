### Поделиться сюжетом.

button-share = ↗️ Поделиться
button-copy = 🔗 Скопировать ссылку
button-read-on = Подробнее

share-gone = Этой новости больше нет. Вот свежее: /latest
