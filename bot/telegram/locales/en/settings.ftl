### Settings and subscriptions.

settings-title = ⚙️ Settings
settings-language = Language: { $language }
settings-zone = City: { $zone }, { $time } there now
settings-subscriptions = Digests:
settings-none = No digests yet. To get one: /subscribe
settings-empty-on = When there is no news: I’ll say so
settings-empty-off = When there is no news: I’ll stay silent
settings-choose-language = Which language shall I speak?
settings-choose-zone = Which city’s clock shall I go by?
settings-topics = What shall I tell you about?
settings-times = When shall it come? By the clock of { $zone }.
settings-days = On which days?
settings-count = How many stories in one digest?
settings-one-time = At least one time is needed. To stop for good: /unsubscribe
settings-one-day = At least one day is needed. To stop for good: /unsubscribe

button-language = 🌐 { $language }
button-zone = 🕰 { $zone }
button-times = ⏰ Times
button-days = 📅 Days
button-count = 🔢 How many
button-topics = 🏷 Topics
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
subscribe-next = The next digest comes { $moment }. You can change it with the buttons.
subscribe-unknown = { $n ->
    [one] I didn’t understand { $words }.
   *[other] I didn’t understand these words: { $words }.
} Write topics and times, for example: { $example }
    Topics: /topics

unsubscribe-which = Which digest shall I stop?
unsubscribe-all = All of them
unsubscribe-done = I’ve stopped sending it. If you change your mind: /subscribe
unsubscribe-none = You have no digests. To get one: /subscribe
subscription-gone = That digest is gone. All yours: /settings
