### Settings and subscriptions.

settings-title = ⚙️ Settings
settings-language = Language: { $language }
settings-zone = City: { $zone }, { $time } there now
settings-subscriptions = Digests:
settings-none = No digests yet. To have one: /subscribe
settings-empty-on = When there is no news: I say so
settings-empty-off = When there is no news: I stay silent
settings-choose-language = Which language shall I speak?
settings-choose-zone = Which city's clock shall I go by?
settings-topics = What shall I tell you about?
settings-times = When shall it come? By the clock of { $zone }.
settings-days = On which days?
settings-count = How many stories in one digest?
settings-one-time = There has to be one time at least. To stop for good: /unsubscribe
settings-one-day = There has to be one day at least. To stop for good: /unsubscribe

button-language = 🌐 { $language }
button-zone = 🕰 { $zone }
button-times = ⏰ Times
button-days = 📅 Days
button-count = 🔢 How many
button-choose-topics = 🏷 Topics
button-unsubscribe = 🔕 Unsubscribe
button-every-day = Every day
button-workdays = Workdays

days-every = every day
days-workdays = on workdays
stories-up-to = { $n ->
    [one] up to { $n } story
   *[other] up to { $n } stories
}

subscribe-done = Done! You will get: { $what }.
subscribe-next = The next digest comes { $moment }. The buttons change it.
subscribe-unknown = { $n ->
    [one] I did not understand { $words }.
   *[other] I did not understand these words: { $words }.
} Write topics and times, for example: { $example }
    Topics: /topics

unsubscribe-which = Which digest shall I stop?
unsubscribe-all = All of them
unsubscribe-done = I stopped sending it. If you change your mind: /subscribe
unsubscribe-none = You have no digests. To have one: /subscribe
subscription-gone = That digest is gone. All yours: /settings
