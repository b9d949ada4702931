"""Pages in the shapes of regional sites: the paragraphs of the news come out, and nothing else."""

from dataclasses import dataclass

import pytest

from bot.sources.pages import extract_page

TITLE = "В Топках запустили новый хлебозавод"
LEAD = "Хлебозавод в Топках запустили раньше срока, первую партию раздали школам."
ONE = (
    "Цех построили за восемь месяцев на месте старого склада у вокзала. Он выпекает до шести тонн "
    "хлеба в сутки, и этого хватает всему району."
)
TWO = (
    "— Печи работают на газе, тесто месят здесь же, — рассказала технолог Ольга Громова. — Первую "
    "смену набрали за неделю, вторую ищем до сих пор."
)
THREE = (
    "Склад снесли ещё весной: его стены пошли трещинами после паводка. Кирпич разобрали на дачи "
    "жители соседней улицы."
)
FOUR = "Экскурсии для школьников обещают проводить по субботам с десяти до двух."
SHOT = "Скриншот из приложения чеком не считается: отказ получил каждый пятый."
ALL = [ONE, TWO, THREE, FOUR]
ABOUT = (
    "Портал рассказывает о жизни города с 2010 года: мы пишем о людях, дорогах, школах и заводах, "
    "собираем объявления и публикуем афишу."
)
ABOUT_TWO = "Наша редакция находится на улице Кирова, заходите в гости по будням с девяти до шести."
OTHERS = (
    "Аптеку на площади закрыли на ремонт",
    "Трамваи пустят по новому расписанию",
    "Юные пловцы привезли десять медалей",
    "Сквер у театра назовут именем поэта",
)

NAV = (
    '<header><div class="logo"><a href="/">Топки сегодня</a></div><nav><ul>'
    + "".join(f'<li><a href="/r{n}/">Рубрика {n}</a></li>' for n in range(7))
    + '</ul></nav><div class="weather">Топки −4 °C, ветер 3 м/с</div></header>'
)
FOOT = (
    "<footer><p>© 2010–2025 «Топки сегодня». Использование материалов разрешено только со ссылкой "
    "на сайт.</p><p>Мы используем файлы cookie, чтобы сайт работал лучше.</p></footer>"
)
TEASER = "Подробности узнал наш корреспондент, побывавший на месте и поговоривший с людьми."
EVENTS = tuple(zip(OTHERS, ALL, strict=True))
CARDS = "".join(
    f'<div class="it"><a href="/n/{n}">{title}</a><p>Подробности узнал наш корреспондент, '
    "побывавший на месте и поговоривший с людьми.</p><span>09.10.2025</span></div>"
    for n, title in enumerate(OTHERS)
)
LINKS = "".join(f'<li><a href="/n/{n}">{title}</a></li>' for n, title in enumerate(OTHERS))


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts or ALL)


@dataclass(frozen=True)
class Shape:
    name: str
    body: str
    told: tuple[str, ...] = tuple(ALL)
    head: str = ""


