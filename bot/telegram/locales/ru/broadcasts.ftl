### Доставка глазами админа: рассылки и письма, которые не ушли.

deliveries-title = Рассылки
deliveries-none = Рассылок ещё не было.
deliveries-all = Всего сообщений: { $counts }
deliveries-sent = отправлено { $n }
deliveries-planned = ждут { $n }
deliveries-unknown = под вопросом { $n }
deliveries-dead = не ушли { $n }
broadcast-running = идёт
broadcast-paused = на паузе
broadcast-cancelled = отменена
broadcast-done = закончена
broadcast-sent = отправлено { $sent } из { $total }
broadcast-rate = { $rate } в секунду
broadcast-left = осталось { $minutes ->
    [one] около { $minutes } минуты
    [few] около { $minutes } минут
   *[many] около { $minutes } минут
}
deliveries-button-pause = ⏸ Пауза
deliveries-button-resume = ▶️ Продолжить
deliveries-button-cancel = ⏹ Отменить
deliveries-button-sure = Да, отменить
deliveries-button-back = Назад
deliveries-button-show = 🔄 Обновить
deliveries-button-dead = Не ушли
deliveries-cancel-sure = Отменить рассылку { $when }? Ещё не получили: { $left }. Они её уже не получат; новости придут им со следующей.
deliveries-did-pause = Рассылка на паузе.
deliveries-did-resume = Рассылка идёт дальше.
deliveries-did-sure = Рассылка отменена.
deliveries-did-show = Обновил.
deliveries-over = Эта рассылка уже не идёт.
deliveries-dead-title = Не ушли
deliveries-no-dead = Всё, что должно было уйти, ушло.
