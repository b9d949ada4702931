### The feed, topics, search and questions.

latest-title = Latest news
latest-empty = No news yet. The sources are being read, look in again in a few minutes.
latest-empty-topic = Nothing on “{ $topic }” yet. See the others: /topics
latest-end = There is nothing further back.
latest-not-understood = I did not understand “{ $word }”.
    Try /latest, /latest { $topic } or /latest { $topic } 5
    All topics: /topics

digest-not-understood = I did not understand “{ $word }”.
    Try /digest or /digest { $topic }
    All topics: /topics

topics-title = Topics
topics-hint = Tap a command to see the latest on it.

search-ask = What shall I look for? Write some words, a topic or a question.
    For example: “{ $example }”
search-without-spelling = Nothing is spelled quite so. Perhaps you meant this:
search-without-words = Nothing has all the words; this comes closest.
search-without-time = There is nothing from that time. This is from another:
search-without-near = Nothing answers this. Here is what is nearest to it:
search-without-topic = Nothing has these words. This is the news on the topic:
search-nothing = Nothing found.
search-try = You could try:
search-empty = I did not understand what to look for. A couple of words will do, for example: “{ $example }”
search-example = what about the flight to Minsk
search-long = That is a long question: a couple of words will do. For example: “{ $example }”

talk-hello = Hello! Ask me about the news, for example: “{ $example }”
talk-thanks = You are welcome! Ask me about the news whenever you like, for example: “{ $example }”
