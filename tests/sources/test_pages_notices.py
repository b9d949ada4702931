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


CLAIM = (
    '<meta property="og:type" content="article"><script type="application/ld+json">{"@type":'
    '"NewsArticle","headline":"Новость","datePublished":"2026-10-10T10:00:00+07:00"%s}</script>'
)
NONE = {
    "a removed article that still claims to be one": (
        page(
            "Материал удалён",
            "<article><h1>Материал удалён</h1><time>10.10.2026</time><p>Публикация, которая была "
            "по этому адресу, снята 2 октября 2026 года по решению городского суда.</p><p>Мы "
            "подали жалобу, но обязаны решение исполнить. Если вторая инстанция встанет на нашу "
            "сторону, текст вернётся на прежнее место, и ссылка снова заработает.</p></article>",
            CLAIM % "",
        ),
        "no such page",
    ),
    "works on the site, told at length and dated": (
        page(
            "Сайт временно недоступен: переезжаем",
            "<div id='main'><div>Понедельник, 27 апреля 2026 года</div><h1>Ведутся технические "
            "работы</h1><p>С десяти вечера сайт газеты переезжает на новый сервер. Переезд займёт "
            "время до утра вторника, архив номеров до тех пор закрыт.</p><p>Номер от 30 апреля "
            "выйдет в обычный срок, поздравления принимаем по телефону редакции.</p></div>",
            '<meta property="og:type" content="article">',
        ),
        "no such page",
    ),
    "a question of age before a text that claims to be an article": (
        page(
            "Как варили пиво в уезде",
            "<div role='dialog'><form><p>Эта страница содержит сведения об алкоголе. Нажимая «Мне "
            "есть 18», вы подтверждаете свой возраст и соглашаетесь с правилами.</p><input name=d>"
            "<p>Чрезмерное употребление алкоголя вредит здоровью. Мы рассказываем об истории "
            "уезда, о быте крестьян и купцов.</p></form></div><article><p>10.10.2026</p></article>",
            CLAIM % "",
        ),
        "age",
    ),
    "one sentence, and at length why one should pay": (
        page(
            "Кому достанутся шахты",
            "<main><h1>Кому достанутся шахты</h1><time>10.10.2026</time><div><p>В понедельник "
            "управляющий разослал трём претендентам письмо из одной строки, и уже к обеду...</p>"
            "<section><h2>Дочитайте эту историю по подписке</h2><p>Наша газета выходит с 2011 года "
            "и живёт на деньги читателей: предпринимателей, инженеров, чиновников, которым нужно "
            "знать, что происходит в регионе на самом деле.</p><ol><li><b>Понимать.</b> Каждый "
            "день мы объясняем, как решения владельцев скажутся на вашем деле и городе.</li><li>"
            "<b>Успевать.</b> Утреннее письмо приходит в половине восьмого и читается за четыре "
            "минуты.</li><li><b>Проверять.</b> Картотека компаний: владельцы, долги, суды и "
            "контракты на одной странице.</li></ol></section></div></main>",
            CLAIM % ',"isAccessibleForFree":"False"',
        ),
        "subscribers",
    ),
    "a release of a programme that claims to be an article": (
        page(
            "Первый лёд. Выпуск от 8 ноября 2025",
            "<article><h1>Первый лёд. Выпуск от 8 ноября 2025</h1><time>08.11.2025</time><video "
            "controls></video><div><p>Рыбаки вышли на первый лёд, не дождавшись десяти "
            "сантиметров. Сюжет Ларисы Фоминых.</p></div></article>",
            CLAIM % "",
        ),
        "video",
    ),
    "a club's page": (
        page(
            "Закрытый раздел",
            "<article><h1>Закрытый раздел</h1><p>01.11.2026</p><p>Уже участник? Войдите здесь, "
            "используя логин из письма.</p><p>Нет аккаунта? Вступить в клуб можно за минуту: "
            "заполните анкету и получите доступ ко всем статьям и чату с агрономом.</p></article>",
        ),
        "subscribers",
    ),
    "a login that its heading asks for": (
        page(
            "Электронный журнал",
            "<div><h2>Для просмотра новости необходимо авторизоваться</h2><p>Вход в систему "
            "осуществляется через портал услуг. С сентября вход по паролю школы отключён для "
            "родителей и учеников старше четырнадцати лет.</p></div>",
        ),
        "login",
    ),
    "pictures with numbers, and a line": (
        page(
            "Фотогалерея: концерт в Топках",
            "<h1>Фотогалерея: концерт в Топках</h1><p>22 ноября 2026</p>"
            + "".join(f"<div><img src='/{n}.jpg'><p>{n} / 4. Хор</p></div>" for n in range(1, 5))
            + "<p>Снимки в полном размере можно заказать в редакции, телефон 4-11-22.</p>",
        ),
        "pictures",
    ),
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
    "a gateway that waits for its site": (
        b"<title>topki.example | 522: Connection timed out</title><h1>Connection timed out</h1>"
        b"<h2>What happened?</h2><p>The initial connection between the network and the origin web "
        b"server timed out. As a result, the web page can not be displayed.</p>",
        "no such page",
    ),
    "a lost page that is called one": (
        page(
            "Топки",
            "<main class='page-404'><h1>Ой, тут пусто</h1><p>Мы послали за ней двух "
            "корреспондентов и собаку, но следы теряются у ручья.</p></main>",
        ),
        "no such page",
    ),
    "a lost news": (
        page(
            "Топки",
            "<article><h1>Ушла в тайгу</h1><p>Возможно, новость удалили, переименовали или вы "
            f"ошиблись буквой в адресе.</p></article><div class='more'>{CARDS}</div>",
            '<meta property="og:type" content="article">',
        ),
        "no such page",
    ),
    "a lost page in Belarusian": (
        page(
            "Раёнка",
            "<h1>Нічога няма</h1><p>На жаль, такой старонкі ў нас няма. Магчыма, вы памыліліся ў "
            "адрасе.</p><p>Паспрабуйце пошук альбо вярніцеся на галоўную.</p>",
        ),
        "speaks to",
    ),
    "a check that says so at length": (
        b"<title>...</title><h1>...</h1>"
        + "<p>Мы проверяем безопасность вашего соединения. Это занимает несколько секунд.</p>"
        "<p>Если страница не открылась, отключите VPN и попробуйте ещё раз.</p>".encode(),
        "speaks to",
    ),
    "a login with a welcome, called an article": (
        page(
            "Топки",
            "<div><h2>Читайте без ограничений</h2><p>Один аккаунт открывает архив с 2009 года.</p>"
            "</div><form><h1>С возвращением!</h1><input type='password'><p>Продолжая, вы "
            "принимаете соглашение и политику обработки данных.</p></form>",
            '<meta property="og:type" content="article">',
        ),
        "login",
    ),
    "a teaser before a club's prices": (
        page(
            "Судья и река",
            "<h1>Судья и река</h1><p>12 октября 2025</p><p>Он вынес приговор и утром уплыл.</p>"
            "<div><h2>Это история для друзей журнала</h2><p>Станьте другом, и вам откроются все "
            "длинные истории.</p><p>Уже с нами? Войдите по почте.</p></div>",
        ),
        "subscribers",
    ),
    "events with tickets": (
        page(
            "Куда сходить",
            "<h1>Куда сходить</h1>"
            + "".join(
                f"<div class='e'><div>Сб, 1{n}:00</div><div>{TEASER}</div><a>Купить билет</a></div>"
                for n in range(4)
            ),
        ),
        "offered",
    ),
    "vacancies that are open": (
        page("Работа", f"<h1>Открытые вакансии</h1><p>{STORY}</p>"),
        "every site has",
    ),
    "a broadcast to come": (
        page(
            "Сессия совета",
            "<h1>Сессия городского совета</h1><div>Трансляция ещё не началась</div><p>Начало 30 "
            "апреля в 14:00, депутаты обсудят бюджет округа и новые маршруты.</p>",
            '<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script>',
        ),
        "broadcast",
    ),
    "pictures with numbers": (
        page(
            "Масленица",
            "<h1>Масленица</h1>"
            + "".join(
                f"<div><img src='{n}.jpg'><div>{n}/24. {title}</div></div>"
                for n, title in enumerate(HEADLINES)
            )
            + "<div>Использование фотографий допускается только с указанием автора.</div>",
        ),
        "list of news",
    ),
    "a video and what its programme is": (
        page(
            "Выпуск новостей за 12 октября",
            "<h1>Выпуск новостей за 12 октября</h1><video src='1.mp4'></video><p>В выпуске: мост, "
            f"лифт и сто караваев.</p><h3>О программе</h3><p>{STORY} {STORY}</p>",
            '<meta property="og:type" content="video.other">',
        ),
        "video",
    ),
    "a login by mail": (
        page(
            "Топки",
            "<h1>Чтобы продолжить, представьтесь</h1><p>Мы ввели вход по почте, чтобы отличать "
            "читателей от роботов.</p><form><input type='email'></form>",
        ),
        "login",
    ),
    "a login amid an article's marks": (
        page(
            "Кто построит новый мост через Уньгу",
            "<h1>Кто построит новый мост через Уньгу</h1><p>12 октября 2025</p><p>"
            "Зарегистрируйтесь бесплатно и читайте без ограничений.</p><input type='password'>",
            '<script type="application/ld+json">{"@type": "NewsArticle"}</script>',
        ),
        "login",
    ),
    "an advertisers' login": (
        page(
            "Сетевое издание Топки",
            "<h3>Вход в личный кабинет рекламодателя</h3><p>В кабинете можно оплатить счёт и "
            "посмотреть статистику показов.</p><form><input type='password'></form>",
        ),
        "login",
    ),
    "a lost page that a cat ate": (
        "<title>Топки</title><p>Кот Тимофей съел эту страницу. Ругать бесполезно, он уже спит."
        "</p>".encode(),
        "neither a headline nor a date",
    ),
    "a news that went to an archive": (
        page(
            "Кто построит новый мост через Уньгу",
            "<h1>Кто построит новый мост через Уньгу</h1><p>Публикация перемещена в архив, "
            "материалы старше трёх лет временно закрыты.</p>",
        ),
        "no such page",
    ),
    "a database at rest": (
        page(
            "Ошибка базы данных",
            f"<h1>Ошибка установки соединения с базой данных</h1><p>{STORY}</p>",
        ),
        "no such page",
    ),
    "a release of news": (
        "<title>Новости Топок 12.05.2026</title><h1>Новости Топок 12.05.2026</h1><iframe src='/v'>"
        "</iframe><p>Мост откроют в июне, лыжники вернулись с медалями, баня открылась, на рынок "
        "привезли арбузы, в парке поставили качели, а в школе напекли блинов на весь район.</p>"
        "<p>Ведущая Анна Щукина.</p>".encode(),
        "video",
    ),
    "what has a tag": (
        page(
            "Публикации с меткой паводок",
            "".join(f"<div><b>{title}</b><p>{TEASER}</p></div>" for title in HEADLINES[:4]),
        ),
        "list of news",
    ),
    "what every site answers": (
        page(
            "Вопрос-ответ",
            f"<h1>Вопросы и ответы</h1><h3>Газета не пришла?</h3><p>{STORY} Телефон 2-11-11.</p>",
        ),
        "every site has",
    ),
    "a page of an author": (
        page(
            "Марта Лин",
            f"<h1>Марта Лин</h1><p>Пишет о людях и реках с 2014 года, живёт в Топках.</p>{CARDS}",
            '<meta property="og:type" content="profile">',
        ),
        "list of news",
    ),
    "a number alone, amid a whole site": (
        page("Топки", f"<div><b>404</b><p>{STORY}</p></div><ul>{LINKS * 6}</ul>"),
        "no such page",
    ),
    "a login amid a whole site, called an article": (
        page(
            "Топки",
            "<div><h2>Вход на сайт</h2><form><input type='password'></form><p>Если вы ещё не с "
            f"нами, пройдите регистрацию: она открывает комментарии.</p></div><ul>{LINKS * 6}</ul>",
            '<meta property="og:type" content="article">',
        ),
        "login",
    ),
    "a rubric that says what it is": (
        page(
            "Общество",
            f"<h1>Общество</h1><p>В рубрике мы рассказываем о том, как живёт город.</p>{CARDS}",
            '<meta property="og:type" content="article">',
        ),
        "list of news",
    ),
    "contacts": (
        page("Контакты", f"<article><h1>Контакты</h1><p>{STORY}</p></article>"),
        "every site has",
    ),
    "posters of a month": (
        page(
            "Афиша на декабрь",
            f"<h1>Афиша на декабрь</h1><div class='e'><b>5 декабря, 18:00</b><p>{STORY}</p></div>",
        ),
        "every site has",
    ),
    "weather of a town": (
        page("Погода", f"<h1>Погода в Таштаголе</h1><p>{STORY}</p>"),
        "every site has",
    ),
    "four teasers that call themselves an article": (
        page(
            "Новости района",
            "<h1>Новости района</h1><div class='list'>"
            + "".join(
                f"<article class='i'><h2><a href='/n/{n}'>{title}</a></h2><p>{TEASER}</p></article>"
                for n, title in enumerate(HEADLINES[:4])
            )
            + "</div>",
            '<meta property="og:type" content="article">',
        ),
        "list of news",
    ),
    "teasers of a theme in one line each": (
        page(
            "дорога",
            "<h1>#дорога</h1>"
            + "".join(
                f"<div class='row'><span>Вчера, 17:4{n}</span><a href='/n/{n}'><span>{title}</span>"
                f"</a><span>{TEASER}</span></div>"
                for n, title in enumerate(HEADLINES[:3])
            ),
            '<meta property="og:type" content="article">',
        ),
        "list of news",
    ),
    "an article taken back": (
        page(
            "Материал снят с публикации",
            "<div><span>12 марта 2021 года</span><h1>Материал снят с публикации</h1><p>Эта статья "
            "удалена по просьбе правообладателя или в связи с решением суда. Редакция не "
            f"комментирует причины.</p></div>{CARDS}",
        ),
        "error notice",
    ),
    "a broadcast above rights in long words": (
        page(
            "Вести. Эфир от 20 ноября",
            "<div><h1>Вести. Эфир от 20 ноября</h1><span>20.11.2025</span><iframe src='/v'>"
            "</iframe><p>Смотрите в выпуске: в районе открыли новый мост; почему подорожали "
            "яйца; погода на выходные.</p></div>"
            f"{CARDS}<div>Государственный интернет-канал. Все права на любые материалы, "
            "опубликованные на сайте, защищены в соответствии с российским и международным "
            "законодательством. Для детей старше 16 лет.</div>",
            '<meta property="og:type" content="video.tv_show">',
        ),
        "a video and no text",
    ),
    "a release of a programme": (
        page(
            "Утро с нами. Выпуск 141",
            "<div><h1>Утро с нами. Выпуск 141</h1><span>24.11.2025</span><video src='/v'></video>"
            "<p>Гость студии — заслуженный садовод Иван Зубр. Поговорим о том, как укрыть розы и "
            "почему яблоням не нужен снег по пояс.</p><h3>О проекте</h3><p>«Утро с нами» — "
            "программа для тех, кто просыпается в хорошем настроении. Каждый будний день в семь мы "
            "рассказываем о погоде, приметах, рецептах и людях, которые делают наш край лучше.</p>"
            f"</div>{CARDS}",
        ),
        "a video and no text",
    ),
    "posts of a channel under a mark": (
        page(
            "#дороги",
            "<div><h1>#дороги</h1>"
            + "".join(
                f"<div class='p'><div>1{n} дек 2025 · 11:2{n} · 6,4K</div><div>{title}. {TEASER}"
                f"</div><a href='/p/{n}'>Открыть пост</a></div>"
                for n, title in enumerate(HEADLINES)
            )
            + "</div>",
        ),
        "list of what is offered",
    ),
    "a word file": (b"PK\x03\x04\0\0\0\0\0", "a file"),
}


