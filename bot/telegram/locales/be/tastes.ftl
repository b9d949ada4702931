### Больш і менш такога; чаму навіна тут.

button-why = 🤔 Чаму гэта тут?
button-more-like = 👍 Больш такога
button-less-like = 👎 Менш такога
button-never = 🔇 Не паказваць зусім
button-undo = ↩️ Адмяніць
button-to-story = ← Да навіны

taste-which-more = Чаго паказваць больш?
taste-which-less = Чаго паказваць менш?
taste-more = Зразумеў. Буду паказваць больш: { $what }.
taste-less = Зразумеў. Буду паказваць менш: { $what }.
taste-mute = Зразумеў. Больш не пакажу: { $what }.
taste-undo-hint = Перадумаеце — адмяніце тут або потым у /settings
taste-undone = Адмяніў: паказваю як раней.
taste-gone = Гэтага ў навіне ўжо няма. Выберыце яшчэ раз.

why-title = Чаму гэта тут
why-follows = вы сочыце за гэтым: { $what }
why-topic-asked = вы падпісаныя на тэму { $what }
why-topic = гэта з тэмы { $what }
why-words = — паводле слоў { $words }
why-everything = вы чытаеце ўсе тэмы запар
why-more = вы прасілі больш такога: { $what }
why-less = вы прасілі менш такога ({ $what }), таму ў зводцы яна ніжэй за іншыя
why-mute = вы прасілі гэтага не паказваць ({ $what }): у зводках яе не будзе
why-sources = пра гэта { $n ->
    [one] піша { $n } крыніца
    [few] пішуць { $n } крыніцы
   *[many] пішуць { $n } крыніц
}: чым іх больш, тым навіна вышэй
why-shared = (пазнаў па імёнах: { $names })
why-chapter = гэта працяг гісторыі, яе пачатак — { $since }
why-new = абнаўлялася: { $when }
