"""The small model speaks beside the rules, is explained by its words, and can be done without."""

import re
from pathlib import Path

import pytest

from bot.news.topics.scores import Topics, explain, parse_topics
from bot.news.topics.topicmodel import read, shipped
from bot.news.words.morphology import lemmas

ROOT = Path(__file__).parents[3]
TOML = ROOT.joinpath("bot", "news", "topics", "topics.toml").read_text("utf-8")
SMALL = "\n".join(
    [
        "topics\ttrade\tsport",
        "bias\t0\t0",
        "step\t0.1",
        "power\t0",
        *(f"{word}\tc04064" for word in ("сыр", "масло", "молоко", "хлеб")),
        *(f"{word}\t40c064" for word in ("мяч", "ворота", "тайм", "судья")),
        "год\t808000",
    ]
)
GOODS = lemmas("Сыр, масло, молоко, хлеб")
PLAY = lemmas("Мяч, ворота, тайм, судья")


@pytest.fixture(scope="module")
def topics() -> Topics:
    return parse_topics(TOML, name="topics.toml")


@pytest.fixture(scope="module")
def rules_alone() -> Topics:
    return parse_topics(TOML.replace("\nmodel = true\n", "\n"), name="topics.toml")


def slugs(topics: Topics, title: str, text: str) -> list[str]:
    return [one.slug for one in explain(topics, title, text)]


def test_evidence_is_for_what_the_words_say_and_against_the_rest() -> None:
    said = read(SMALL).evidence(GOODS, [*GOODS, "год"])
    assert said["trade"] > 0 > said["sport"]


def test_evidence_is_even_when_the_words_balance() -> None:
    said = read(SMALL).evidence(GOODS, PLAY)
    assert said == pytest.approx({"trade": 0, "sport": 0})


def test_with_few_known_words_there_is_no_opinion() -> None:
    model = read(SMALL)
    assert model.evidence([], GOODS) == {}
    assert model.evidence(GOODS, GOODS + [f"слово{n}" for n in range(9)]) == {}


def test_the_words_that_say_most_come_first() -> None:
    model = read(SMALL)
    words = dict(model.words(["сыр"], [*GOODS, "мяч", "год"], "trade"))
    assert max(words, key=words.__getitem__) == "сыр"  # it is in the title too
    assert words["масло"] > 0 > words["мяч"]
    assert words["год"] == 0


def test_the_shipped_model_knows_the_shipped_topics(topics: Topics) -> None:
    assert set(shipped().slugs) == {topic.slug for topic in topics.all} | {"other"}


@pytest.mark.parametrize(
    ("title", "text", "is_", "is_not"),
    [
        (
            "Машина вылетела в кювет",
            "Водитель не справился с управлением на трассе, машина вылетела в кювет. "
            "Пассажира увезли в больницу, на месте работали инспекторы.",
            "incidents",
            "flights",
        ),
        (
            "Торговый центр сгорел ночью",
            "Огонь охватил торговый центр на площади в тысячу метров, магазины закрыты. Пожарные "
            "тушили его до утра, пострадавших нет, причину пожара устанавливают.",
            "incidents",
            "trade",
        ),
        (
            "Полёт фантазии: дети показали рисунки",
            "В музее открылась выставка детских рисунков. Художники увидели в них настоящий полёт "
            "фантазии и отметили лучшие работы, картины останутся в зале до весны.",
            "culture",
            "flights",
        ),
        (
            "Автобус застрял на ночном рейсе",
            "Водитель автобуса, который шёл ночным рейсом, не смог подняться в гору. Люди ждали "
            "другой автобус час, диспетчер обещал проверить расписание маршрута.",
            "transport",
            "flights",
        ),
        (
            "Яйца подешевели, картофель подорожал",
            "За неделю десяток яиц стал дешевле на три рубля, а килограмм картофеля дороже на два. "
            "Молоко, хлеб и сахар на прилавках стоят столько же, сколько месяц назад.",
            "trade",
            "flights",
        ),
    ],
)
def test_hard_cases_are_told_apart(
    topics: Topics, title: str, text: str, is_: str, is_not: str
) -> None:
    found = slugs(topics, title, text)
    assert is_ in found
    assert is_not not in found


def test_the_explanation_has_the_words_of_both(topics: Topics) -> None:
    title = "Лётчики ждут погоды"
    text = "Из аэропорта самолёты авиакомпании не взлетают: туман. Пассажиры ждут вылета в зале."
    flights = explain(topics, title, text)[0]
    assert flights.slug == "flights"
    assert "аэропорт" in {match.words for match in flights.matches}
    assert "самолет" in dict(flights.words)
    assert flights.rules > 0
    assert flights.model > 0


def test_without_the_model_the_rules_decide_alone(rules_alone: Topics) -> None:
    text = "Самолёт сел в аэропорту. Авиакомпания ждёт пассажиров на рейс в Минск каждый вторник."
    found = explain(rules_alone, "Рейс открыт", text)
    assert found[0].slug == "flights"
    assert all(one.model == 0 and one.words == () for one in found)


def test_a_topic_of_ones_own_stands_beside_the_shipped_ones() -> None:
    own = re.sub(r'slug = "coal"', 'slug = "pits"', TOML)
    text = "Шахтёры угольной шахты добыли миллионную тонну угля, горняки справились до срока."
    assert "pits" in slugs(parse_topics(own, name="own.toml"), "Добыча угля", text)


def test_what_it_is_taught_with_bears_topics_of_the_file(topics: Topics) -> None:
    table = ROOT.joinpath("bench", "topic_examples.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in table[1:]]
    assert {len(row) for row in rows} == {3}
    assert {slug for row in rows for slug in row[0].split(",")} <= {t.slug for t in topics.all} | {
        "other"
    }
