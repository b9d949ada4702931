### Help, sources, goodbye, errors.

help-title = What I can do
help-question = And you can simply ask me: “{ $example }”.
help-topics = Every topic has a command of its own: /topics
help-inline = In any chat: write { $name } and a word or two, and I put a story in.
help-added = In a group or channel: add me (to a channel as an admin), and the digest will come there.

about-title = Svodka
about-text = I read the sources, put reports of one event together and send them on time. I add nothing of my own: the sentences are those of the articles.
about-count = { $articles ->
    [one] I have { $articles } article now
   *[other] I have { $articles } articles now
} ({ $stories ->
    [one] { $stories } story
   *[other] { $stories } stories
}).
about-version = Version { $version }, free under the MIT licence.
about-privacy = I remember your name on Telegram, your language, city and subscriptions, and what I have sent you. To erase it all: /forgetme

error-ours = Something went wrong on my side; I noted it down. Please try again a little later.
error-flood = You are too fast for me. Please wait a few seconds.
error-old-button = This button is from an old message. Please start again: /help
error-stranger = We have not met yet, or you had me forget it all. To begin: /start
error-unknown-command = I do not know that command. What I can do: /help
error-not-text = I only understand words so far. Ask me, for example: “{ $example }”
