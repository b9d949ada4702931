### Help, sources, goodbye, errors.

help-title = What I can do
help-try = Try it right now:
help-try-asking = ask: “{ $example }”
help-try-following = /follow { $example }: I keep an eye on it
help-try-digest = /digest: the news of the last 24 hours
help-topics = Every topic has a command of its own: /topics
help-inline = In any chat: write { $name } and a word or two, and I’ll put a story in.
help-added = In a group or channel: add me (to a channel as an admin), and the digest will come there.
button-to-channel = ➕ To a channel
button-to-group = ➕ To a group

about-title = Svodka
about-text = I read the sources, put reports of one event together and send them on time. I add nothing of my own: the sentences are those of the articles.
about-count = { $articles ->
    [one] I have { $articles } article so far
   *[other] I have { $articles } articles so far
} ({ $stories ->
    [one] { $stories } story
   *[other] { $stories } stories
}).
about-version = Version { $version }, free under the MIT licence.
about-privacy = I remember your name on Telegram, your language, city and subscriptions, and what I have sent you. To erase it all: /forgetme

error-ours = Something went wrong on my side; I’ve made a note of it. Please try again a little later.
error-flood = You’re too fast for me. Please wait a few seconds.
error-old-button = This button is from an old message. Please start again: /help
error-stranger = We haven’t met yet, or you asked me to forget everything. To begin: /start
error-unknown-command = I don’t know that command. What I can do: /help
error-not-text = So far I only understand words. Ask me, for example: “{ $example }”
