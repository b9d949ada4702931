### Стол рэдактара: навіну выпраўляюць, адклікаюць, раздзяляюць і аб’ядноўваюць проста ў чаце.

desk-button = ✏️ Выправіць
desk-title = Навіна № { $number }
desk-now = Цяпер
desk-messages = { $n ->
    [0] У адпраўленых зводках яе няма.
    [one] Ёсць у { $n } адпраўленым паведамленні.
   *[many] Ёсць у { $n } адпраўленых паведамленнях.
}
desk-will-edit = { $n ->
    [0] У адпраўленых зводках яе няма.
    [one] Выпраўлю і ў { $n } адпраўленым паведамленні.
   *[many] Выпраўлю і ў { $n } адпраўленых паведамленнях.
}
desk-editing = Выпраўляю ў адпраўленым: гатова { $done } з { $total }.
desk-edited = { $n ->
    [one] Выпраўлена { $n } паведамленне.
    [few] Выпраўлены { $n } паведамленні.
   *[many] Выпраўлена { $n } паведамленняў.
}
desk-kept = { $n ->
    [one] Засталося як было { $n } паведамленне:
    [few] Засталіся як былі { $n } паведамленні:
   *[many] Засталося як было { $n } паведамленняў:
}
desk-refreshed = Абнавіў.
desk-changed = Навіна тым часам змянілася. Паглядзіце яшчэ раз, калі ласка.
desk-again = Не атрымалася. Паспрабуйце яшчэ раз, калі ласка.

desk-button-headline = Іншы загаловак
desk-button-summary = Іншы выклад
desk-button-sort = Не пра гэта…
desk-button-join = Аб’яднаць з…
desk-button-withdraw = 🚫 Адклікаць
desk-button-return = ↩️ Вярнуць
desk-button-restore = ↩️ Вярнуць як было
desk-button-refresh = 🔄 Абнавіць
desk-undo-merge = ↩️ Адмяніць аб’яднанне
desk-undo-split = ↩️ Адмяніць раздзяленне
desk-undid-merge = Раз’яднаў: артыкулы той навіны зноў асобна, пад новым нумарам.
desk-undid-split = Вярнуў артыкулы на месца.

desk-title-headline = Іншы загаловак
desk-ask-headline = Напішыце новы загаловак — адным радком, не даўжэйшы за { $most } знакаў.
desk-title-summary = Іншы выклад
desk-ask-summary = Напішыце новы выклад — некалькі сказаў, не даўжэй за { $most } знакаў.
desk-no-words = Тут няма ніводнага слова. Напішыце яшчэ раз, калі ласка.
desk-long = Выйшла { $n ->
    [one] { $n } знак
    [few] { $n } знакі
   *[many] { $n } знакаў
}, а чытач убачыць толькі { $most }. Напішыце карацей, калі ласка.
desk-long-sentence = Гэты сказ даўжэйшы за { $most } знакаў: «{ $begins }». Разбіце яго, калі ласка.

desk-title-reason = Чаму адклікаем навіну?
desk-choose-reason = Чытачам скажу слова ў слова.
desk-button-other-reason = Іншая прычына…
desk-ask-reason = Напішыце прычыну — так, як яе прачытаюць чытачы, не даўжэй за { $most } знакаў.
desk-reason-unconfirmed = Звесткі не пацвердзіліся.
desk-reason-mistake = У навіне была памылка.
desk-reason-source = Крыніца адклікала сваё паведамленне.

desk-sure-headline = Выправіць загаловак?
desk-then-headline = Стане
desk-no-headline = Пакінуць як ёсць
desk-yes-headline = Так, выправіць
desk-did-headline = Загаловак выпраўлены.
desk-sure-summary = Выправіць выклад?
desk-then-summary = Стане
desk-no-summary = Пакінуць як ёсць
desk-yes-summary = Так, выправіць
desk-did-summary = Выклад выпраўлены.
desk-sure-withdraw = Адклікаць навіну?
desk-then-withdraw = Яе больш не будзе ў зводках, спісах і пошуку. Чытачам скажу, што рэдакцыя яе адклікала, і чаму:
desk-no-withdraw = Не адклікаць
desk-yes-withdraw = Так, адклікаць
desk-did-withdraw = Навіна адклікана.
desk-sure-restore = Вярнуць навіну, якой яна была?
desk-then-restore = Яна зноў будзе ў зводках, спісах і пошуку — словамі крыніц.
desk-no-restore = Не вяртаць
desk-yes-restore = Так, вярнуць
desk-did-restore = Навіна вярнулася.

desk-sort-title = Што тут не пра гэта?
desk-sort-hint = Адзначце артыкулы пра іншую падзею: яны стануць асобнай навінай.
desk-sort-chapters = Іншыя главы той жа гісторыі
desk-sort-chapter-hint = Тут адзін артыкул. Калі іншая глава не адсюль, адкрыйце яе па нумары.
desk-button-split = { $n ->
    [one] Аддзяліць { $n } артыкул
    [few] Аддзяліць { $n } артыкулы
   *[many] Аддзяліць { $n } артыкулаў
}
desk-did-split = { $n ->
    [1] Артыкул стаў асобнай навінай № { $number }.
   *[other] Артыкулы сталі асобнай навінай № { $number }.
}
desk-not-all = Аддзяліць усё нельга: навіна засталася б пустой.

desk-join-title = З якой навінай аб’яднаць?
desk-join-hint = Выберыце па нумары. Або дашліце спасылку на навіну, яе нумар ці словы, па якіх яе знайсці.
desk-join-nothing = Дашліце спасылку на навіну, яе нумар ці словы, па якіх яе знайсці.
desk-join-unknown = Іншай такой навіны ў мяне няма.
desk-pair-title = Што агульнага ў гэтых навін?
desk-pair-hint = Калі гэта адна падзея, артыкулы другой навіны пяройдуць у першую. Тым, у каго была адна з іх, другую не дашлю.
desk-pair-thread = Калі адна працягвае другую, яны стануць главамі адной гісторыі.
desk-pair-apart = Цяпер гэта главы адной гісторыі. Калі гісторыі розныя, адна другую больш не згадае.
desk-pair-no = Пакінуць як ёсць
desk-button-one = Гэта адна падзея
desk-button-thread = Гэта главы адной гісторыі
desk-button-apart = Гэта розныя гісторыі
desk-did-one = Аб’яднаў.
desk-did-thread = Цяпер гэта главы адной гісторыі.
desk-did-apart = Цяпер гэта розныя гісторыі.

edits-title = Праўкі ў адпраўленым
edits-planned = чакаюць { $n }
edits-done = выпраўлена { $n }
edits-dead = засталося як было { $n }
edits-to-plan = Ёсць новая праўка, пачну праз некалькі секунд.
edits-why = Чаму засталося як было
edits-cause-asleep = бота заблакіравалі або прыбралі з чата
edits-cause-moved = група стала супергрупай
edits-cause-unsent = паведамленне так і не пайшло
edits-cause-deleted = паведамленне выдалена, або правіць яго ўжо нельга
edits-last = Апошнія праўкі
edits-did-merge = аб’яднана
edits-did-split = падзелена
edits-did-apart = аддзелена ад гісторыі
edits-did-chapter = стала главой гісторыі
edits-did-reword = перапісана
edits-did-withdraw = адклікана
edits-did-restore = вернута
