### Подписи команд в меню.

command-start = Начать
command-latest = Свежие новости
command-topics = Новости по темам
command-digest = Сводка прямо сейчас
command-search = Найти по словам
command-week = Главное за неделю
command-ahead = Что впереди, по дням
command-saved = Что вы сохранили
command-subscribe = Подписаться на сводку
command-unsubscribe = Отписаться
command-follow = Следить за именем, местом, словом
command-mute = Не показывать то, что надоело
command-unmute = Снова показывать скрытое
command-pause = Пауза на неделю
command-settings = Язык, город, темы, время
command-sources = Откуда новости
command-help = Что я умею
command-about = Обо мне
command-privacy = Что я о вас храню
command-mydata = Всё это файлом
command-forgetme = Стереть всё обо мне
command-deliveries = Рассылки: как идут, что не ушло
command-edits = Правки: что исправляется в отправленном

profile-description = Читаю местные новости, складываю сообщения об одном событии вместе и присылаю сводку, когда вам удобно. А ещё отвечаю на вопросы: «что с рейсом в Минск?» Нажмите кнопку внизу — и начнём.
profile-short = Местные новости по темам, сводкой в удобное время
