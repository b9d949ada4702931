### Стол редактора: новость исправляют, отзывают, разделяют и объединяют прямо в чате.

desk-button = ✏️ Исправить
desk-title = Новость № { $number }
desk-now = Сейчас
desk-messages = { $n ->
    [0] В отправленных сводках её нет.
    [one] Есть в { $n } отправленном сообщении.
   *[many] Есть в { $n } отправленных сообщениях.
}
desk-will-edit = { $n ->
    [0] В отправленных сводках её нет.
    [one] Исправлю и в { $n } отправленном сообщении.
   *[many] Исправлю и в { $n } отправленных сообщениях.
}
desk-editing = Исправляю в отправленном: готово { $done } из { $total }.
desk-edited = { $n ->
    [one] Исправлено { $n } сообщение.
    [few] Исправлены { $n } сообщения.
   *[many] Исправлено { $n } сообщений.
}
desk-kept = { $n ->
    [one] Осталось как было { $n } сообщение:
    [few] Остались как были { $n } сообщения:
   *[many] Осталось как было { $n } сообщений:
}
desk-refreshed = Обновил.
desk-changed = Новость тем временем изменилась. Посмотрите ещё раз, пожалуйста.
desk-again = Не получилось. Попробуйте ещё раз, пожалуйста.

desk-button-headline = Другой заголовок
desk-button-summary = Другое изложение
desk-button-sort = Не об этом…
desk-button-join = Объединить с…
desk-button-withdraw = 🚫 Отозвать
desk-button-return = ↩️ Вернуть
desk-button-restore = ↩️ Вернуть как было
desk-button-refresh = 🔄 Обновить
desk-undo-merge = ↩️ Отменить объединение
desk-undo-split = ↩️ Отменить разделение
desk-undid-merge = Разъединил: статьи той новости снова отдельно, под новым номером.
desk-undid-split = Вернул статьи на место.

desk-title-headline = Другой заголовок
desk-ask-headline = Напишите новый заголовок — одной строкой, не длиннее { $most } знаков.
desk-title-summary = Другое изложение
desk-ask-summary = Напишите новое изложение — несколько предложений, не длиннее { $most } знаков.
desk-no-words = Здесь нет ни одного слова. Напишите ещё раз, пожалуйста.
desk-long = Получилось { $n ->
    [one] { $n } знак
    [few] { $n } знака
   *[many] { $n } знаков
}, а читатель увидит только { $most }. Напишите короче, пожалуйста.
desk-long-sentence = Это предложение длиннее { $most } знаков: «{ $begins }». Разбейте его, пожалуйста.

desk-title-reason = Почему отзываем новость?
desk-choose-reason = Читателям скажу слово в слово.
desk-button-other-reason = Другая причина…
desk-ask-reason = Напишите причину — так, как её прочтут читатели, не длиннее { $most } знаков.
desk-reason-unconfirmed = Сведения не подтвердились.
desk-reason-mistake = В новости была ошибка.
desk-reason-source = Источник отозвал своё сообщение.

desk-sure-headline = Исправить заголовок?
desk-then-headline = Станет
desk-no-headline = Оставить как есть
desk-yes-headline = Да, исправить
desk-did-headline = Заголовок исправлен.
desk-sure-summary = Исправить изложение?
desk-then-summary = Станет
desk-no-summary = Оставить как есть
desk-yes-summary = Да, исправить
desk-did-summary = Изложение исправлено.
desk-sure-withdraw = Отозвать новость?
desk-then-withdraw = Её больше не будет в сводках, списках и поиске. Читателям скажу, что редакция её отозвала, и почему:
desk-no-withdraw = Не отзывать
desk-yes-withdraw = Да, отозвать
desk-did-withdraw = Новость отозвана.
desk-sure-restore = Вернуть новость, какой она была?
desk-then-restore = Она снова будет в сводках, списках и поиске — словами источников.
desk-no-restore = Не возвращать
desk-yes-restore = Да, вернуть
desk-did-restore = Новость вернулась.

desk-sort-title = Что здесь не об этом?
desk-sort-hint = Отметьте статьи о другом событии: они станут отдельной новостью.
desk-sort-chapters = Другие главы той же истории
desk-sort-chapter-hint = Здесь одна статья. Если другая глава не отсюда, откройте её по номеру.
desk-button-split = { $n ->
    [one] Отделить { $n } статью
    [few] Отделить { $n } статьи
   *[many] Отделить { $n } статей
}
desk-did-split = { $n ->
    [1] Статья стала отдельной новостью № { $number }.
   *[other] Статьи стали отдельной новостью № { $number }.
}
desk-not-all = Отделить всё нельзя: новость осталась бы пустой.

desk-join-title = С какой новостью объединить?
desk-join-hint = Выберите по номеру. Или пришлите ссылку на новость, её номер или слова, по которым её найти.
desk-join-nothing = Пришлите ссылку на новость, её номер или слова, по которым её найти.
desk-join-unknown = Другой такой новости у меня нет.
desk-pair-title = Что общего у этих новостей?
desk-pair-hint = Если это одно событие, статьи второй новости перейдут в первую. Тем, у кого была одна из них, другую не пришлю.
desk-pair-thread = Если одна продолжает другую, они станут главами одной истории.
desk-pair-apart = Сейчас это главы одной истории. Если истории разные, одна другую больше не упомянет.
desk-pair-no = Оставить как есть
desk-button-one = Это одно событие
desk-button-thread = Это главы одной истории
desk-button-apart = Это разные истории
desk-did-one = Объединил.
desk-did-thread = Теперь это главы одной истории.
desk-did-apart = Теперь это разные истории.

edits-title = Правки в отправленном
edits-planned = ждут { $n }
edits-done = исправлено { $n }
edits-dead = осталось как было { $n }
edits-to-plan = Есть новая правка, начну через несколько секунд.
edits-why = Почему осталось как было
edits-cause-asleep = бота заблокировали или убрали из чата
edits-cause-moved = группа стала супергруппой
edits-cause-unsent = сообщение так и не ушло
edits-cause-deleted = сообщение удалено, или править его уже нельзя
edits-last = Последние правки
edits-did-merge = объединена
edits-did-split = разделена
edits-did-apart = отделена от истории
edits-did-chapter = стала главой истории
edits-did-reword = переписана
edits-did-withdraw = отозвана
edits-did-restore = возвращена
