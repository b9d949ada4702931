### The feed, topics, search and questions.

latest-title = Latest news
latest-empty = No news yet. I’m going round the sources; look in again in a few minutes.
latest-empty-topic = Nothing on “{ $topic }” yet. See the others: /topics
latest-end = That’s as far back as the news goes.
latest-not-understood = I didn’t understand “{ $word }”.
    Try /latest, /latest { $topic } or /latest { $topic } 5
    All topics: /topics

digest-not-understood = I didn’t understand “{ $word }”.
    Try /digest or /digest { $topic }
    All topics: /topics

topics-title = Topics
topics-hint = Tap a command to see the latest on it.

search-ask = What shall I look for? Send a few words, a topic or a question.
    For example: “{ $example }”
search-without-spelling = No exact match. Perhaps you meant this:
search-without-words = No story has all of these words. This comes closest:
search-without-time = There is nothing from that time. This is from before or after:
search-without-near = I have no answer to that. This comes closest:
search-without-topic = No story has these words. Here is the news on the topic:
search-nothing = Nothing found.
search-try = You could try:
search-empty = I’m not sure what to look for. A couple of words will do, for example: “{ $example }”
search-example = what about the flight to Minsk
search-long = That is a long question: a couple of words will do. For example: “{ $example }”

talk-hello = Hello! Ask me about the news, for example: “{ $example }”
talk-thanks = You’re welcome! Ask me about the news whenever you like, for example: “{ $example }”
