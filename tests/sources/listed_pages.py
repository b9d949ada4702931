"""List pages in the shapes of regional sites; every headline is invented."""

HEADLINES = (
    "В Берёзовском откроют второй вход в поликлинику",
    "На трассе Кемерово — Юрга заменят дорожные знаки",
    "Синоптики обещают потепление к концу недели",
    "Юные шахматисты привезли из Томска шесть медалей",
    "Почему в домах на Весенней отключили горячую воду",
    "Троллейбусы вернутся на проспект Шахтёров в понедельник",
    "Пенсионерка вырастила лимон весом в килограмм",
)
TEASER = "Об этом рассказали в администрации, подробности выяснял наш корреспондент."
MENU = """<div class="topmenu"><ul><li><a href="/">Главная</a></li>
<li><a href="/news/obshhestvo-i-gorodskaya-zhizn/">Общество и вся городская жизнь</a></li>
<li><a href="/news/sport/">Спорт</a></li><li><a href="/about/">О редакции</a></li></ul></div>"""
FOOTER = """<footer><p>При перепечатке ссылка обязательна.</p>
<a href="/docs/2025-politika-obrabotki-dannyh">Политика обработки персональных данных читателей</a>
</footer>"""
PAGES = """<div class="pagination"><a href="/news/page/2/">2</a><a href="/news/page/48/">48</a>
<a href="/news/page/2/">Следующая страница новостей →</a></div>"""


def page(body: str, *, head: str = "<title>Новости — Городская газета</title>") -> str:
    return (
        f'<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8">{head}</head>'
        f"<body>{MENU}{body}{FOOTER}</body></html>"
    )


def each(template: str, headlines: tuple[str, ...] = HEADLINES) -> str:
    """The template for each headline: {n} from 0, {t} the headline, {d} a day of October."""
    return "".join(
        template.replace("{n}", str(n))
        .replace("{t}", title)
        .replace("{s}", title[:24])
        .replace("{d}", f"{20 - n}")
        for n, title in enumerate(headlines)
    )


BITRIX = page(
    '<h1>Новости</h1><div class="news-list">'
    + each(
        '<p class="news-item" id="bx_90{n}"><a href="/news/transport/41{n}/"><img '
        'class="preview_picture" src="/upload/iblock/{n}.jpg" width="240" alt="{t}"></a>'
        '<span class="news-date-time">{d}.10.2025 10:20</span> '
        '<a href="/news/transport/41{n}/"><b>{t}</b></a><br>' + TEASER + "<br></p>"
    )
    + "</div>"
    + PAGES
)
DLE = page(
    '<div id="dle-content">'
    + each(
        '<article class="box story shortstory lefticons"><div class="story_top"><span class="cat">'
        '<a href="/proisshestviya/">Происшествия и чрезвычайные события</a></span>'
        '<time class="date"><a href="/2025/10/{d}/">{d}-10-2025, 14:05</a></time></div>'
        '<h2 class="title">'
        '<a href="https://www.gazeta.example/proisshestviya/182{n}-novost-goroda.html">{t}</a></h2>'
        '<div class="text"><img src="/uploads/{n}.jpg">' + TEASER + '</div><a class="more" '
        'href="https://www.gazeta.example/proisshestviya/182{n}-novost-goroda.html">Подробнее</a>'
        '<a href="https://www.gazeta.example/proisshestviya/182{n}-novost-goroda.html#comment">'
        "Комментарии (3)</a></article>"
    )
    + '</div><div class="left"><div class="block tags">'
    + each('<a href="/tags/tema-{n}-nedeli/">Тема недели: происшествия и дороги</a>')
    + "</div></div>"
)
WORDPRESS = page(
    '<div class="site-content has-sidebar"><main id="main">'
    + each(
        '<article id="post-55{n}" class="post-55{n} post type-post hentry category-c{n} tag-t{n}">'
        '<header class="entry-header"><h2 class="entry-title"><a href="/2025/10/novost-{n}/" '
        'rel="bookmark">{t}</a></h2><span class="byline">от <a href="/author/vetrova/">Елена '
        'Викторовна Ветрова</a></span></header><time class="entry-date published" '
        'datetime="2025-10-{d}T09:10:00+07:00">{d}.10.2025</time><div class="entry-summary"><p>'
        + TEASER
        + ' <a class="more-link" href="/2025/10/novost-{n}/">Читать далее <span '
        'class="screen-reader-text">{t}</span></a></p></div></article>'
    )
    + '</main><aside class="widget-area"><ul>'
    + each('<li><a href="/2024/01/staraya-{n}/">Старая запись о том, что было {d} января</a></li>')
    + "</ul></aside></div>",
    head='<title>Новости</title><meta property="og:type" content="article">'
    '<meta property="og:site_name" content="Газета «Уезд»">',
)
REACT = page(
    '<div id="app"><div class="_feed_0a">'
    + each(
        '<a class="_card_x{n}" href="/text/gorod/2025/10/{d}/759{n}/"><div class="_pic_1" '
        "style=\"background-image: url('https://cdn.gazeta.example/{n}.webp')\"></div>"
        '<div class="_cardTitle_9k">{t}</div><div class="_stat_3"><span>2 318</span><span>17'
        '</span></div><p class="_lead_7">'
        + TEASER
        + " "
        + TEASER
        + " "
        + TEASER
        + " "
        + TEASER
        + "</p></a>"
    )
    + "</div></div>"
)
TABLE = (
    '<html><head><title>Тайга-Вести</title></head><body bgcolor="#FFFFFF"><table><tr><td>'
    + each('<a href="/list.php?r={n}">Раздел</a><br>')
    + "</td><td><table>"
    + each(
        '<tr><td class="date">{d}.10.2025</td><td><a href="view.php?id=441{n}">{t}</a></td></tr>'
    )
    + "</table></td></tr></table></body></html>"
)
FLAT = page(each('<b>{d} октября 2025, 08:0{n}</b> <a href="/news/77{n}.html">{t}</a><br>'))
FLAT_AFTER = page(each('<a href="/news/77{n}.html">{t}</a> <i>({d}.10.2025)</i><br>'))
DAYS = page(
    '<div class="lenta"><h3>20 октября 2025</h3>'
    + each('<div class="l"><span>1{n}:30</span> <a href="/n/33{n}">{t}</a></div>', HEADLINES[:4])
    + "<h3>19 октября 2025</h3>"
    + each('<div class="l"><span>2{n}:15</span> <a href="/n/32{n}">{t}</a></div>', HEADLINES[4:])
    + "</div>"
)
CARDS = page(
    '<div class="grid">'
    + each(
        '<div class="card"><a class="card-img" href="/material/obzor-{n}-nedeli?utm_source=main">'
        '<img src="/img/blank.gif" data-src="/img/{n}.jpg"></a><div class="card-rub"><a '
        'href="/rubric/zhizn/">Жизнь большого города и его людей</a></div><a class="card-t" '
        'href="/material/obzor-{n}-nedeli">{t}</a>'
        '<div class="card-d">{d} кастрычніка 2025</div></div>'
    )
    + "</div>"
)
MERGED = page(
    '<div class="hero"><div class="hero-main"><a href="/news/2025/900"><h1>{t}</h1></a><p>'.replace(
        "{t}", HEADLINES[0]
    )
    + TEASER
    + '</p></div></div><section class="block"><h2>Общество</h2>'
    + each('<div class="i"><h3><a href="/news/2025/80{n}">{t}</a></h3></div>', HEADLINES[1:4])
    + '</section><section class="wide"><h2>Спорт</h2>'
    + each('<div class="row"><a href="/news/2025/70{n}">{t}</a></div>', HEADLINES[4:])
    + '</section><div class="promo-box"><a href="/o-gazete/kak-podpisatsya-na-nas-v-2025">Как '
    "подписаться на нашу газету в этом году</a></div>"
)
DEFINITIONS = page(
    '<base href="https://gazeta.example/by/news-by/"><dl class="news">'
    + each('<dt>{d} кастрычніка 2025</dt><dd><a href="view/navina-339{n}/">{t}</a></dd>')
    + "</dl>"
)
SHORTENED = page(
    each(
        '<li class="item"><a href="/story/novost-{n}-goroda" title="{t}"><span class="time">'
        "{d}.10.2025</span> <span class='t'>{s}…</span></a></li>"
    )
)
PICTURES = page(
    each('<div class="t"><a href="/item/{n}00{n}"><img src="/i/{n}.jpg" alt="{t}"></a></div>')
)
RELATIVE = page(
    each(
        '<div class="feed-row"><h4><a href="/news/{n}777">{t}</a></h4><span class="when">'
        "{w}</span></div>"
    )
)

