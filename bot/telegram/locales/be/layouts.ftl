### Зводкі: макеты, пазнакі, канец.

digest-alert = { $n ->
    [one] ⚡️ Толькі што
   *[other] ⚡️ Толькі што: { $n }
}
digest-missed = 👋 Пакуль вас не было
digest-missed-since = Самае важнае з { $date }.
digest-length = ≈ { $n } хв
digest-end = { $part ->
    [morning] Гэта ўсё на раніцу.
    [day] Гэта ўсё на дзень.
    [evening] Гэта ўсё на вечар.
   *[night] Гэта ўсё на гэту ноч.
}
digest-all-muted = { $n ->
    [one] Навіны ёсць, але адзіную з іх вы прасілі не паказваць.
    [few] Навіны ёсць, але ўсе { $n } вы прасілі не паказваць.
   *[many] Навіны ёсць, але ўсе { $n } вы прасілі не паказваць.
} Што схавана, можна паглядзець і вярнуць у наладах.

story-news = Новае:
more-joined = { $n ->
    [one] +{ $n } крыніца
    [few] +{ $n } крыніцы
   *[many] +{ $n } крыніц
}
read-at-source = чытаць цалкам

button-more = 📖 Падрабязней
button-change = ⚙️ Змяніць
button-stop = 🔕 Адпісацца

stop-sure = Больш не дасылаць «{ $what }»?
stop-yes = Так, адпісацца
stop-change = Лепш радзей ці пра іншае
stop-no = Пакінуць як ёсць