def test_news_at_an_address_that_is_no_articles_are_a_list() -> None:
    told = "".join(f"<p><b>{title}</b><br>{TEASER}</p>" for title in HEADLINES[:4])
    with pytest.raises(NoText, match="list of news"):
        extract_page(page("Новости", f"<h1>Новости</h1>{told}"), None, "https://t.example/news/")


def test_a_news_below_its_rubrics_heading_is_read_at_its_own_address() -> None:
    told = f"<h1>Новости</h1><h3>{HEADLINES[0]}</h3><p>12.05.2026</p><p>{STORY}</p>"
    html = f"<title>Новости</title><main>{told}</main>".encode()
    read = extract_page(html, None, "https://t.example/news/4512/")
    assert STORY in read.text


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Вход через Госуслуги станет обязательным", "Старые пароли от сайта больницы отключат."),
        ("Страницу мэра удалили по ошибке", "Страница удалена по ошибке администратора соцсети."),
        ("Газета вводит платный доступ", "Архив газеты откроют только для подписчиков с июня."),
        ("Пиво продали школьнику", "Кассир не спросила: «Вам есть 18 лет?», и штраф признали."),
        ("Видеокамеры появятся в лесу", "Использование видеокамер в лесу разрешено с 1 июня."),
    ],
)
def test_a_short_news_of_what_notices_say_is_an_article(title: str, told: str) -> None:
    body = f"<h1>{title}</h1><p>12 мая 2026</p><p>{told} Об этом сообщили в округе.</p>"
    assert told in extract_page(page(title, body), None, URL).text