# Hours alone, of today and, after midnight, of yesterday; a wrapper with a menu's class.
HOURS = page(
    '<div class="page page-with-menu"><h1>Лента</h1><div class="head">Среда, 22 октября 2025</div>'
    + "".join(
        f'<a class="row" href="/lenta/news/{hour}5-novost-dnya"><span class="tm">{hour}:30</span>'
        f'<span class="row-bottom">{title}</span><i>❯</i></a>'
        for hour, title in zip(["09", "08", "07", "01", "00", "23", "22"], HEADLINES, strict=True)
    )
    + "</div>"
)
# Time and headline in one text; short headlines among long ones; a widget with an older date.
RUNNING = page(
    '<div class="feed">'
    + each(
        '<div class="f"><a href="/e/{n}9911">1{n}:05 {t}</a></div>', (*HEADLINES[:6], "Мост закрыт")
    )
    + '</div><div class="widget"><time datetime="2019-01-01">архив</time></div>'
)

FORUM = page(
    "<table>"
    + each(
        '<tr><td><a href="/forum/viewtopic.php?t=55{n}">{t}</a></td><td>{d}.10.2025 10:20</td></tr>'
    )
    + "</table>"
)
RUBRICS = page(
    "".join(
        f'<div class="rub"><h2><a href="/{name}/">{title}</a></h2><p>{TEASER}</p></div>'
        for name, title in (
            ("politika", "Политика и власть в регионе"),
            ("sport", "Спорт и здоровье каждый день"),
            ("kultura", "Культура, музеи и театры"),
        )
    )
)
LOGIN = page(
    '<h1>Вход на сайт</h1><form><input type="password"></form>'
    + each('<h3><a href="/news/12{n}">{t}</a></h3>'),
    head="<title>Личный кабинет</title>",
)
MISSING = page(
    "<h1>Страница не найдена</h1>" + each('<h3><a href="/news/12{n}">{t}</a></h3>'),
    head="<title>Ошибка 404</title>",
)
ARTICLE = page(
    "<h1>Мост закрыли</h1>"
    + f"<div class='text'>{'<br><br>'.join([TEASER * 3] * 4)}</div><h4>Похожие</h4>"
    + each('<p><a href="/news/12{n}">{t}</a></p>')
)
