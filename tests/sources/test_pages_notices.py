"""What is no article is told by a sentence; a news about such things is an article."""

import pytest

from bot.sources.errors import NeedsLogin, NoText
from bot.sources.pages import extract_page

URL = "https://topki.example/news/1"
TEASER = "Подробности узнал наш корреспондент, побывавший на месте и поговоривший с людьми."
HEADLINES = [
    "Аптеку на площади закрыли на ремонт",
    "Трамваи пустят по новому расписанию",
    "Юные пловцы привезли десять медалей",
    "Сквер у театра назовут именем поэта",
    "Мост через Уньгу закроют на выходные",
    "Школьники вырастили лимон весом в кило",
    "Пекарня раздала детям сто караваев",
    "На вокзале заработал новый лифт",
]
CARDS = "".join(
    f'<div class="item"><h3><a href="/n/{n}">{title}</a></h3><p>{TEASER}</p><i>10.10.2025</i></div>'
    for n, title in enumerate(HEADLINES)
)
FLOW = "".join(
    f'<h2><a href="/n/{n}">{title}</a></h2><p>10.10.2025</p><p>{TEASER}</p>'
    for n, title in enumerate(HEADLINES)
)
LINKS = "".join(f'<li><a href="/n/{n}">{title}</a></li>' for n, title in enumerate(HEADLINES))
STORY = (
    "Сообщение о случившемся поступило в половине девятого утра. Специалисты выехали на место и за "
    "два часа всё исправили. Жителей просят сохранять спокойствие и не бросать вещи без присмотра."
)


def page(title: str, body: str, head: str = "") -> bytes:
    return (
        f"<html><head><title>{title} — Топки сегодня</title>{head}</head><body><header><a href='/'>"
        f"Топки сегодня</a><nav><ul>{LINKS}</ul></nav></header>{body}<footer><p>© Топки сегодня, "
        "все права защищены.</p></footer></body></html>"
    ).encode()


