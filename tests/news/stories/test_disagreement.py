"""Sources disagree who count the same thing, at the same time, and come to another number."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.news.facts.figures import find
from bot.news.stories.disagreement import disagreements
from bot.news.text.sentences import sentences
from storage.models import Article

NOW = datetime(2026, 11, 18, 5, 0, tzinfo=UTC)


def told(source: int, text: str, *, hours: float = 0, language: str = "ru") -> Article:
    at = NOW + timedelta(hours=hours)
    return Article(
        id=source * 100 + int(hours * 10),
        source_id=source,
        source=("", "Сибдепо", "НГС42", "Кузбасс", "Томск")[source],
        sample=False,
        url=None,
        title="",
        text=text,
        headings=(),
        author=None,
        photo_credit=None,
        dateline=None,
        image_url=None,
        language=language,
        published_at=at,
        seen_at=at,
        dated=True,
        topics=(),
        entities=(),
        story_id=1,
        summary=(),
        facts=find(sentences(text), published=at),
    )


def said(*articles: Article) -> list[dict[str, tuple[str, ...]]]:
    """Of each disagreement: value → sources."""
    return [
        {
            saying.fact.value or f"{saying.fact.since:%d.%m}": saying.sources
            for saying in one.sayings
        }
        for one in disagreements(articles)
    ]


def test_two_numbers_of_one_thing() -> None:
    one = told(1, "В аварии на трассе пострадали 12 человек. Движение перекрыто.")
    other = told(2, "На трассе в аварии пострадали 14 человек, сообщили в ГИБДД.", hours=1)
    assert said(one, other) == [{"12": ("Сибдепо",), "14": ("НГС42",)}]


def test_those_who_say_the_same_stand_together() -> None:
    articles = [
        told(n, f"В аварии пострадали {count} человек.", hours=n / 10)
        for n, count in ((1, 12), (2, 14), (3, 14))
    ]
    assert said(*articles) == [{"12": ("Сибдепо",), "14": ("НГС42", "Кузбасс")}]


def test_two_sums_and_two_days() -> None:
    one = told(1, "Ремонт моста обойдётся в 340 млн рублей. Мост откроют для движения 1 декабря.")
    other = told(2, "Ремонт моста обойдётся в 380 млн рублей. Мост для движения откроют 3 декабря.")
    assert said(one, other) == [
        {"340000000": ("Сибдепо",), "380000000": ("НГС42",)},
        {"01.12": ("Сибдепо",), "03.12": ("НГС42",)},
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("В аварии пострадали 12 человек.", "В аварии пострадали 12 человек."),
        ("В аварии пострадали 12 человек.", "В аварии погибли 3 человека."),
        ("В аварии пострадали 12 человек.", "В аварии пострадали более 14 человек."),
        ("В аварии пострадали 12 человек.", "В аварии пострадали 14 человек, из них 3 ребёнка."),
        (
            "В аварии пострадали 12 человек.",
            "Ранее сообщалось, что в аварии пострадали 14 человек.",
        ),
        ("В аварии пострадали 12 человек.", "В аварии пострадали 12–14 человек."),
        ("В аварии пострадали 12 пассажиров.", "В аварии пострадали 14 школьников."),
        ("За сутки задержали 12 человек.", "С начала года задержали 30 человек."),
        ("В марте перевезли 120 тонн угля.", "В апреле перевезли 140 тонн угля."),
        ("Мост обойдётся в 340 млн рублей.", "Мост обойдётся в 342,6 млн рублей, а то и в 340."),
        ("Вывезли 12 300 тонн мусора.", "Вывезли 12 тысяч тонн мусора."),
        ("Пострадали 12 человек.", "Пострадали 140 человек."),
        ("В городе Кемерове живут 12 человек.", "В городе Томске живут 14 человек."),
        ("Цены выросли на 5 процентов.", "Зарплаты выросли на 7 процентов."),
        ("Мост откроют 1 декабря.", "Школу закроют 3 декабря."),
    ],
)
def test_what_is_not_surely_the_same_thing_is_no_disagreement(one: str, other: str) -> None:
    assert said(told(1, one), told(2, other)) == []


def test_a_later_number_is_news() -> None:
    one = told(1, "В аварии пострадали 12 человек.")
    assert said(one, told(2, "В аварии пострадали 14 человек.", hours=7)) == []


def test_a_source_is_taken_at_its_last_word() -> None:
    first = told(1, "В аварии пострадали 12 человек.")
    second = told(1, "В аварии пострадали 14 человек.", hours=1)
    other = told(2, "В аварии пострадали 14 человек.", hours=1)
    assert said(first, second, other) == []


def test_where_an_article_has_both_numbers_nobody_can_tell() -> None:
    one = told(1, "В аварии пострадали 12 человек.")
    both = told(
        2,
        "По данным МЧС, в аварии пострадали 12 человек. По данным полиции, пострадали 14 человек.",
    )
    assert said(one, both) == []


def test_another_language_has_other_words() -> None:
    one = told(1, "В аварии пострадали 12 человек.")
    other = told(2, "У аварыі пацярпелі 14 чалавек.", language="be")
    assert said(one, other) == []
