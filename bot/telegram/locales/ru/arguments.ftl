### Слова после команд: лишние, с опечаткой, непонятные.

extra-words = «{ $words }» здесь лишнее: команду пишут просто { $command }
    Искать новости: /search { $example }

unsubscribe-unknown = Такой подписки нет: «{ $words }». Нажмите на ту, которую больше не присылать, или напишите, например: { $example }

perhaps-topic = «{ $word }» похоже на тему «{ $topic }». Если вы о ней, нажмите кнопку.
button-perhaps-topic = { $topic } вместо «{ $word }»
