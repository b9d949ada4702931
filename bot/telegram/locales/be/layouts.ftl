### Зводкі: макеты, пазнакі, канец.

digest-alert = { $n ->
    [1] ⚡️ Толькі што
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
    [1] Навіна ёсць, але такія вы прасілі не паказваць.
    [one] Навіны ёсць, але ўсе { $n } вы прасілі не паказваць.
    [few] Навіны ёсць, але ўсе { $n } вы прасілі не паказваць.
   *[many] Навіны ёсць, але ўсе { $n } вы прасілі не паказваць.
} Што схавана і як вярнуць — кнопкай ніжэй.

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

story-disputed = ⚖️ Крыніцы разыходзяцца. { $said }

amount = { $unit ->
    [people] { $n ->
        [one] { $number } чалавек
        [few] { $number } чалавекі
       *[many] { $number } чалавек
    }
    [flights] { $n ->
        [one] { $number } рэйс
        [few] { $number } рэйсы
       *[many] { $number } рэйсаў
    }
    [cars] { $n ->
        [one] { $number } машына
        [few] { $number } машыны
       *[many] { $number } машын
    }
    [buses] { $n ->
        [one] { $number } аўтобус
        [few] { $number } аўтобусы
       *[many] { $number } аўтобусаў
    }
    [flats] { $n ->
        [one] { $number } кватэра
        [few] { $number } кватэры
       *[many] { $number } кватэр
    }
    [places] { $n ->
        [one] { $number } месца
        [few] { $number } месцы
       *[many] { $number } месцаў
    }
    [degrees] { $number }°
    [t] { $number } т
    [kg] { $number } кг
    [km] { $number } км
    [m] { $number } м
    [ha] { $number } га
    [l] { $number } л
    [m2] { $number } м²
    [m3] { $number } м³
    [MW] { $number } МВт
    [RUB] { $number } руб.
    [BYN] { $number } бел. руб.
    [USD] { $number } дол.
    [EUR] { $number } еўра
    [CNY] { $number } юаняў
    [percent] { $number } %
   *[other] { $number }
}
