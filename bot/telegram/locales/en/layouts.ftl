### Digests: layouts, marks, the end.

digest-alert = { $n ->
    [one] ⚡️ Just in
   *[other] ⚡️ Just in: { $n }
}
digest-missed = 👋 While you were away
digest-missed-since = The most important since { $date }.
digest-length = ≈ { $n } min
digest-end = { $part ->
    [morning] That’s all for this morning.
    [day] That’s all for now.
    [evening] That’s all for this evening.
   *[night] That’s all for tonight.
}
digest-all-muted = { $n ->
    [one] There is one new story, but you asked not to see it.
   *[other] There are { $n } new stories, but you asked not to see any of them.
} See what is hidden, and bring it back, with the button below.

story-news = New:
more-joined = { $n ->
    [one] +{ $n } source
   *[other] +{ $n } sources
}
read-at-source = read in full

button-more = 📖 More
button-change = ⚙️ Change
button-stop = 🔕 Unsubscribe

stop-sure = Stop sending “{ $what }”?
stop-yes = Yes, unsubscribe
stop-change = Less often or other news instead
stop-no = Leave it as it is

story-disputed = ⚖️ Sources differ. { $said }

amount = { $unit ->
    [people] { $n ->
        [one] { $number } person
       *[other] { $number } people
    }
    [flights] { $n ->
        [one] { $number } flight
       *[other] { $number } flights
    }
    [cars] { $n ->
        [one] { $number } car
       *[other] { $number } cars
    }
    [buses] { $n ->
        [one] { $number } bus
       *[other] { $number } buses
    }
    [flats] { $n ->
        [one] { $number } flat
       *[other] { $number } flats
    }
    [places] { $n ->
        [one] { $number } place
       *[other] { $number } places
    }
    [degrees] { $number }°
    [t] { $number } t
    [kg] { $number } kg
    [km] { $number } km
    [m] { $number } m
    [ha] { $number } ha
    [l] { $number } l
    [m2] { $number } m²
    [m3] { $number } m³
    [MW] { $number } MW
    [RUB] { $number } roubles
    [BYN] { $number } Belarusian roubles
    [USD] { $number } dollars
    [EUR] { $number } euros
    [CNY] { $number } yuan
    [percent] { $number }%
   *[other] { $number }
}
