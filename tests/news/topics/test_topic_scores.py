"""Which topics the shipped rules find, how surely, and what they show as the reason."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from bot.news.topics.scores import Topics, explain, parse_topics, score
from bot.news.words.morphology import lemmas

TOML = Path(__file__).parents[3] / "bot" / "news" / "topics" / "topics.toml"
PROMISED = """
flights trade industry coal agriculture tourism science culture politics education
health transport sport weather incidents economy society
"""


@pytest.fixture(scope="module")
def topics() -> Topics:
    return parse_topics(TOML.read_text("utf-8"), name="topics.toml")


def slugs(topics: Topics, title: str, text: str = "") -> list[str]:
    return [one.slug for one in explain(topics, title, text)]


def test_every_promised_topic_is_shipped_in_three_languages(topics: Topics) -> None:
    assert set(PROMISED.split()) <= {topic.slug for topic in topics.all}
    for topic in topics.all:
        assert topic.emoji
        assert set(topic.titles) == set(topic.descriptions) == {"ru", "be", "en"}


@pytest.mark.parametrize(
    ("title", "text", "best"),
    [
        ("Из Приозёрска открыли рейсы в Минск", "", "flights"),
        ("что с рейсом в Минск?", "", "flights"),
        ("Новы рэйс у Мінск", "Самалёты палятуць з аэрапорта штодня.", "flights"),
        ("Direct flight to Minsk opened", "", "flights"),
        ("Магазины подняли цены", "Торговля растёт, супермаркеты ждут покупателей.", "trade"),
        ("Завод запустил цех", "Промышленное предприятие наняло инженеров.", "industry"),
        ("Шахтёры добыли миллионную тонну", "Горняки шахты справились раньше срока.", "coal"),
        ("Аграрии собрали урожай", "Комбайны убрали пшеницу за неделю.", "agriculture"),
        ("Курорт открыл сезон", "Туристы заполнили гостиницы и трассы.", "tourism"),
        ("Учёные описали новый вид рыб", "Исследование вышло в журнале.", "science"),
        ("Музей открыл выставку", "Картины художников покажут до мая.", "culture"),
        ("Депутаты приняли закон", "Законопроект поддержал губернатор.", "politics"),
        ("Школы ждут учеников", "Учителя готовят классы.", "education"),
        ("Врачи спасли пациента", "Операцию провели в больнице.", "health"),
        ("Трамваи вернутся на маршрут", "Транспорт пойдёт по новому мосту.", "transport"),
        ("Хоккеисты выиграли матч", "Команда вышла в финал турнира.", "sport"),
        ("Морозы придут в выходные", "Синоптики ждут снегопада.", "weather"),
        ("Пожар потушили за час", "Спасатели вывели жильцов, погибших нет.", "incidents"),
        ("Бюджет вырос", "Инвестиции и налоги дали два миллиарда рублей.", "economy"),
        ("Волонтёры помогли пенсионерам", "Добровольцы убрали снег.", "society"),
    ],
)
def test_the_surest_topic_is_the_one_a_reader_would_name(
    topics: Topics, title: str, text: str, best: str
) -> None:
    assert slugs(topics, title, text)[0] == best


@pytest.mark.parametrize(
    "title",
    [
        "Рейсовый автобус попал в аварию",
        "Автобусный рейс в Томск отменили",
        "Междугородние рейсы подорожают",
        "Рейсы пригородных автобусов добавили на праздники",
        "Паром через реку сделает два рейса",
    ],
)
def test_the_run_of_a_bus_is_not_a_flight(topics: Topics, title: str) -> None:
    found = slugs(topics, title, "Перевозчик предупредил пассажиров. Рейсов станет меньше.")
    assert "transport" in found
    assert "flights" not in found


@pytest.mark.parametrize("form", ["рейс", "рейса", "рейсу", "рейсом", "рейсе", "рейсы", "РЕЙСОВ"])
def test_any_form_of_a_word_matches(topics: Topics, form: str) -> None:
    assert "flights" in slugs(topics, f"Самолёт и {form}")


def test_an_article_of_no_topic_is_honestly_other(topics: Topics) -> None:
    (only,) = score(topics, title_lemmas=["абракадабра"], text_lemmas=[])
    assert (only.slug, only.score) == ("other", 1.0)


def test_the_explanation_shows_the_words_as_they_stand(topics: Topics) -> None:
    title, text = "Прямые рейсы в Минск", "Авиакомпания обещает прямой рейс. Авиакомпании рады."
    flights = explain(topics, title, text)[0]
    matches = {match.words: match for match in flights.matches}
    assert flights.slug == "flights"
    assert matches["прямой рейс"].found == ("Прямые рейсы", "прямой рейс")
    assert matches["авиакомпания"].count == 2
    assert matches["авиакомпания"].weight == 3


def test_the_explanation_has_the_scores_of_the_article(topics: Topics) -> None:
    title, text = "Завод и рейс", "Самолёты завода летают над полями, урожай собирают комбайны."
    found = score(topics, title_lemmas=lemmas(title), text_lemmas=lemmas(text))
    assert [(one.slug, one.score) for one in explain(topics, title, text)] == [
        (one.slug, one.score) for one in found
    ]
    assert len(found) > 1


@pytest.mark.parametrize(
    ("word", "slug"),
    [
        ("flights", "flights"), ("/flights", "flights"), ("Авиарейсы", "flights"),
        ("рейсы", "flights"), ("Авіярэйсы", "flights"), ("торговли", "trade"),
        ("Сельское хозяйство", "agriculture"), ("сельского хозяйства", "agriculture"),
        ("гандлю", "trade"), ("навуцы", "science"), ("палітыцы", "politics"), ("спорце", "sport"),
        ("адукацыі", "education"), ("сельскай гаспадарцы", "agriculture"),
        ("Other", "other"), ("другое", "other"), ("ёлки", None), ("", None),
    ],
)  # fmt: skip
def test_a_topic_is_found_by_any_of_its_names(topics: Topics, word: str, slug: str | None) -> None:
    assert topics.find(word) == slug


@pytest.mark.parametrize(
    ("word", "slug"),
    [
        ("рейсыы", "flights"), ("рйесы", "flights"), ("flihgts", "flights"), ("погодда", "weather"),
        ("сельскае гаспадарка", "agriculture"), ("БелАЗ", None), ("угол", None), ("Минск", None),
        ("othr", None), ("", None), ("🦄", None), ("рейсы" * 1000, None),
    ],
)  # fmt: skip
def test_a_misspelt_name_is_near_a_topic_and_a_word_of_its_own_is_not(
    topics: Topics, word: str, slug: str | None
) -> None:
    assert topics.near(word) == slug


WORDS = st.lists(
    st.sampled_from(
        ["рейс", "автобус", "самолёт", "прямой", "завод", "урожай", "матч", "и", "рубль"]
    ),
    max_size=30,
)


@given(WORDS, WORDS)
@limits(max_examples=60, deadline=None)
def test_scores_are_within_bounds_and_ordered(title: list[str], text: list[str]) -> None:
    topics = parse_small()
    found = score(topics, title_lemmas=lemmas(" ".join(title)), text_lemmas=lemmas(" ".join(text)))
    assert found
    assert all(0 < one.score <= 1 for one in found)
    assert [one.score for one in found] == sorted([one.score for one in found], reverse=True)


def parse_small() -> Topics:
    return parse_topics(SMALL, name="small.toml")


SMALL = """
[[topic]]
slug = "planes"
emoji = "P"
title = { ru = "Самолёты", be = "Самалёты", en = "Planes" }
description = { ru = "р", be = "б", en = "e" }
[[topic.rule]]
weight = 3
words = ["рейс", "прямой рейс", "самолёт"]
unless = ["автобус"]
[[topic.rule]]
weight = -9
words = ["матч"]
[[topic]]
slug = "works"
emoji = "W"
title = { ru = "Заводы", be = "Заводы", en = "Works" }
description = { ru = "р", be = "б", en = "e" }
[[topic.rule]]
words = ["завод"]
weight = 2
near = ["урожай"]
[[topic.rule]]
weight = 2
words = ["рубль"]
with = ["завод"]
without = ["матч"]
"""


def test_a_rule_sees_the_words_around_it() -> None:
    topics = parse_small()
    far = "и " * 20
    assert slugs(topics, "рейс автобуса") == ["other"]
    assert slugs(topics, f"рейс {far} автобуса") == ["planes"]
    assert slugs(topics, "завод") == ["other"]
    assert slugs(topics, "завод урожая") == ["works"]
    assert slugs(topics, f"рубль {far} завод") == ["works"]
    assert slugs(topics, f"рубль {far} завод {far} матч") == ["other"]


def test_a_negative_rule_speaks_against() -> None:
    assert slugs(parse_small(), "самолёт на матч") == ["other"]


def test_a_title_counts_more_than_the_text() -> None:
    topics = parse_small()
    assert explain(topics, "рейс", "и")[0].score > explain(topics, "и", "рейс")[0].score


def test_a_long_text_keeps_what_its_rules_say_clearly_of_a_smaller_part(
    topics: Topics, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "bot.news.topics.scores.BESIDE", 0.9
    )  # as if its politics were all it is about
    visit = (TOML.parents[3] / "tests/golden/ru_visit.txt").read_text("utf-8")
    more = "Губернатор принял посла. Президент и премьер обсудили визит делегации и санкции. "
    assert "flights" in slugs(topics, "Визит", visit + more * 60)
    few = "Самолёты летают из аэропорта каждый день. "
    assert "flights" not in slugs(topics, "Визит", more * 6 + few)


def test_what_is_only_mentioned_far_down_makes_no_topic(topics: Topics) -> None:
    told = "Врачи больницы приняли пациентов из посёлка, терапевт осмотрел каждого из них. " * 5
    assert slugs(topics, "Врачи приехали в посёлок", f"{told} Привёз их автобус.") == ["health"]


def test_a_belarusian_text_has_its_own_topics_and_not_those_its_words_touch(topics: Topics) -> None:
    text = (
        "Пры дзіцячай паліклініцы пачаў працаваць цэнтр для дзяцей з аўтызмам. Псіхолаг і лагапед "
        "займаюцца бясплатна, грошы на абсталяванне даў завод."
    )
    assert slugs(topics, "Урачы адкрылі цэнтр", text) == ["health"]


@pytest.mark.parametrize(
    ("title", "text", "sold"),
    [
        ("Завод нашёл покупателя", "Завод поставит в Казахстан 260 сеялок.", True),
        ("Завод знайшоў пакупніка", "Завод набудзе партыю вагі ў Кітай.", True),
        ("Хоккеист сменил клуб", "Игрок подписал контракт с клубом из Казахстана.", False),
    ],
)
def test_what_is_sold_to_another_country_is_trade(
    topics: Topics, title: str, text: str, sold: bool
) -> None:
    assert ("trade" in slugs(topics, title, text)) is sold


@pytest.mark.parametrize(
    ("title", "text", "also"),
    [
        ("Могилёвский заказ для Кузбасса", "Лифты отгрузили в Сибирь, поставщик — завод.", "trade"),
        ("Сошли с рельсов вагоны", "Пострадавших нет, полиция проверяет.", "incidents"),
        ("Из зала пропала картина", "Полиция ищет, кто украл картину.", "incidents"),
        ("Толчки в Турции", "Землетрясение произошло на востоке Турции.", "world"),
        ("Горе в забое", "Штрек задымило, шахтёрские семьи ждут.", "coal"),
    ],
)
def test_what_was_told_in_other_words_has_its_topic(
    topics: Topics, title: str, text: str, also: str
) -> None:
    assert also in slugs(topics, title, text)


def test_a_burst_pipe_in_the_frost_is_the_towns_affair_before_it_is_weather(topics: Topics) -> None:
    text = (
        "Порыв теплотрассы оставил без отопления многоквартирные дома, введён режим ЧС. "
        "Температура воздуха — минус 19 градусов, жильцам открыли пункты обогрева."
    )
    assert slugs(topics, "Дома остались без отопления", text)[0] == "society"


def test_a_belarusian_preposition_is_no_milk_yield(topics: Topics) -> None:
    text = "«Нёман» святкаваў перамогу над сапернікам, матч скончыўся ўначы."
    assert "agriculture" not in slugs(topics, "Перамога над «Тарпеда»", text)


def test_sums_of_money_alone_are_no_economy(topics: Topics) -> None:
    text = "Поликлиника закупила аппарат за 14 млн рублей, врачи уже принимают пациентов."
    assert slugs(topics, "В больнице заработал рентген", text) == ["health"]
