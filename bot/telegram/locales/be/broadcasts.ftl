### Дастаўка вачыма адміна: рассылкі і лісты, якія не пайшлі.

deliveries-title = Рассылкі
deliveries-none = Рассылак яшчэ не было.
deliveries-all = Усяго паведамленняў: { $counts }
deliveries-sent = адпраўлена { $n }
deliveries-planned = чакаюць { $n }
deliveries-unknown = пад пытаннем { $n }
deliveries-dead = не пайшлі { $n }
broadcast-running = ідзе
broadcast-paused = на паўзе
broadcast-cancelled = адменена
broadcast-done = скончана
broadcast-sent = адпраўлена { $sent } з { $total }
broadcast-rate = { $rate } за секунду
broadcast-left = засталося { $minutes ->
    [one] каля { $minutes } хвіліны
    [few] каля { $minutes } хвілін
   *[many] каля { $minutes } хвілін
}
deliveries-button-pause = ⏸ Паўза
deliveries-button-resume = ▶️ Працягнуць
deliveries-button-cancel = ⏹ Адмяніць
deliveries-button-sure = Так, адмяніць
deliveries-button-back = Назад
deliveries-button-show = 🔄 Абнавіць
deliveries-button-dead = Не пайшлі
deliveries-cancel-sure = Адмяніць рассылку { $when }? Яшчэ не атрымалі: { $left }. Яны яе ўжо не атрымаюць; навіны прыйдуць ім з наступнай.
deliveries-did-pause = Рассылка на паўзе.
deliveries-did-resume = Рассылка ідзе далей.
deliveries-did-sure = Рассылка адменена.
deliveries-did-show = Абнавіў.
deliveries-over = Гэтая рассылка ўжо не ідзе.
deliveries-dead-title = Не пайшлі
deliveries-no-dead = Усё, што мусіла пайсці, пайшло.
