### Сводки: макеты, пометки, конец.

digest-alert = { $n ->
    [1] ⚡️ Только что
   *[other] ⚡️ Только что: { $n }
}
digest-missed = 👋 Пока вас не было
digest-missed-since = Самое важное с { $date }.
digest-length = ≈ { $n } мин
digest-end = { $part ->
    [morning] Это всё на утро.
    [day] Это всё на день.
    [evening] Это всё на вечер.
   *[night] Это всё на эту ночь.
}
digest-all-muted = { $n ->
    [1] Новость есть, но такие вы попросили не показывать.
    [one] Новости есть, но все { $n } вы попросили не показывать.
    [few] Новости есть, но все { $n } вы попросили не показывать.
   *[many] Новости есть, но все { $n } вы попросили не показывать.
} Что скрыто и как вернуть — кнопкой ниже.

story-news = Новое:
more-joined = { $n ->
    [one] +{ $n } источник
    [few] +{ $n } источника
   *[many] +{ $n } источников
}
read-at-source = читать целиком

button-more = 📖 Подробнее
button-change = ⚙️ Изменить
button-stop = 🔕 Отписаться

stop-sure = Больше не присылать «{ $what }»?
stop-yes = Да, отписаться
stop-change = Лучше присылать реже или другое
stop-no = Оставить как есть

story-disputed = ⚖️ Источники расходятся. { $said }

amount = { $unit ->
    [people] { $n ->
        [one] { $number } человек
        [few] { $number } человека
       *[many] { $number } человек
    }
    [flights] { $n ->
        [one] { $number } рейс
        [few] { $number } рейса
       *[many] { $number } рейсов
    }
    [cars] { $n ->
        [one] { $number } машина
        [few] { $number } машины
       *[many] { $number } машин
    }
    [buses] { $n ->
        [one] { $number } автобус
        [few] { $number } автобуса
       *[many] { $number } автобусов
    }
    [flats] { $n ->
        [one] { $number } квартира
        [few] { $number } квартиры
       *[many] { $number } квартир
    }
    [places] { $n ->
        [one] { $number } место
        [few] { $number } места
       *[many] { $number } мест
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
    [USD] { $number } долл.
    [EUR] { $number } евро
    [CNY] { $number } юаней
    [percent] { $number } %
   *[other] { $number }
}
