### Крыніцы: якія бываюць і што з імі цяпер.

sources-title = Крыніцы
sources-none = Крыніц пакуль няма.
sources-fresh = абноўлена { $when }
sources-waiting = яшчэ не чытаў
sources-trouble = цяпер не адказвае
sources-off = выключана
sources-more = { $n ->
    [one] і яшчэ { $n } крыніца
    [few] і яшчэ { $n } крыніцы
   *[many] і яшчэ { $n } крыніц
}
sources-trouble-times = не адказвае ўжо { $n ->
    [one] { $n } раз
    [few] { $n } разы
   *[many] { $n } разоў
} запар
sources-off-itself = перастала адказваць, таму выключана
sources-month = { $n } за месяц, апошняя — { $when }
sources-trouble-title = З імі нешта не так
sources-rest-title = Астатнія
sources-admin-hint = Дадаць: дашліце спасылку, @канал або файл OPML. Падрабязнасці — у камандным радку: svodka sources check

kind-feed = стужка
kind-page = старонка навін
kind-sitemap = карта сайта
kind-channel = тэлеграм-канал
kind-folder = папка
kind-posts = допісы канала
kind-import = даслана ўручную
kind-sample = прыклад

every-minutes = раз на { $n ->
    [one] { $n } хвіліну
    [few] { $n } хвіліны
   *[many] { $n } хвілін
}
every-hours = { $n ->
    [1] раз на гадзіну
    [one] раз на { $n } гадзіну
    [few] раз на { $n } гадзіны
   *[many] раз на { $n } гадзін
}
every-day = раз на суткі

offer-kind = Гэта { $kind }. Буду зазіраць сюды { $often }.
offer-fresh = Апошняе:
offer-empty = Пакуль тут пуста.
offer-foreign = ⚠️ Здаецца, гэта не па-беларуску, не па-руску і не па-англійску: тэмы і сюжэты ў такіх тэкстах я не адрозніваю.
offer-known = Гэта я ўжо чытаю: «{ $title }», { $state }.
offer-known-off = Гэта ў мяне ёсць, але выключана: «{ $title }».

button-follow = ➕ Сачыць
button-cancel = Адмена
button-switch-on = 🔌 Уключыць
