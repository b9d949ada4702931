### Больше и меньше такого; почему новость здесь.

button-why = 🤔 Почему это здесь?
button-more-like = 👍 Больше такого
button-less-like = 👎 Меньше такого
button-never = 🔇 Не показывать совсем
button-undo = ↩️ Отменить
button-to-story = ← К новости

taste-which-more = Чего показывать больше?
taste-which-less = Чего показывать меньше?
taste-more = Понял. Буду показывать больше: { $what }.
taste-less = Понял. Буду показывать меньше: { $what }.
taste-mute = Понял. Больше не покажу: { $what }.
taste-undo-hint = Передумаете — отмените здесь или потом в /settings
taste-undone = Отменил: показываю как раньше.
taste-gone = Этого в новости уже нет. Выберите ещё раз.

why-title = Почему это здесь
why-follows = вы следите за этим: { $what }
why-topic-asked = вы подписаны на тему { $what }
why-topic = это из темы { $what }
why-words = — по словам { $words }
why-everything = вы читаете все темы подряд
why-more = вы просили больше такого: { $what }
why-less = вы просили меньше такого ({ $what }), поэтому в сводке она ниже других
why-mute = вы просили этого не показывать ({ $what }): в сводках её не будет
why-sources = об этом { $n ->
    [one] пишет { $n } источник
    [few] пишут { $n } источника
   *[many] пишут { $n } источников
}: чем их больше, тем новость выше
why-shared = (узнал по именам: { $names })
why-chapter = это продолжение истории, её начало — { $since }
why-new = обновлялась: { $when }
