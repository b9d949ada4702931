### Поделиться сюжетом.

button-share = ↗️ Поделиться
button-copy = 🔗 Скопировать
button-begin = 🗞 Присылать мне такие сводки
button-read-on = Подробнее
