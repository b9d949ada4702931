### Getting to know each other: the first steps after /start.

zone-kuzbass = Kuzbass
zone-other = Another city…
zone-clock = 🕐 By my clock
zone-which-hour = What time is it where you are? Press the nearest, or write it: 14:20

start-hello = Hello! I’m Svodka: I gather the local news and send what matters, when it suits you.
start-language = Which language shall I speak?
start-wants = The link brought you here for this: { $what }. So we begin with it.
start-link-unknown = The link did not open: I could not tell what it is about. We go on as usual; to follow anything: /follow
start-zone = Where do you live? Then I’ll know your local time.
start-hello-group = Hello! I’m Svodka: the local news, by topic.
start-group = The latest: /latest, by topic: /topics. To get a digest here by itself: /subscribe
start-topics = What shall I tell you about? Tick topics, or leave them all.
start-time = When shall the digest come? By the clock of { $zone }.
start-done = Done! The next digest comes { $moment }.
start-first = And the first one is coming right now, with the last 24 hours. You can change all this in /settings
start-again = Welcome back! Your digests are as you left them.
start-next = The next one comes { $moment }.
start-twice = 08:00 and 19:00
start-other-time = Another time…
start-skip = Skip →
start-on = Next →

ask-zone = Which city are you in? Write its name, for example: { $example }
ask-zone-example = Warsaw
ask-zone-unknown = I don’t know the city “{ $word }”. Write the nearest big one, or a time zone, for example: { $example } or Europe/Minsk
ask-time = At what time? Write, for example: 7:30 or 8:00 18:30
ask-time-unknown = I didn’t understand the time “{ $word }”. Write, for example: 7:30 or 8:00 18:30