@pytest.mark.parametrize(
    ("title", "told", "said"),
    [
        (
            "Только для своих",
            "Этот материал доступен подписчикам газеты. Подписка на месяц стоит 149 рублей.",
            "subscribers",
        ),
        (
            "Новость перенесена в архив",
            "Срок хранения этой новости истёк. Её выдадут по запросу в редакцию за десять дней.",
            "no such page",
        ),
        (
            "Ничего не найдено",
            "По этому адресу ничего нет. Воспользуйтесь поиском или посмотрите свежие новости.",
            "no such page",
        ),
    ],
)
def test_a_notice_is_told_whatever_the_page_says_of_itself(
    title: str, told: str, said: str
) -> None:
    head = (
        f"<meta property='og:type' content='article'><script type='application/ld+json'>"
        f'{{"@type": "NewsArticle", "headline": "{title}"}}</script>'
    )
    body = f"<article><h1>{title}</h1><p>12 мая 2026</p><p>{told}</p></article>"
    with pytest.raises(NoText, match=said):
        extract_page(page(title, body, head), None, URL)


def test_a_story_called_as_errors_are_is_an_article_where_it_says_so() -> None:
    html = page("Ошибка", f"<article><h1>Ошибка</h1><p>{STORY} {STORY}</p></article>", CLAIM % "")
    assert STORY in extract_page(html, None, URL).text