NONE = {
    "404": (
        page(
            "Страница не найдена",
            "<h1>Ошибка 404</h1><p>Возможно, она была удалена или вы ошиблись в адресе. Попробуйте "
            f"начать с главной страницы или воспользуйтесь поиском.</p><h2>Читают</h2>{CARDS}",
        ),
        "no such page",
    ),
    "soft 404": (
        page(
            "К сожалению, запрашиваемая страница не существует",
            "<main><p>Мы недавно обновили сайт, и часть адресов изменилась. Сообщите нам, откуда "
            "вы пришли, и мы исправим ссылку.</p></main>",
        ),
        "no such page",
    ),
    "login": (
        page(
            "Вход",
            "<main><h1>Вход на сайт</h1><p>Чтобы читать дальше, войдите или зарегистрируйтесь: это "
            "бесплатно и займёт минуту.</p><form><input name='a'><input type='password'></form>"
            "<p>Регистрируясь, вы соглашаетесь с правилами сайта и обработкой данных.</p></main>",
        ),
        "login",
    ),
    "login instead of an article": (
        page(
            "Кто построит новый мост через Уньгу",
            "<article><h1>Кто построит новый мост через Уньгу</h1><p>Войдите, чтобы прочитать этот "
            "материал до конца. Забыли пароль? Его можно восстановить.</p><form><input type="
            "'password'></form></article>",
        ),
        "login|subscribers",
    ),
    "paid": (
        page(
            "Кто построит новый мост через Уньгу",
            "<article><h1>Кто построит новый мост через Уньгу</h1><p>Имя подрядчика назвали в "
            "пятницу, и оно удивило многих.</p><div class='paywall'><p>Материал доступен только "
            "подписчикам.</p><p>Оформите подписку за 99 рублей в месяц, чтобы читать всё.</p></div>"
            "</article>",
            '<script type="application/ld+json">{"@type": "NewsArticle", '
            '"isAccessibleForFree": "False"}</script>',
        ),
        "subscribers",
    ),
    "cookie wall": (
        page(
            "Топки сегодня",
            "<div class='wall'><h1>Ваша приватность</h1><p>Мы и наши партнёры используем файлы "
            "cookie, чтобы показывать вам рекламу и считать посетителей.</p><p>Нажимая «Принять», "
            "вы соглашаетесь на обработку персональных данных.</p></div>",
        ),
        "cookies",
    ),
    "cloudflare": (
        b"<html><head><title>Just a moment...</title></head><body class='no-js'><div id='cf-"
        b"challenge-running'>Checking your browser before accessing topki.example. This process "
        b"is automatic and will redirect you shortly to the page you wanted.</div></body></html>",
        "a person",
    ),
    "ddos-guard": (
        page(
            "DDoS-Guard",
            "<h1>Проверка вашего браузера перед входом на сайт</h1><p>Это автоматический процесс, "
            "он займёт до пяти секунд. Не закрывайте вкладку.</p>",
        ),
        "a person",
    ),
    "video": (
        page(
            "Выпуск новостей за 12 октября",
            "<main><h1>Выпуск новостей за 12 октября</h1><div class='player'><iframe src='https:"
            f"//video.example/1'></iframe></div><p>12 октября</p><h3>Ещё видео</h3>{CARDS}</main>",
            '<meta property="og:type" content="video.other">',
        ),
        "video",
    ),
    "rubric": (page("Общество", f"<main><h1>Общество</h1>{CARDS}</main>"), "list of news"),
    "rubric that tells of itself": (
        page(
            "Общество",
            f"<main><h1>Общество</h1><p>Новости общества в Топках и районе: образование, медицина, "
            f"дороги, праздники и будни горожан каждый день.</p>{CARDS}</main>",
        ),
        "list of news",
    ),
    "search": (
        page("Результаты поиска: мост", f"<main><h1>Поиск</h1><ol>{CARDS}</ol></main>"),
        "list of news",
    ),
    "rubric without elements of its own": (
        page("Общество", f"<main><h1>Общество</h1>{FLOW}</main>"),
        "list of news",
    ),
    "search that shows what it found": (
        page("Мост — поиск", f"<h1>Поиск</h1>{FLOW}<p>Результаты 1–8 из 73</p>"),
        "list of news",
    ),
    "video with a line": (
        page(
            "Открыли мост: видео",
            "<main><h1>Открыли мост: видео</h1><video src='1.mp4'></video><p>Смотрите репортаж "
            f"нашего корреспондента с открытия моста.</p><p>12 октября 2025</p>{CARDS}</main>",
        ),
        "video",
    ),
    "privacy wall": (
        page(
            "Кто построит мост",
            "<div><h2>Мы ценим вашу конфиденциальность</h2><p>Мы и наши 134 партнёра храним данные "
            "на устройстве и обрабатываем их, чтобы показывать вам персонализированную рекламу."
            "</p></div>",
        ),
        "cookies",
    ),
    "front page": (page("Новости Топок", f"<main>{CARDS}{CARDS}</main>"), "list of news"),
    "shell of scripts": (
        b"<html><head><title>News</title></head><body><noscript>You need to enable JavaScript to "
        b"run this app. Please turn it on in the settings of your browser and reload the page, so "
        b"that everything works as it should.</noscript><div id='root'></div></body></html>",
        "scripts",
    ),
    "a page that got lost": (
        page(
            "Топки сегодня",
            "<div><b>404</b><p>Похоже, эта страница потерялась по дороге: мы убрали материал или "
            "поменяли ссылку. Начните с главной, там всегда есть что почитать.</p></div>",
        ),
        "no such page",
    ),
    "for who is registered": (
        page(
            "Кто построит новый мост через Уньгу",
            "<article><h1>Кто построит новый мост через Уньгу</h1><div class='text'><p>Имя "
            "подрядчика назвали в пятницу, и оно удивило многих в городе.</p></div><div "
            "class='gate'><h2>Материал доступен зарегистрированным читателям</h2><p>Это бесплатно "
            "и займёт минуту.</p><input type='password'><button>Войти</button></div></article>",
        ),
        "registered",
    ),
    "a tag's page by WordPress": (
        b"<html><head><title>Wood</title></head><body class='archive tag tag-wood'><h1>Wood</h1>"
        b"<p>All about wood: where to buy it, what it costs, and how to keep it dry in winter.</p>"
        b"<article><h2><a href='/1'>What a cube of birch costs</a></h2><p>We asked.</p></article>"
        b"</body></html>",
        "list of news",
    ),
    "shell that says so itself": (
        "<html><head><title>Топки рядом</title></head><body><noscript>Включите JavaScript."
        "</noscript>"
        "<div id='app'><p>Загружаем новости вашего района. Если это длится больше минуты, "
        "обновите страницу.</p></div></body></html>".encode(),
        "scripts",
    ),
    "a feed": (
        b"\xef\xbb\xbf <?xml version='1.0'?>\n<!-- made by hand --><rss><channel><item>"
        b"<title>News</title></item></channel></rss>",
        "a feed",
    ),
    "a lost page that jokes": (
        page(
            "Топки сегодня",
            "<h1>Здесь ничего нет</h1><p>Зато в Топках есть пруд и лучшие пирожки района. А "
            f"страницу, которую вы искали, мы удалили.</p>{CARDS}",
        ),
        "no such page",
    ),
    "a search that found nothing": (
        page(
            "Поиск",
            "<main><h1>Поиск</h1><p>К сожалению, на ваш запрос ничего не найдено. Попробуйте "
            "изменить запрос или используйте более общие слова.</p></main>",
        ),
        "no such page",
    ),
    "a site at rest": (
        page(
            "Топки сегодня",
            "<h1>Скоро вернёмся</h1><p>Сайт временно закрыт на обслуживание: мы переезжаем на "
            "новый сервер, работы закончатся к шести утра.</p>",
        ),
        "closed",
    ),
    "a login that praises what is behind it": (
        page(
            "Соседи",
            "<h2>Сеть для тех, кто живёт рядом</h2><ul><li>Узнавайте новости дома раньше всех.</li>"
            "<li>Находите потерянных котов и знакомьтесь.</li></ul><h3>Вход</h3><form><input "
            "type='password'><button>Войти</button></form>",
        ),
        "login",
    ),
    "a code for the telephone": (
        page(
            "Клуб",
            "<h1>Добро пожаловать</h1><p>Это закрытый раздел. Чтобы увидеть запись, введите номер "
            "телефона, мы пришлём код.</p><input type='tel'><p>Ещё нет аккаунта? Создайте.</p>",
        ),
        "login",
    ),
    "a rouble for the rest": (
        page(
            "Кто построит новый мост через Уньгу",
            "<article><h1>Кто построит новый мост через Уньгу</h1><p>12 октября 2025</p><p>Имя "
            "подрядчика назвали в пятницу, и оно удивило многих в городе.</p><div class='pw'><div>"
            "Дальше — только для подписчиков</div><p>Оформите доступ и читайте целиком.</p>"
            "<a class='btn'>Дочитать за 1 ₽</a></div></article>",
        ),
        "registered|subscribers",
    ),
    "rubric of teasers that are one link each": (
        page(
            "Экология: последние новости и события сегодня",
            "<main><h1>Экология: последние новости и события сегодня</h1><p>В разделе собраны "
            "материалы об экологии района: воздух, реки, рекультивация и раздельный сбор отходов."
            "</p>"
            + "".join(
                f"<a class='g' href='/t/{n}'><span>10 октября</span><span>{title}</span></a>"
                for n, title in enumerate(HEADLINES)
            )
            + "</main>",
            '<meta property="og:type" content="article">',
        ),
        "list of news",
    ),
    "a word file": (b"PK\x03\x04\0\0\0\0\0", "a file"),
}


