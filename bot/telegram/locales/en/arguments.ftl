### Words behind commands: too many, misspelt, not understood.

extra-words = “{ $words }” is not needed here: the command is just { $command }
    To search the news: /search { $example }

unsubscribe-unknown = There is no such subscription: “{ $words }”. Press the one to stop or type, for example: { $example }

perhaps-topic = “{ $word }” looks like the topic “{ $topic }”. If that is what you meant, press the button.
button-perhaps-topic = { $topic } instead of “{ $word }”