def test_a_telephone_is_no_date() -> None:
    body = f"<h1>{HEADLINES[0]}</h1><p>{STORY}</p><p>Звоните по телефону 2-11-11.</p>"
    html = f"<title>{HEADLINES[0]}</title><main>{body}</main>".encode()
    assert extract_page(html, None, URL).published_at is None


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
        "a club's page",
        "a login that its heading asks for",
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
        "Погода в Таштаголе",
        "Афиша выходных: семь поводов выйти из дома",
        "Вакансии на разрезе: кого ищут",
    ],
)
def test_a_news_about_such_things_is_an_article(title: str) -> None:
    body = f"<article><h1>{title}</h1><p>12 октября 2025, 10:15</p><p>{STORY}</p></article>{CARDS}"
    assert STORY in extract_page(page(title, body), None, URL).text


def test_a_sites_first_page_is_a_list() -> None:
    body = f"<h2><a href='/1'>Паром встал до весны</a></h2><p>{STORY}</p>{CARDS}"
    with pytest.raises(NoText, match="list of news"):
        extract_page(page("Топки", body), None, "https://topki.example/")


def test_advice_to_readers_is_an_article_even_undated() -> None:
    told = [
        "Наденьте варежки, а не перчатки: пальцы греют друг друга. Не стойте на месте.",
        "Если вы перестали чувствовать щёку, зайдите в магазин и согрейте её ладонью.",
        "Позвоните тем, кто вас ждёт, и скажите, где вы стоите: так спокойнее и вам, и им.",
        "Автобус, который не пришёл, не придёт: вызовите такси или идите пешком.",
    ]
    body = "".join(f"<p>{one}</p>" for one in told)
    body = f"<h1>Как не замёрзнуть на остановке</h1>{body}<ul>{LINKS * 6}</ul>"
    found = extract_page(page("Как не замёрзнуть на остановке", body), None, URL)
    assert found.text.split("\n\n") == told


def test_a_news_that_tells_what_people_ask_of_you_is_an_article() -> None:
    said = "— Не выходите на лёд и не выпускайте детей, вы рискуете жизнью, — сказал спасатель."
    body = f"<article><h1>Лёд на Уньге тонок</h1><p>{said}</p><p>{STORY}</p></article>"
    assert said in extract_page(page("Лёд на Уньге тонок", body), None, URL).text


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
