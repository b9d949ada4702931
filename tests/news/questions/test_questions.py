"""Questions as people type them, and what is shown of what they find."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import bot.news.topics
from bot.news.questions.query import parse_query, snippet
from bot.news.questions.quoting import Asked
from bot.news.questions.smalltalk import Talk, small_talk
from bot.news.topics.scores import parse_topics
from storage.models import Article, Fact, FactKind, Query

NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)  # a Wednesday, 08:00 in Novokuznetsk
TOPICS = parse_topics(
    (Path(bot.news.topics.__path__[0]) / "topics.toml").read_text("utf-8"), name="topics.toml"
)
SOURCES = ("Томь-Сегодня", "Кузнецкий курьер", "Сибвестник", "Город 42")


def ask(text: str, zone: str = "Asia/Novokuznetsk") -> Query:
    return parse_query(text, now=NOW, zone=zone, topics=TOPICS, sources=SOURCES)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("рейсы в Минск", ("рейс", "минск")),
        ("РЕЙСЫ В МИНСК", ("рейс", "минск")),
        ("кемерово-минск", ("кемерово", "минск")),
        ("Кемерово — Минск", ("кемерово", "минск")),
        ("Ёлка ёлку ёлкой", ("елка",)),
        ("елка", ("елка",)),
        ("что с рейсом в Минск?", ("рейс", "минск")),
        ("«Белаз»", ("белаз",)),
        ("маршрут 42", ("маршрут", "42")),
        ("что и как", ()),
        ("who's the mayor", ("mayor",)),
        ("што чуваць пра снег", ("снег",)),
    ],
)
def test_words_are_lemmas_whatever_their_form(text, terms):
    assert ask(text).terms == terms


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("что с рейсом в Минск?", True),
        ("когда откроют мост", True),
        ("калі адкрыюць мост", True),
        ("when does the bridge open", True),
        ("мост открыт?", True),
        ("открытие моста", False),
        ("чтобы открыть мост", False),
    ],
)
def test_a_question_is_known_by_its_sign_or_first_word(text, question):
    assert ask(text).question is question


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("мост за неделю", (11, 11, 1, 0), None),
        ("мост за тыдзень", (11, 11, 1, 0), None),
        ("мост за сутки", (11, 17, 1, 0), None),
        ("мост за 3 дня", (11, 15, 1, 0), None),
        ("мост за последние два часа", (11, 17, 23, 0), None),
        ("мост за месяц", (10, 19, 1, 0), None),
        ("bridge in the last 24 hours", (11, 17, 1, 0), None),
        ("мост сегодня", (11, 17, 17, 0), None),
        ("мост сёння", (11, 17, 17, 0), None),
        ("мост вчера", (11, 16, 17, 0), (11, 17, 17, 0)),
        ("вчерашний мост", (11, 16, 17, 0), (11, 17, 17, 0)),
        ("мост учора", (11, 16, 17, 0), (11, 17, 17, 0)),
        ("bridge yesterday", (11, 16, 17, 0), (11, 17, 17, 0)),
        ("мост с понедельника", (11, 15, 17, 0), None),
        ("мост в понедельник", (11, 15, 17, 0), (11, 16, 17, 0)),
        ("мост на этой неделе", (11, 15, 17, 0), None),
        ("bridge this week", (11, 15, 17, 0), None),
        ("мост на прошлой неделе", (11, 8, 17, 0), (11, 15, 17, 0)),
        ("bridge last week", (11, 8, 17, 0), (11, 15, 17, 0)),
        ("мост в октябре", (9, 30, 17, 0), (10, 31, 17, 0)),
        ("мост с 5 ноября", (11, 4, 17, 0), None),
        ("мост 5 ноября", (11, 4, 17, 0), (11, 6, 17, 0)),
        ("мост за 5 ноября", (11, 4, 17, 0), (11, 5, 17, 0)),
        ("мост 5 лістапада", (11, 4, 17, 0), (11, 6, 17, 0)),
        ("мост с 5 по 9 ноября", (11, 4, 17, 0), (11, 9, 17, 0)),
        ("мост на выходных", (11, 13, 17, 0), (11, 16, 17, 0)),
        ("мост у мінулыя выхадныя", (11, 13, 17, 0), (11, 16, 17, 0)),
        ("мост летом", (5, 31, 17, 0), (8, 31, 17, 0)),
        ("мост улетку", (5, 31, 17, 0), (8, 31, 17, 0)),
        ("мост осенью", (8, 31, 17, 0), (11, 30, 17, 0)),
        ("мост прошлой весной", (2, 28, 17, 0), (5, 31, 17, 0)),
        ("мост два дня назад", (11, 15, 17, 0), (11, 16, 17, 0)),
        ("мост тры дні таму", (11, 14, 17, 0), (11, 15, 17, 0)),
        ("bridge 3 days ago", (11, 14, 17, 0), (11, 15, 17, 0)),
        ("мост с прошлой недели", (11, 8, 17, 0), None),
        ("мост с начала месяца", (10, 31, 17, 0), None),
        ("мост за последние три дня", (11, 15, 1, 0), None),
        ("мост на днях", (11, 3, 17, 0), None),
    ],
)
def test_times_are_the_readers_and_come_out_in_utc(text, since, until):
    query = ask(text)
    assert query.since == datetime(2026, *since, tzinfo=UTC)
    assert query.until == (datetime(2026, *until, tzinfo=UTC) if until else None)
    assert query.terms in {("мост",), ("bridg",)}


@pytest.mark.parametrize(
    "text",
    [
        "за часть моста", "в лютый мороз", "в снежный день", "откроют в декабре", "за годовой",
        "откроют весной", "поезда зимой", "погода на 5 ноября", "мост 5 декабря",
        "мост в 2030 году",
    ],
)  # fmt: skip
def test_words_that_only_look_like_times_stay_words(text):
    assert ask(text).since is None
    assert ask(text).terms


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("мост в 2025 году", (2024, 12, 31), (2025, 12, 31)),
        ("мост в прошлом году", (2024, 12, 31), (2025, 12, 31)),
        ("мост сёлета", (2025, 12, 31), None),
        ("мост в мае 2024 года", (2024, 4, 30), (2024, 5, 31)),
        ("мост прошлой зимой", (2025, 11, 30), (2026, 2, 28)),
    ],
)
def test_years_are_this_one_the_last_or_as_said(text, since, until):
    query = ask(text)
    assert query.since == datetime(*since, 17, tzinfo=UTC)
    assert query.until == (datetime(*until, 17, tzinfo=UTC) if until else None)
    assert query.terms == ("мост",)


def test_today_begins_at_the_readers_midnight():
    assert ask("мост сегодня", zone="Europe/Minsk").since == datetime(2026, 11, 17, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "slug", "terms"),
    [
        ("новости торговли за неделю", "trade", ()),
        ("новости спорта в Кемерове", "sport", ("кемерово",)),
        ("торговля", "trade", ()),
        ("#flights", "flights", ()),
        ("flights last week", "flights", ()),
        ("latest on coal yesterday", "coal", ()),
        ("авиарейсы", "flights", ()),
        ("погода за сутки", "weather", ()),
    ],
)
def test_topics_are_named_by_slug_or_title(text, slug, terms):
    assert ask(text).topics == (slug,)
    assert ask(text).terms == terms


def test_a_topics_name_among_other_words_is_a_word():
    assert ask("торговля лесом в Юрге").topics == ()
    assert "торговля" in ask("торговля лесом в Юрге").terms


@pytest.mark.parametrize(
    "text",
    [
        "шахты Кузнецкий Курьер",
        "шахты в «кузнецком курьере»",
        "что пишет Сибвестник про шахты",
        "шахты из сибвестника",
        "шахты Город 42",
    ],
)
def test_sources_are_named_by_their_titles(text):
    assert len(ask(text).sources) == 1
    assert ask(text).terms == ("шахта",)


def test_quotes_are_phrases_in_their_order():
    assert ask("«прямой рейс» Минск").phrases == (("прямой", "рейс"),)
    assert ask('"прямой рейс"').phrases == (("прямой", "рейс"),)
    assert ask("«прямой рейс» Минск").terms == ("минск",)


def test_minus_and_except_exclude():
    assert ask("рейс -автобусы -«Новый год»").excluded == ("автобус", "новый", "год")
    assert ask("цены кроме бензина").excluded == ("бензин",)
    assert ask("кемерово - минск").excluded == ()


def test_what_is_new_asks_for_the_last_day():
    assert ask("что нового?").since == datetime(2026, 11, 17, 1, 0, tzinfo=UTC)
    assert ask("что нового в Юрге?").since is None


@pytest.mark.parametrize(
    ("text", "talk"),
    [
        ("Привет!", Talk.HELLO),
        ("привет, как дела?", Talk.HELLO),
        ("Добрый вечер 🙂", Talk.HELLO),
        ("вітаю", Talk.HELLO),
        ("прывітанне", Talk.HELLO),
        ("hi", Talk.HELLO),
        ("как дела", Talk.HELLO),
        ("Спасибо большое!!!", Talk.THANKS),
        ("дзякуй", Talk.THANKS),
        ("ok, thank you", Talk.THANKS),
        ("пока", Talk.THANKS),
        ("привет что с рейсом в Минск", None),
        ("спасибо шахтёрам", None),
        ("как дела на мосту", None),
        ("", None),
        ("🙂", None),
    ],
)
def test_small_talk_is_no_search(text, talk):
    assert small_talk(text) is talk
    assert ask(text).empty or talk is None


def test_a_greeting_before_a_question_is_no_word_of_it():
    assert ask("привет! что с рейсом в Минск").terms == ("рейс", "минск")
    assert ask("подскажите пожалуйста, когда откроют мост").terms == ("открыть", "мост")


@pytest.mark.parametrize("text", ["", "   ", "«»", '"', "-", "!!!", "\0", "и", "за 31 ноября ½"])
def test_what_asks_nothing_is_empty(text):
    query = ask(text)
    assert query.raw == text
    assert query.since is None


@example("\U000105c0 \U00016fff ёлка")
@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from(
            ["за", "9" * 30, "лет", "-", "«", "»", '"', "с", "31", "февраля", "из", "#", "новости",
             "торговли", "кемерово-минск", "Город", "42", "вчера", "NEAR(", "*", "AND", "ў"]
        ),
        max_size=9,
    ).map(" ".join)
)  # fmt: skip
def test_nothing_anybody_types_is_an_error(text):
    query = ask(text)
    assert query.raw == text
    assert query.since is None or query.since.utcoffset().total_seconds() == 0
    assert all(term and " " not in term for term in query.terms)
    snippet(text, query)
    quoted(text, query)


def plain(parts: list[tuple[str, bool]]) -> str:
    return "".join(words for words, _ in parts)


LONG = (
    "Прочее о погоде и дорогах. " * 20
    + "Рейсы в Минск начнутся 14 марта, билет на рейс стоит 15 300 рублей. "
    + "Иное о мостах и школах. " * 20
)


def test_a_snippet_shows_where_the_words_are_and_marks_every_form():
    parts = snippet(LONG, ask("рейс Минск"), width=120)
    assert [words for words, matched in parts if matched] == ["Рейсы", "Минск", "рейс"]
    assert plain(parts).startswith("…")
    assert plain(parts).endswith("…")
    assert 60 < len(plain(parts)) < 140


def test_a_snippet_cuts_between_words():
    words = set(LONG.replace(".", " ").replace(",", " ").split())
    shown = plain(snippet(LONG, ask("рейс Минск"), width=100)).strip("… .,")
    assert set(shown.replace(".", " ").replace(",", " ").split()) <= words


def test_without_a_match_a_snippet_is_the_beginning():
    parts = snippet(LONG, ask("трактор"), width=50)
    assert plain(parts).startswith("Прочее о погоде")
    assert not any(matched for _, matched in parts)
    assert plain(snippet("Коротко.", ask("трактор"))) == "Коротко."
    assert snippet("", ask("трактор")) == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.integers(20, 200))
def test_a_snippet_is_a_piece_of_the_text(text, width):
    shown = plain(snippet(text, ask("рейс"), width=width)).strip("… ,;:—–-")
    assert shown in " ".join(text.split())
    assert len(shown) <= width + 1


def quoted(text: str, query: Query, *, title: str = "", facts: tuple[Fact, ...] = ()) -> str | None:
    article = Article(
        id=1, source_id=1, source="", sample=False, url=None, title=title, text=text, headings=(),
        author=None, photo_credit=None, dateline=None, image_url=None, language="ru",
        published_at=NOW, seen_at=NOW, dated=True, topics=(), entities=(), story_id=1, summary=(),
        facts=facts,
    )  # fmt: skip
    found = Asked(query).quote(article)
    return found.sentence if found else None


def test_the_best_sentence_has_most_of_the_words_and_the_figure_asked_for():
    text = (
        "Рейсы в Минск обсуждали весной. Сколько стоит рейс в Минск? "
        "Билет на рейс в Минск стоит 15 300 рублей."
    )
    query = ask("сколько стоит рейс в Минск?")
    assert quoted(text, query) == "Билет на рейс в Минск стоит 15 300 рублей."
    assert quoted(text, ask("трактор")) is None
    assert quoted("", query) is None


def test_a_heading_is_never_the_best_sentence():
    text = "Сколько стоит билет\n\nБилет стоит 15 300 рублей.\n\nНу вот и всё."
    assert quoted(text, ask("сколько стоит билет?")) == "Билет стоит 15 300 рублей."


def test_a_price_is_what_a_question_about_money_is_answered_with():
    text = "Билеты в Минск продают с утра. Тариф в одну сторону — 14 900 рублей. Летят 189 человек."
    query = ask("сколько стоит билет в Минск?")
    assert quoted(text, query) == "Тариф в одну сторону — 14 900 рублей."


def test_of_a_text_whose_title_says_the_rest_what_is_wished_for_is_quoted():
    title = "В Юрге открылась выставка кукол"
    text = "Выставка кукол открылась в музее Юрги. Работает она до 6 декабря, с десяти утра."
    query = ask("до какого числа выставка кукол в Юрге")
    assert quoted(text, query, title=title) == "Работает она до 6 декабря, с десяти утра."


def test_what_is_said_of_a_word_that_only_the_title_has_answers_nothing():
    text = "Продажа билетов начнётся в субботу. Отправлений больше всего 30 декабря."
    query = ask("когда начнут продавать ёлки")
    assert quoted("Отправлений больше всего 30 декабря.", query, title="Домой к ёлке") is None
    assert quoted(f"Ёлки есть. {text}", query, title="Домой к ёлке") is not None


def test_a_figure_beside_the_word_is_the_one_that_is_wished_for():
    text = (
        "Набор продуктов, в котором мандарины, торт, курица, сельдь, икра и бутылка игристого, "
        "стоит 7 860 рублей. Дешевле стали мандарины: по 149 рублей за килограмм."
    )
    assert quoted(text, ask("почём мандарины")) == (
        "Дешевле стали мандарины: по 149 рублей за килограмм."
    )


def test_until_when_is_answered_by_an_end():
    text = "Меч нашли летом 2025 года в реке. Увидеть меч можно до 28 февраля."
    query = ask("до какого числа показывают меч")
    assert quoted(text, query, title="Меч") == "Увидеть меч можно до 28 февраля."


def test_a_date_is_no_amount():
    text = "Пожар на складе начался 5 ноября в 20:10. На складе тушили огонь сорок человек."
    query = ask("сколько человек тушило склад")
    assert quoted(text, query) == "На складе тушили огонь сорок человек."


def test_when_something_will_be_is_told_by_a_time_to_come():
    text = "Паром в Лиде пустили в 1965 году. Паром сгнил. Первый рейс обещают 9 мая."
    coming = Fact(kind=FactKind.EVENT, sentence="Первый рейс обещают 9 мая.")
    query = ask("когда запустят паром в Лиде")
    assert quoted(text, query, title="Паром в Лиде", facts=(coming,)) == coming.sentence


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("насколько подорожал проезд", "Проезд стал дороже на два рубля."),
        ("почём проезд", "Теперь проезд стоит 40 рублей."),
        ("сколько ехать до конечной", "До конечной 50 минут."),
        ("сколько весит автобус", "Автобус весит 18 тонн."),
        ("за что оштрафовали водителя автобуса", "Водителя автобуса обвинили в обгоне."),
        ("автобусы маршруты какие", "Маршруты автобуса — 5 и 7."),
    ],
)
def test_what_is_wished_for_chooses_the_sentence(question, sentence):
    text = (
        "Проезд в автобусе обсудили вчера. Проезд стал дороже на два рубля. Теперь проезд стоит "
        "40 рублей. До конечной 50 минут. Автобус весит 18 тонн. Водителя автобуса обвинили в "
        "обгоне. Маршруты автобуса — 5 и 7."
    )
    assert quoted(text, ask(question)) == sentence


@pytest.mark.parametrize(
    "question",
    [
        "что с рейсом в Минск?",
        "а чё там по рейсу в Минск",
        "што з рэйсам у Мінск",
        "как дела с рейсом",
    ],
)
def test_who_asks_how_things_stand_hears_what_is_to_come_before_details(question):
    text = (
        "Летать станет проще. С 19 декабря между Кемеровом и Минском пойдёт прямой рейс. "
        "Рейс в Минск будет вылетать в 19:20. Пилот Ян Гулевич ждал его: «Рейс в Минск — мечта»."
    )
    coming = Fact(
        kind=FactKind.EVENT,
        sentence="С 19 декабря между Кемеровом и Минском пойдёт прямой рейс.",
    )
    assert quoted(text, ask(question), title="Рейс в Минск", facts=(coming,)) == coming.sentence


def test_who_asks_how_things_stand_hears_what_was_told_first_and_nobodys_talk():
    text = (
        "В Шерегеше открылась новая канатная дорога. Подъём стоит 400 рублей. "
        "Пенсионер Иван Фомич ждал её: «Гондола в Шерегеше тёплая»."
    )
    query = ask("что там с гондолой в Шерегеше")
    assert quoted(text, query, title="Новая гондола") == (
        "В Шерегеше открылась новая канатная дорога."
    )


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("кто открыл канатку", "Канатную дорогу открыли утром."),
        ("кто директор курорта", "О планах рассказал директор курорта Максим Загайнов."),
        ("кто чертил дорогу", "Чертила дорогу фирма «Высота»."),
        ("когда открыли дорогу", "Канатную дорогу открыли утром."),
        ("почему выросла очередь", "Очередь у дороги выросла: один подъёмник стоит."),
    ],
)
def test_who_did_it_is_told_where_it_is_told_and_not_by_whoever_is_named(question, sentence):
    text = (
        "Канатную дорогу открыли утром. Погода стояла ясная. Пенсионер Иван Фомич ждал дорогу. "
        "О планах рассказал директор курорта Максим Загайнов. Чертила дорогу фирма «Высота». "
        "С 1 декабря дорогу откроют и ночью. Очередь у дороги выросла: один подъёмник стоит."
    )
    coming = Fact(kind=FactKind.EVENT, sentence="С 1 декабря дорогу откроют и ночью.")
    assert quoted(text, ask(question), title="Канатная дорога", facts=(coming,)) == sentence


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("кто директор завода", "Цех пустил директор завода Иван Лукин."),
        ("хто дырэктар завода", "Цех пустил директор завода Иван Лукин."),
        ("кто у нас директор завода?", "Цех пустил директор завода Иван Лукин."),
        (
            "кто коммерческий директор завода",
            "О сбыте рассказал коммерческий директор завода Пётр Сомов.",
        ),
    ],
)
@pytest.mark.parametrize(
    "other", ["Директор завода по персоналу Анна Грач", "Заместитель генерального директора завода"]
)
def test_who_holds_a_post_is_whoever_holds_it_without_more_words(question, sentence, other):
    text = (
        "О сбыте рассказал коммерческий директор завода Пётр Сомов. "
        f"{other} наняла людей. Экс-директор завода Яков Дуб пришёл в гости. "
        "Цех пустил директор завода Иван Лукин."
    )
    assert quoted(text, ask(question), title="Завод пустил цех") == sentence


def test_a_post_with_more_words_answers_where_nobody_else_holds_it():
    text = "Завод пустил цех. О сбыте рассказал коммерческий директор завода Пётр Сомов."
    assert quoted(text, ask("кто директор завода"), title="Цех") == (
        "О сбыте рассказал коммерческий директор завода Пётр Сомов."
    )


def test_how_a_match_went_asks_for_the_match_and_not_for_the_word():
    assert ask("как сыграл металлург с торосом").terms == ("металлург", "торос")


def test_words_that_only_ask_are_no_words_to_look_for():
    assert ask("до какого числа выставка кукол").terms == ("выставка", "кукла")
    assert ask("насколько подорожал бензин").terms == ("подорожать", "бензин")
    assert ask("калі будзе кірмаш").terms == ("кирмаш",)
    assert ask("самые последние новости про мост").terms == ("мост",)
    assert ask("что известно о мосте, подробности").terms == ("мост",)
    assert ask("до скольки работает мост").terms == ("работать", "мост")
    assert ask("how many bridges").terms == ("bridg",)
    assert ask("последний автобус").terms == ("последний", "автобус")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("по каким дням летает самолёт", "Летать самолёт будет по вторникам."),
        ("сколько дали пилоту", "Пилота приговорили к семи годам колонии."),
        ("кто нибудь пострадал при посадке", "При посадке стюард сломал ногу."),
        ("кого задержали в аэропорту", "Задержан начальник охраны, ему 46 лет."),
        ("почему пилоту отказали в доплате", "В доплате отказали: справку он принёс поздно."),
    ],
)
def test_days_terms_harm_and_reasons_are_wished_for_too(question, sentence):
    text = (
        "Пилот доволен: три тысячи часов в небе. Летать самолёт будет по вторникам. Пилота "
        "приговорили к семи годам колонии. При посадке стюард сломал ногу. Задержан начальник "
        "охраны, ему 46 лет. Директором остался Игорь Вершков. "
        "В доплате отказали: справку он принёс поздно."
    )
    assert quoted(text, ask(question)) == sentence


def test_what_happened_at_another_time_answers_only_who_asks_of_it():
    before = "В январе из-за тумана вернулся рейс в Москву."
    text = f"Причиной возвращения рейса стала вибрация. {before}"
    assert quoted(text, ask("почему вернулся рейс")) == "Причиной возвращения рейса стала вибрация."
    assert quoted(text, ask("почему в январе вернулся рейс")) == before


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("скока обьектов сдали", "сколько объектов сдали"),
        ("скольо стоит подьемник", "сколько стоит подъемник"),
        ("что со сьездом", "что со съездом"),
        ("рейс во вьетнам", "рейс во вьетнам"),
    ],
)
def test_habitual_slips_are_mended(typed, meant):
    assert ask(typed).terms == ask(meant).terms