@pytest.mark.parametrize("kind", NONE)
def test_a_page_that_is_no_article_is_told(kind: str) -> None:
    body, said = NONE[kind]
    with pytest.raises(NoText, match=said):
        extract_page(body, None, URL)


@pytest.mark.parametrize(
    "kind",
    [
        "login",
        "login instead of an article",
        "for who is registered",
        "a code for the telephone",
        "paid",
    ],
)
def test_what_only_readers_with_an_account_see_needs_a_login(kind: str) -> None:
    with pytest.raises(NeedsLogin):
        extract_page(NONE[kind][0], None, URL)


@pytest.mark.parametrize(
    "title",
    [
        "Вход в метро закрыт",
        "Ошибка в платёжках: пересчитают тепло",
        "404 семьи получат ключи до Нового года",
        "Страница не найдена: куда пропал сайт мэрии",
        "Доступ к реке ограничат на месяц",
        "Авторизация в «Госуслугах» изменится",
        "Войти в приёмную можно с улицы Мира",
        "Капча победила пенсионеров",
        "Регистрация на сплав открыта",
        "Поиск пропавшего грибника завершён",
        "Материал доступен только подписчикам: суд оштрафовал сайт",
        "Страница из дневника шахтёра потерялась в архиве",
        "Сайт мэрии закрыт на обслуживание до среды",
    ],
)
def test_a_news_about_such_things_is_an_article(title: str) -> None:
    body = f"<article><h1>{title}</h1><p>12 октября 2025, 10:15</p><p>{STORY}</p></article>{CARDS}"
    assert STORY in extract_page(page(title, body), None, URL).text


def test_a_short_news_beside_many_others_is_an_article() -> None:
    news = "На вокзале Топок после ремонта заработал лифт для тех, кому трудно на лестнице."
    body = (
        "<div><h1>На вокзале заработал новый лифт</h1><span>12.10.2025 10:15</span>"
        f"<p>{news}</p></div><div class='more'>{CARDS}</div>"
    )
    assert extract_page(page("На вокзале заработал новый лифт", body), None, URL).text == news


def test_a_news_of_today_beside_many_others_is_an_article() -> None:
    news = "Движение реверсивное, водитель не пострадал, тыквы собирают всем селом."
    body = (
        "<div><h1>Под Топками перевернулся грузовик с тыквами</h1><span>Сегодня, 09:14</span>"
        f"<p>{news}</p></div><div class='more'>{CARDS}</div>"
    )
    found = extract_page(page("Под Топками перевернулся грузовик с тыквами", body), None, URL)
    assert found.text == news


def test_a_paid_article_that_is_shown_whole_is_one() -> None:
    story = " ".join([STORY] * 4)
    body = (
        f"<article><h1>Мост</h1><p>{story}</p><p>Оформите подписку, чтобы читать всё.</p></article>"
    )
    free = '<script type="application/ld+json">{"@type": "Article", "isAccessibleForFree": false}'
    assert story in extract_page(page("Мост", body, f"{free}</script>"), None, URL).text