SHAPES = [
    Shape(
        "ucoz",
        f'<table class="eBlock"><tr><td><h1 class="eTitle">{TITLE}</h1>'
        '<div class="eDetails1">12.10.2025, 10:14 | Добавил: <a href="/index/8-1">admin</a></div>'
        f'</td></tr><tr><td class="eMessage"><img src="/_nw/1/33.jpg" alt=""><br>{ONE}<br><br>'
        f'{TWO}<br><br>{THREE}<br><br>{FOUR}</td></tr><tr><td class="eDetails">Просмотров: '
        '<b>184</b> | Теги: <a href="/search/хлеб">хлеб</a> | Рейтинг: 5.0/2</td></tr></table>',
    ),
    Shape(
        "joomla",
        '<div class="item-page" itemscope itemtype="https://schema.org/Article"><div '
        f'class="page-header"><h2 itemprop="headline">{TITLE}</h2></div><dl class="article-info">'
        '<dd class="createdby">Автор: Анна Серова</dd><dd class="published">12 октября 2025</dd>'
        '<dd class="hits">Просмотров: 418</dd></dl><ul class="actions"><li class="print-icon"><a '
        'href="?print=1">Печать</a></li></ul><div itemprop="articleBody">'
        f'{paragraphs()}</div><ul class="pager pagenav"><li class="previous"><a href="/n/1">'
        f"{OTHERS[0]}</a></li></ul></div>",
    ),
    Shape(
        "drupal",
        f'<div class="region region-content"><h1 class="title">{TITLE}</h1><div class="node node-'
        'news view-mode-full"><div class="field field-name-post-date">12.10.2025 - 10:14</div>'
        '<div class="field field-name-body field-type-text-with-summary"><div class="field-items">'
        f'<div class="field-item even">{paragraphs()}</div></div></div><div class="field field-name'
        '-field-tags"><a href="/t/1">хлеб</a></div></div><div class="view view-related-news"><h2>'
        f"Новости по теме</h2>{CARDS}</div></div>",
    ),
    Shape(
        "next",
        f'<main class="Page_main__a1"><div class="Article_root__x9"><h1 class="Article_title__b2">'
        f'{TITLE}</h1><p class="Article_subtitle__z1">{LEAD}</p><div class="Article_meta__c3">'
        '<span>12 октября 2025, 10:14</span><span>2 мин</span></div><div class="Article_text__d4">'
        f'<p>{ONE}</p><div class="ReadMore_root__e5"><span>Читайте также</span><a href="/n/1">'
        f'{OTHERS[0]}</a></div><p>{TWO}</p><div class="Banner_wrap__f6">Реклама. ООО «Окна»</div>'
        f'<p>{THREE}</p><p>{FOUR}</p></div><div class="Share_list__g7"><a href="https://vk.com/s">'
        'VK</a><a href="https://t.me/s">Telegram</a></div><div class="Subscribe_root__h8">'
        "Подписывайтесь на нас в MAX и узнавайте новости первыми!</div></div></main>",
        (LEAD, *ALL),
    ),
    Shape(
        "elementor, and short",
        '<div class="elementor-widget elementor-widget-theme-post-title"><h1 class="elementor-'
        f'heading-title">{TITLE}</h1></div><div class="elementor-element elementor-widget '
        'elementor-widget-theme-post-content"><div class="elementor-widget-container">'
        f'<p>{ONE}</p></div></div><div class="elementor-widget elementor-widget-posts">{CARDS}'
        "</div>",
        (ONE,),
    ),
    Shape(
        "wpbakery",
        f'<div class="wpb-content-wrapper"><h1>{TITLE}</h1><div class="vc_row"><div class="wpb_'
        f'column vc_column_container"><div class="wpb_text_column"><div class="wpb_wrapper">'
        f'{paragraphs(ONE, TWO)}</div></div><div class="wpb_single_image"><figure><img src="/u/1.'
        'jpg"><figcaption>Новый цех у вокзала</figcaption></figure></div><div class="wpb_text_'
        f'column"><div class="wpb_wrapper">{paragraphs(THREE, FOUR)}</div></div></div></div></div>'
        f'<div class="td-related">{CARDS}</div>',
    ),
    Shape(
        "unnamed furniture",
        f"<div><h1>{TITLE}</h1><div>12.10.2025 10:14</div><div><p><b>{LEAD}</b></p><p>{ONE}</p>"
        f'<p><b>Читайте также:</b> <a href="/n/1">{OTHERS[0]}</a></p><p>{TWO}</p><blockquote><p>'
        f'<strong>Материалы по теме:</strong><br><a href="/n/2">{OTHERS[1]}</a></p></blockquote>'
        f'<p>{THREE}</p><p>Ранее мы писали, что <a href="/n/3">{OTHERS[2].lower()}</a>.</p>'
        f'<p>{FOUR}</p><p>Подписывайтесь на наш <a href="https://t.me/topki">Telegram-канал</a>!'
        "</p><p><i>Фото: пресс-служба завода</i></p><p>Текст: Анна Серова</p></div><div>"
        "Комментарии</div><div><b>vasya</b><p>Наконец-то свой хлеб, а то всё возили!</p></div>"
        "</div>",
        (LEAD, *ALL),
    ),
    Shape(
        "labels above lists of links",
        f'<article><h1>{TITLE}</h1><div class="entry-content"><p>{ONE}</p><p>{TWO}</p><h3>Читайте '
        f"также</h3><ul>{LINKS}</ul><p>{THREE}</p><p>{FOUR}</p><p><strong>По теме:</strong></p>"
        f"<ul>{LINKS}</ul></div></article>",
    ),
    Shape(
        "list, quote, subheading, figures",
        f'<article><h1>{TITLE}</h1><div class="article__body"><p>{ONE}</p><h2>Что пекут</h2><ul>'
        "<li>ржаной подовый;</li><li>пшеничный первого сорта;</li><li>сдобу к празднику.</li></ul>"
        f"<blockquote>{TWO}</blockquote><table><tr><th>Хлеб</th><th>Цена</th></tr><tr><td>Ржаной"
        f"</td><td>48 рублей</td></tr><tr><td>Белый</td><td>52 рубля</td></tr></table><p>{FOUR}</p>"
        "</div></article>",
        (
            ONE,
            "Что пекут",
            "ржаной подовый;",
            "пшеничный первого сорта;",
            "сдобу к празднику.",
            TWO,
            "Хлеб — Цена\nРжаной — 48 рублей\nБелый — 52 рубля",
            FOUR,
        ),
    ),
    Shape(
        "copies for phones and desks",
        f'<div class="desktop"><h1>{TITLE}</h1>{paragraphs()}</div>'
        f'<div class="mobile-only"><h1>{TITLE}</h1>{paragraphs()}</div>',
    ),
    Shape(
        "another article follows",
        f'<div class="feed"><article><h1>{TITLE}</h1>{paragraphs()}</article><article><h1>'
        f"{OTHERS[0]}</h1><p>Ремонт продлится до весны, лекарства выдают в киоске напротив. "
        "Вывеску обещают сохранить, как и старинные полки.</p></article></div>",
    ),
    Shape(
        "hidden, aside, form, poll",
        f'<main><article><h1>{TITLE}</h1><p>{ONE}</p><div style="display: none"><p>Этот абзац '
        "видят одни поисковики, людям его не показывают вовсе никогда.</p></div><aside><p>Завод "
        "открыт в 1954 году и дважды горел, рассказывают краеведы области.</p></aside>"
        f'<p>{TWO}</p><div class="poll"><p>Какой хлеб вы покупаете чаще всего, и сколько он стоит?'
        f"</p><label>Белый</label></div><p>{THREE}</p><p>{FOUR}</p><form><p>Напишите нам, что вы "
        "думаете о новом заводе в своём городе.</p></form></article></main>",
    ),
    Shape(
        "interview",
        f'<div class="post"><h1>{TITLE}</h1><div class="post-text"><p>{ONE}</p><p><b>— Кто будет '
        f"печь?</b></p><p>{TWO}</p><p><b>— Что было здесь раньше?</b></p><p>{THREE}</p></div>"
        "</div>",
        (ONE, "— Кто будет печь?", TWO, "— Что было здесь раньше?", THREE),
    ),
    Shape(
        "text in the cells of an old page",
        f'<table width="100%"><tr><td width="200" bgcolor="#eee"><ul>{LINKS}</ul></td><td><font '
        f'size="4"><b>{TITLE}</b></font><p align="justify">&nbsp;&nbsp;{ONE}<p align="justify">'
        f"{TWO}<p>{THREE}<p>{FOUR}</td><td><b>Гороскоп</b><br>Овнам день принесёт хлопоты, "
        "Тельцам лучше отложить покупки до среды.</td></tr></table>",
        head=f"<title>{TITLE} - Топки сегодня</title>",
    ),
    Shape(
        "a table of contents, stamps, buttons",
        f'<article><h1>{TITLE}</h1><p>Содержание</p><ul><li><a href="#a">Как строили завод</a></li>'
        '<li><a href="#b">Что было раньше здесь</a></li></ul><div class="article-text">'
        f'<p>{ONE}</p><h2 id="a">Как строили завод</h2><p>{TWO}</p><h2 id="b">Что было раньше '
        f"здесь</h2><p>{THREE}</p><p>{FOUR}</p><button>Показать ещё</button></div></article>",
        (ONE, "Как строили завод", TWO, "Что было раньше здесь", THREE, FOUR),
    ),
    Shape(
        "short, beside a box about the site",
        f'<div class="w"><div class="l"><h1>{TITLE}</h1><div class="d">12.10.2025</div><div '
        f'class="x">{paragraphs(ONE)}</div></div><div class="r"><div class="q"><b>О портале</b>'
        f"<p>{ABOUT}</p><p>{ABOUT_TWO}</p></div></div></div>",
        (ONE,),
    ),
    Shape(
        "short, above comments nobody named",
        f'<div class="l"><h1>{TITLE}</h1><div class="x">{paragraphs(ONE)}</div><div class="c">'
        "<div class='i'><b>vasya</b><i>12 октября</i><p>Наконец-то свой хлеб, а то всё возили из "
        "Кемерова!</p></div><div class='i'><b>olya</b><i>12 октября</i><p>А цены какие будут, "
        "кто-нибудь знает? Напишите.</p></div></div></div>",
        (ONE,),
    ),
    Shape(
        "an advert in a box nobody named",
        f'<div class="l"><h1>{TITLE}</h1>{paragraphs(ONE, TWO)}<div class="z"><p>Пластиковые окна '
        "за три дня! Замер бесплатно, рассрочка без банка, сетка в подарок.</p><p>ООО «Уют», ИНН "
        f"4217000000, erid: 2VtzqxK</p></div>{paragraphs(THREE)}</div>",
        (ONE, TWO, THREE),
    ),
    Shape(
        "elementor, in many widgets",
        f'<div class="elementor-widget"><h1>{TITLE}</h1></div><div class="elementor-widget '
        f'elementor-widget-text-editor"><div>{paragraphs(ONE)}</div></div><div class="elementor-'
        'widget elementor-widget-heading"><h2>Что пекут</h2></div><div class="elementor-widget '
        'elementor-widget-icon-list"><ul><li>хлеб ржаной подовый</li><li>батон</li></ul></div>'
        f'<div class="elementor-widget elementor-widget-text-editor">{paragraphs(TWO)}</div>'
        f'<div class="elementor-widget elementor-widget-posts">{CARDS}</div>',
        (ONE, "Что пекут", "хлеб ржаной подовый", "батон", TWO),
    ),
    Shape(
        "by the hour",
        f'<div class="online"><h1>{TITLE}</h1><div class="lead">{LEAD}</div><div class="li"><div '
        f'class="time">14:40</div>{paragraphs(ONE)}<div class="share">Поделиться</div></div><div '
        f'class="li"><div class="time">13:20</div>{paragraphs(TWO)}</div><div class="li"><div '
        f'class="time">12:05</div>{paragraphs(THREE)}</div></div>',
        (LEAD, "14:40", ONE, "13:20", TWO, "12:05", THREE),
    ),
    Shape(
        "in sections, a sentence shown twice",
        f'<article><header><h1>{TITLE}</h1><p class="subtitle">{LEAD}</p></header><section>'
        f"{paragraphs(ONE)}</section><section><h2>Как строили</h2>{paragraphs(TWO)}<blockquote "
        'class="big">Первую смену набрали за неделю, вторую ищем до сих пор.</blockquote></section>'
        f"<section><h2>Что дальше</h2>{paragraphs(THREE, FOUR)}</section></article>",
        (LEAD, ONE, "Как строили", TWO, "Что дальше", THREE, FOUR),
    ),
    Shape(
        "words of furniture in sentences",
        f"<article><h1>{TITLE}</h1><p>Стали очевидцами открытия сотни горожан и их гостей.</p>"
        "<h2>Рейтинг пекарен</h2><p>Читать 5 книг за лето обязали и самых младших школьников.</p>"
        "<p>Все новости о заводе губернатор написал в своём телеграм-канале.</p><ul><li>создано "
        "80 рабочих мест</li></ul><p>Следите за печью — так в смене желают удачи друг другу.</p>"
        "</article>",
        (
            "Стали очевидцами открытия сотни горожан и их гостей.",
            "Рейтинг пекарен",
            "Читать 5 книг за лето обязали и самых младших школьников.",
            "Все новости о заводе губернатор написал в своём телеграм-канале.",
            "создано 80 рабочих мест",
            "Следите за печью — так в смене желают удачи друг другу.",
        ),
    ),
    Shape(
        "parts with a list between",
        f'<div class="n"><h1>{TITLE}</h1><div class="text-block">{ONE}</div><div class="banner">'
        f'Реклама</div><ul><li>ржаной подовый;</li></ul><div class="text-block">{TWO}</div></div>',
        (ONE, "ржаной подовый;", TWO),
    ),
    Shape(
        "written by scripts, told to search engines",
        '<div id="__next"></div>',
        head='<script type="application/ld+json">{"@type": "NewsArticle", "headline": "'
        + TITLE
        + '", "articleBody": "'
        + "\n".join(ALL)
        + '",}</script>',
    ),
    Shape(
        "what is offered below a text of another frame",
        f'<div class="wide"><h1>{TITLE}</h1><div class="prose-a7">{paragraphs()}</div><div '
        'class="ask-b2"><p>Хотите такой же цех у себя во дворе? Позвоните мастеру, он приедет и '
        f'всё обмерит.</p></div><div class="ed-c9"><h3>Кто мы</h3><p>{ABOUT}</p></div></div>',
    ),
    Shape(
        "boxes with buttons and labels amid the text",
        f'<div class="wide"><h1>{TITLE}</h1><section class="k1">{paragraphs(ONE)}</section><div '
        'class="k7"><p>Каждое утро мы шлём одно письмо о городе, и ничего больше не шлём.</p>'
        f'<button>Хочу</button></div><section class="k1">{paragraphs(TWO)}</section><div '
        'class="k9"><div>Совет недели</div><p>Пеките ржаной хлеб на кленовых листьях, и он не '
        f'зачерствеет до среды.</p></div><section class="k1">{paragraphs(THREE, FOUR)}</section>'
        "</div>",
    ),
    Shape(
        "text in two boxes of one kind, a table and a list between",
        f'<div id="m"><h1>{TITLE}</h1><div id="part1">{paragraphs(ONE, TWO)}</div><div '
        'class="scroll">'
        "<table><tr><td><p>Хлеб</p></td><td><p>Цена</p></td></tr><tr><td><p>Ржаной</p></td><td>"
        "<p>48</p></td></tr></table></div><ul><li>ржаной подовый;</li></ul><div "
        f'id="part2">{paragraphs(THREE, FOUR)}</div></div>',
        (ONE, TWO, "Хлеб — Цена\nРжаной — 48", "ржаной подовый;", THREE, FOUR),
    ),
    Shape(
        "remarks under a name each, in elements of their own",
        f'<div class="a"><h1>{TITLE}</h1><div class="b">{paragraphs(ONE, TWO)}</div><div '
        'class="d"><div class="e"><i>Лесник</i><span></span><p>Давно пора, старый завод стоял '
        'пустым лет пятнадцать, одни голуби жили.</p></div><div class="e"><i>Баба Нюра</i><p>А '
        "мне дед пёк хлеб в русской печи, и никакого завода не надо было.</p></div><div "
        'class="e"><i>kot_77</i><p>Цену бы ещё не подняли через месяц, как это у нас обычно '
        "бывает.</p></div></div></div>",
        (ONE, TWO),
    ),
    Shape(
        "remarks under a name and a date, in no elements",
        f"<div><h1>{TITLE}</h1><div>{ONE}<br><br>{TWO}<br><br><b>Лесник</b>, 12.10.2025 в 11:02"
        "<br><br>Давно пора, старый завод стоял пустым лет пятнадцать.<br><br><b>Нюра</b>, "
        "12.10.2025 в 12:40<br><br>Мне дед пёк хлеб в русской печи, и ничего.<br><br><b>kot</b>, "
        "13.10.2025 в 9:15<br><br>Цену бы ещё не подняли через месяц.</div></div>",
        (ONE, TWO),
    ),
    Shape(
        "people asked in the street are no comments",
        f'<article><h1>{TITLE}</h1><div class="article-text"><p>{ONE}</p><div class="e"><b>Лидия, '
        f'пекарь</b><p>{THREE}</p></div><div class="e"><b>Пётр, слесарь</b><p>{FOUR}</p></div>'
        f'<div class="e"><b>Анна, врач</b><p>{TWO}</p></div></div></article>',
        (ONE, "Лидия, пекарь", THREE, "Пётр, слесарь", FOUR, "Анна, врач", TWO),
    ),
    Shape(
        "pictures in boxes with a few words",
        f'<div class="x"><h1>{TITLE}</h1><div class="r"><img src="/1.jpg"><div class="w">Печь '
        f'номер два за работой</div></div><div class="y">{paragraphs(ONE)}</div><div class="r">'
        '<img src="/2.jpg"><div class="w">Тесто ждёт своего часа</div><div>2 из 9</div></div>'
        f'<div class="y">{paragraphs(TWO)}</div></div>',
        (ONE, TWO),
    ),
    Shape(
        "the same words under each message",
        f'<div class="on"><h1>{TITLE}</h1><ul><li><a href="#a">14:40</a><div>{ONE}</div><div>'
        f'Ответить ↩ 3</div></li><li><a href="#b">13:20</a><div>{TWO}</div><div>Ответить ↩ 12'
        f'</div></li><li><a href="#c">12:05</a><div>{THREE}</div><div>Ответить ↩ 1</div></li>'
        "</ul><div>👍 12 🔥 4</div></div>",
        ("14:40", ONE, "13:20", TWO, "12:05", THREE),
    ),
    Shape(
        "names that a bundler made, and links that scripts follow",
        f'<div class="q-x9ads1"><h1>{TITLE}</h1><div class="t-b4nav2">{paragraphs()}</div><div>'
        f"<a>{OTHERS[0]}</a><a>{OTHERS[1]}</a></div></div>",
    ),
    Shape(
        "calls in words of their own, without a link, above rights and a name",
        f'<div class="m"><h1>{TITLE}</h1><div class="n">{paragraphs(ONE)}<p>Видели, как пекут? '
        "Шлите снимки в наш телеграм-бот.</p>"
        f"{paragraphs(TWO, THREE)}<p>Есть чем поделиться? Звоните: +7 900 000 10 43</p>"
        "<p>Топки в Telegram: пробки, погода и самое важное</p><p>Анна ЛИСИЦЫНА. Фото автора.</p>"
        "<p>Перепечатка текста без разрешения редакции запрещена.</p></div></div>",
        (ONE, TWO, THREE),
    ),
    Shape(
        "where to call, and a channel that the news is of, are no calls",
        f'<div class="m"><h1>{TITLE}</h1><div class="n">{paragraphs(ONE)}<p>Если хлеб не привезли, '
        "звоните на завод по телефону 2-33-44.</p><p>Расписание завод печатает в телеграм-канале "
        "каждую пятницу.</p></div></div>",
        (
            ONE,
            "Если хлеб не привезли, звоните на завод по телефону 2-33-44.",
            "Расписание завод печатает в телеграм-канале каждую пятницу.",
        ),
    ),
    Shape(
        "facts under a heading, a person with a portrait, a quotation shown large",
        f'<div class="m"><h1>{TITLE}</h1><div class="who"><img src="/1.jpg"><div>Ольга Громова'
        f"</div><div>{ABOUT}</div></div>{paragraphs(ONE)}<div "
        f'class="cut"><h4>Кстати</h4><p>{ABOUT_TWO}</p></div>{paragraphs(TWO)}<div '
        f'class="incut incut_quote"><p>{FOUR}</p></div>{paragraphs(THREE)}</div>',
        (ONE, TWO, FOUR, THREE),
    ),
    Shape(
        "figures set apart amid chapters",
        f'<div class="m"><h1>{TITLE}</h1><section><h2>Печь</h2><div class="t">'
        f'{paragraphs(ONE, TWO)}</div><div class="n"><div>118 метров</div><div>высота '
        "трубы</div></div></section>"
        f'<section><h2>Люди</h2><div class="t">{paragraphs(THREE, FOUR)}</div></section></div>',
        ("Печь", ONE, TWO, "Люди", THREE, FOUR),
    ),
    Shape(
        "cards that are the text together",
        f"<article><h1>{TITLE}</h1>"
        + "".join(
            f'<div class="card"><div class="num">{n}</div><p>{one}</p></div>'
            for n, one in enumerate(ALL)
        )
        + "<div>Остались вопросы? Напишите нам, и мы добавим карточку</div></article>",
    ),
    Shape(
        "a date with a counter above, a partner's line amid, an office on the right below",
        f'<article><h1>{TITLE}</h1><div class="article-text"><p>12 октября 2025, 10:00 | '
        f"Просмотры: 1 204</p>{paragraphs(ONE)}<div>Партнёрский материал. Полы «Юг»: монтаж за "
        "два дня</div>"
        f'{paragraphs(TWO, THREE)}<p align="right">З. Громова,<br>технолог хлебозавода</p></div>'
        "</article>",
        (ONE, TWO, THREE),
    ),
    Shape(
        "lines of a channel under its own post",
        f'<div><h1>{TITLE}</h1><div class="t"><span>{ONE}</span><br><br><span>{TWO}</span><br><br>'
        "<span>📩 Прислать новость: @topki_bot</span><br><span>🔔 Подписаться на Топки рядом</span>"
        "</div></div>",
        (ONE, TWO),
    ),
    Shape(
        "who took a picture at the end of its caption, and an address",
        f'<article><h1>{TITLE}</h1><p class="c">Громова у печи. Фото: А. Лисицына</p>'
        f"{paragraphs()}<p>Адрес статьи: https://topki.example/news/1/</p></article>",
    ),
    Shape(
        "messages with a picture in each",
        f'<div><h1>{TITLE}</h1><div class="g"><b>11:40</b><div class="b"><p>{ONE}</p></div></div>'
        f'<div class="g"><b>10:15</b><div class="b"><p>{FOUR}</p><img src="/2.jpg"><div>Фото: '
        f'очевидцы</div></div></div><div class="g"><b>9:30</b><div class="b"><p>{TWO}</p></div>'
        "</div></div>",
        ("11:40", ONE, "10:15", FOUR, "9:30", TWO),
    ),
    Shape(
        "every paragraph in a heading",
        f'<div class="m"><h1>{TITLE}</h1>' + "".join(f"<h4>{one}</h4>" for one in ALL) + "</div>",
    ),
    Shape(
        "a request for remarks",
        f'<div class="m"><h1>{TITLE}</h1><div class="n">{paragraphs()}<p><b>А вы какой хлеб едите? '
        "Пишите в комментариях!</b></p><p>Поделитесь с другом или киньте донат на муку: карта в "
        "профиле.</p></div></div>",
    ),
    Shape(
        "every paragraph in a figure",
        f'<div class="m"><h1>{TITLE}</h1><article class="blocks">'
        + "".join(
            f'<figure class="figure"><div class="t"><p>{one}</p></div></figure>' for one in ALL
        )
        + "</article></div>",
    ),
    Shape(
        "a second line of the title without an end",
        f'<div class="m"><h1>{TITLE}</h1><div class="x1">Первую партию хлеба раздали школам и '
        f'детским садам всего района</div><div class="x2">{paragraphs()}</div></div>',
        ("Первую партию хлеба раздали школам и детским садам всего района", *ALL),
    ),
    Shape(
        "a column of adverts beside the text in a table",
        f"<table><tr><td><h1>{TITLE}</h1>{ONE}<br><br>{TWO}<br><br>{THREE}<br><br><font>Обсудить "
        "(12) | Версия для печати | Послать другу</font></td><td><b>Объявления</b><br>Продам дом "
        "у вокзала, баня, сад, двенадцать соток земли, недорого.<br>Отдам котят в добрые руки, "
        "едят всё, к лотку приучены.</td></tr></table>",
        (ONE, TWO, THREE),
    ),
    Shape(
        "a last paragraph marked otherwise, a sentence shown twice with who said it",
        f'<div class="m"><h1>{TITLE}</h1><div class="n">{paragraphs(ONE, TWO)}<div class="big">'
        "<span></span><div>Первую смену набрали за неделю, вторую ищем до сих пор.</div><div>Ольга "
        f'Громова</div></div>{paragraphs(THREE, FOUR)}<p class="tiny">О заводе: три линии, сорок '
        "печей и двести человек, каждый день хлеб везут в семь районов.</p></div></div>",
    ),
    Shape(
        "the next articles of an endless feed below",
        f'<div class="feed"><div class="i" data-url="/n/1"><div class="t"><h1>{TITLE}</h1></div>'
        f'<div class="b">{paragraphs(ONE)}</div></div><div class="i" data-url="/n/2"><div '
        f'class="t"><h2>{OTHERS[0]}</h2></div><div class="b">{paragraphs(*[TEASER] * 4)}</div>'
        "</div></div>",
        (ONE,),
    ),
    Shape(
        "sections of one kind, each with a heading",
        f'<div class="m"><div class="i"><div class="t"><h1>{TITLE}</h1></div><div class="b">'
        f'{paragraphs(ONE, TWO)}</div></div><div class="i"><div class="t"><h2>Откуда кирпич</h2>'
        f'</div><div class="b">{paragraphs(THREE, FOUR)}</div></div></div>',
        (ONE, TWO, "Откуда кирпич", THREE, FOUR),
    ),
    Shape(
        "a retelling by machine above the text, a box about the company below",
        f'<div class="m"><h1>{TITLE}</h1><div class="r"><div>Краткий пересказ от нейросети</div>'
        f"<p>Хлебозавод запустили, хлеба хватает всем, вторую смену ищут до сих пор.</p></div>"
        f'<div class="n">{paragraphs()}<div class="k"><h4>О компании</h4><p>{ABOUT}</p></div>'
        "</div></div>",
    ),
    Shape(
        "paragraphs and a list that an editor marks each",
        f'<div class="m"><h1>{TITLE}</h1><div itemprop="articleBody"><div class="t-redactor__text">'
        f'{ONE}</div><div class="t-redactor__text">{TWO}</div><h3 class="t-redactor__h3">Куда '
        'возят</h3><ul class="t-redactor__list"><li>В Топки каждый день с утра</li><li>В Юргу '
        f'по средам после обеда</li></ul><div class="box"><div class="in">{FOUR}</div></div></div>'
        "</div>",
        (
            ONE,
            TWO,
            "Куда возят",
            "В Топки каждый день с утра",
            "В Юргу по средам после обеда",
            FOUR,
        ),
    ),
    Shape(
        "a spoiler",
        f'<div class="m"><h1>{TITLE}</h1><div class="full-text">{ONE}<br><br>{TWO}<br><br><div '
        f'id="sp1" class="text_spoiler" style="display:none;">{FOUR}</div></div></div>',
        (ONE, TWO, FOUR),
    ),
    Shape(
        "where and when under each event",
        f'<article class="m"><h1>{TITLE}</h1>'
        + "".join(
            f'<div class="e"><h2>{other}</h2><p>{one}</p><div class="e__info"><p>Где: цех № {n}</p>'
            f"<p>Когда: в {n + 10}:00</p></div></div>"
            for n, (other, one) in enumerate(EVENTS)
        )
        + "</article>",
        tuple(
            line
            for n, (other, one) in enumerate(EVENTS)
            for line in (other, one, f"Где: цех № {n}", f"Когда: в {n + 10}:00")
        ),
    ),
    Shape(
        "a mark of a foreign agent, a caption beside its picture",
        f'<div class="m"><h1>{TITLE}</h1><div class="n">{paragraphs(ONE)}<p>НАСТОЯЩИЙ МАТЕРИАЛ '
        "(ИНФОРМАЦИЯ) ПРОИЗВЕДЁН И РАСПРОСТРАНЁН ИНОСТРАННЫМ АГЕНТОМ «ТОПКИ»</p>"
        f'<p><img src="/1.jpg"><i>Громова у новой печи</i></p>{paragraphs(TWO, THREE, FOUR)}</div>'
        "</div>",
    ),
    Shape(
        "links to other news in lines that tell of them",
        f'<div class="m"><h1>{TITLE}</h1><div class="n">{paragraphs(ONE, TWO)}<div class="q">'
        f"<b>Вам также может понравиться</b><ul>{LINKS}</ul></div>{paragraphs(THREE, FOUR)}</div>"
        "</div>",
    ),
    Shape(
        "records between whose texts something else stands",
        f'<div class="m"><h1>{TITLE}</h1><div class="r1"><div class="col"><div class="t-text t-md">'
        f'{ONE}<br><br>{TWO}</div></div></div><div class="r2"><div class="t-text t-md">{THREE}'
        f'</div></div><div class="r3"><div class="t-text t-sm">{ABOUT}</div></div></div>',
        (ONE, TWO, THREE),
    ),
    Shape(
        "a box with a button between paragraphs that are marked otherwise, who said it",
        f'<div class="m"><h1>{TITLE}</h1><div class="p text a"><p>{FOUR}</p></div><div class="box">'
        f'<div>Приём заявок</div><p>{ABOUT_TWO}</p><a class="button" href="/z">Подать заявку</a>'
        f'</div><div class="p text b">{paragraphs(ONE, TWO)}</div><div class="q"><blockquote>'
        f"Хлеб должен остыть, и только потом его можно резать.</blockquote><div>Ольга Громова"
        f'</div><div>технолог завода</div></div><div class="p text b">{paragraphs(THREE)}</div>'
        "</div>",
        (FOUR, ONE, TWO, "Хлеб должен остыть, и только потом его можно резать.", THREE),
    ),
    Shape(
        "a few words shown large, the mark of a footnote, counters and credits",
        f'<div class="m"><h1>{TITLE}</h1><div class="n"><p>{ONE}<sup><a href="#1">1</a></sup></p>'
        f'<div class="big">«Печи работают»</div><p>«Печи работают на газе». {THREE}</p>'
        '<p><img src="/1.jpg"><br><sub>Громова у печи. Фото пресс-службы завода</sub></p>'
        f"<p>{FOUR}</p><p>Фота аўтара.</p>Количество показов: 312<br></div></div>",
        (ONE, f"«Печи работают на газе». {THREE}", FOUR),
    ),
    Shape(
        "what sites ask for between paragraphs",
        f'<div class="m"><h1>{TITLE}</h1><div class="n">{paragraphs(ONE, TWO)}<p>#хлеб #Топки</p>'
        "<p>Поделиться: ВКонтакте Одноклассники</p><p>Чтобы оставить комментарий, войдите.</p>"
        "<p>Не убран снег, яма на дороге? Столкнулись с проблемой — сообщите о ней!</p>"
        f'<div class="x"><h4>Нам нужна ваша помощь</h4><p>{ABOUT}</p></div><div class="q"><p>А вы '
        'едите хлеб?</p><ul><li>Да, каждый день</li><li>Только с маслом</li></ul><a href="/v">'
        f"Проголосовать</a></div>{paragraphs(THREE, FOUR)}<p>Пресс-служба завода</p></div></div>",
    ),
    Shape(
        "a date above a report by the hour",
        f'<div class="m"><h1>{TITLE}</h1><div>12 октября, 10:14</div><p>{ONE}</p><ul>'
        + "".join(f"<li><b>{n + 10}:00</b><div>{one}</div></li>" for n, one in enumerate(ALL[1:]))
        + "</ul></div>",
        (ONE, "10:00", TWO, "11:00", THREE, "12:00", FOUR),
    ),
    Shape(
        "a chart, odds, notes at the foot",
        f'<div class="m"><h1>{TITLE}</h1><div class="n">{paragraphs(ONE)}<div class="chart"><div>'
        "Шесть лет подряд</div><div><span>2005: 9 104</span> <span>2024: 412</span></div></div>"
        f"{paragraphs(TWO)}<div><span>Победа</span><b>2.35</b><span>Ничья</span><b>4.10</b><small>"
        f"Реклама. 18+. Играйте ответственно</small></div>{paragraphs(THREE, FOUR)}<section "
        'class="footnotes"><ol><li>Государственный архив, ф. 22, л. 7.</li></ol></section></div>'
        "</div>",
    ),
    Shape(
        "numbered pictures amid the text",
        f'<div class="m"><h1>{TITLE}</h1><div class="n">{paragraphs(ONE)}<div class="g"><div '
        'class="ph"><img src="/1.jpg"><span>1 / 2</span><div class="ph-cap">Первым едет глава. '
        f'Тормозить он не умеет.</div></div>{paragraphs(TWO)}<div class="ph"><img src="/2.jpg">'
        f"<span>2 / 2</span></div></div>{paragraphs(THREE, FOUR)}</div></div>",
    ),
    Shape(
        "paragraphs that only a style parts",
        f'<div class="m"><h1>{TITLE}</h1><div class="n">'
        + "\n\n".join(ALL)
        + "\n\nПодписаться на Топки Live | Прислать новость</div></div>",
    ),
    Shape(
        "what is said, and who said it, in elements of their own",
        f'<div class="m"><h1>{TITLE}</h1><div class="n">{paragraphs(ONE)}<div class="q"><div '
        f'class="q__text">{TWO}</div><div class="q__author">— рассказал житель посёлка.</div></div>'
        f"{paragraphs(THREE, FOUR)}</div></div>",
        (ONE, TWO, "— рассказал житель посёлка.", THREE, FOUR),
    ),
    Shape(
        "a screenshot told of, and headings of a builder",
        f'<div class="m"><h1>{TITLE}</h1><div class="n">{paragraphs(ONE)}<h3 class="b-adv-heading">'
        f"Что с печами</h3>{paragraphs(TWO, SHOT)}<div>Мнение колумнистов может не совпадать с "
        f"позицией редакции</div>{paragraphs(THREE, FOUR)}</div></div>",
        (ONE, "Что с печами", TWO, SHOT, THREE, FOUR),
    ),
    Shape(
        "text that goes on below teasers amid it",
        f'<div class="m"><h1>{TITLE}</h1><div class="content-text">{paragraphs(ONE, TWO, THREE)}'
        f'</div><div class="w">{CARDS}</div><div class="content-text">{paragraphs(FOUR)}</div>'
        f'</div><div class="w">{CARDS}</div>',
    ),
    Shape(
        "what is asked, warned of and credited between paragraphs",
        f'<div class="m"><h1>{TITLE}</h1><div class="n"><p>От редакции: орфография автора '
        f"сохранена.</p>{paragraphs(ONE)}<p>Имеются противопоказания. Нужна консультация врача</p>"
        "<p>* Внесено Минюстом в реестр иностранных агентов.</p><p>Материал носит справочный "
        f"характер.</p>{paragraphs(TWO, THREE)}<p><b>МЫ В МАХ: НОВОСТИ ТОПОК</b></p><p>Фото Анны "
        "Громовой и из семейного архива</p><p>Благодарим завод за помощь в организации съёмки.</p>"
        f"{paragraphs(FOUR)}<p>Если вы хотите рассказать о хлебе, пишите автору: a@b.example</p>"
        "<p>Ждём ваших писем по адресу: Топки, улица Мира, 2.</p></div></div>",
    ),
    Shape(
        "a framed reference, a slanted caption below its picture, a plate with who speaks",
        f'<div class="m"><h1>{TITLE}</h1><div class="n">{paragraphs(ONE)}<p><img src="/1.jpg"></p>'
        f"<p><em>Ольга Громова у печи</em></p>{paragraphs(TWO)}<p><b>НАША СПРАВКА</b></p>"
        f'<p style="border:1px solid">{ABOUT}</p>{paragraphs(THREE)}<div class="pl"><b>Ольга '
        f"Громова</b><span>технолог завода</span></div>{paragraphs(FOUR)}</div></div>",
    ),
    Shape(
        "figures with their signs in boxes amid the text",
        f'<div class="m"><h1>{TITLE}</h1><section class="n">{paragraphs(ONE, TWO)}</section>'
        '<section class="big"><div>−34 %</div><div>столько печей потерял завод за год</div>'
        f'</section><section class="n">{paragraphs(THREE, FOUR)}</section></div>',
    ),
    Shape(
        "elements of the site's own making",
        f'<site-bar>{LINKS}</site-bar><story-page><h1>{TITLE}</h1><story-image><img src="/1.jpg">'
        f"<image-caption>Печь завода</image-caption></story-image><story-body><text-block>"
        f"{paragraphs(ONE, TWO)}</text-block><push-block><p>Узнавайте о важном первыми</p>"
        f"<button>Включить</button></push-block><text-block>{paragraphs(THREE, FOUR)}"
        "</text-block></story-body>"
        "</story-page><site-foot><p>Сетевое издание «Топки» 12+</p></site-foot>",
    ),
    Shape(
        "spans that only a style makes paragraphs, notes without a link",
        f'<div class="m"><h1>{TITLE}</h1><section class="n"><span class="x">{ONE}<sup>1</sup>'
        "</span>"
        f'<span class="x">{TWO}</span><span class="x in"><a href="/n/1">{OTHERS[0]}</a></span>'
        f'<span class="x">{THREE}</span><span class="x">{FOUR}</span></section></div>',
    ),
    Shape(
        "a link amid the text, and beside its cell a column of news",
        f"<table><tr><td><table><tr><td><font><b>{TITLE}</b><br><br>{paragraphs(ONE, TWO)}<p "
        f'align=center><a href="/old">ЧИТАЙТЕ В ПРОШЛОМ НОМЕРЕ: {OTHERS[0]}</a>{paragraphs(THREE)}'
        f"{paragraphs(FOUR)}</font></td></tr></table></td><td>"
        + "".join(
            f'<p><b>0{n}.11.2026</b><br><a href="/n/{n}">{OTHERS[n % len(OTHERS)]}</a></p>'
            for n in range(1, 10)
        )
        + "</td></tr></table>",
    ),
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_the_news_comes_out_and_nothing_else(shape: Shape) -> None:
    head = shape.head or f'<meta property="og:title" content="{TITLE}">'
    html = f"<html><head>{head}</head><body>{NAV}{shape.body}{FOOT}</body></html>"
    page = extract_page(html.encode(), None, "https://topki.example/news/1")
    assert page.text.split("\n\n") == list(shape.told)
    assert page.title == TITLE


def test_the_name_of_a_site_is_no_title_even_where_it_says_so() -> None:
    head = '<title>Администрация района: сайт</title><meta property="og:title" content="{}">'
    html = f"<html><head>{head.format('Администрация района')}</head><body><div><h2>{TITLE}</h2>"
    page = extract_page(f"{html}{paragraphs()}</div></body></html>".encode(), None, "")
    assert page.title == TITLE


def test_the_name_of_a_site_above_its_heading_is_no_title() -> None:
    head = "<title>Новый хлебозавод в Топках — Топки.Рядом</title>"
    body = f"<div>Топки.Рядом</div><main><h1>{TITLE}</h1>{paragraphs()}</main>"
    page = extract_page(f"<html><head>{head}</head><body>{body}</body></html>".encode(), None, "")
    assert page.title == TITLE


def test_the_name_of_a_blog_above_its_posts_is_no_title() -> None:
    head = f"<title>Топки рядом: {TITLE}</title>"
    body = f'<h1><a href="https://topki.example/">Топки рядом</a></h1><div><h3>{TITLE}</h3>'
    html = f"<html><head>{head}</head><body>{body}{paragraphs()}</div></body></html>"
    page = extract_page(html.encode(), None, "https://topki.example/1")
    assert page.title == TITLE
    assert page.text.split("\n\n") == ALL


def test_a_piece_of_a_page_is_read_too() -> None:
    html = f"<title>{TITLE}</title><article>{paragraphs()}</article>"
    page = extract_page(html.encode(), "text/html", "file:///tmp/piece.html")
    assert page.title == TITLE
    assert page.text.split("\n\n") == ALL
