"""The version of the rules: another one for other topics; stored texts are read as they were."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import bot.news.topics
from bot.news.indexing import rules, stored
from bot.news.understanding import Raw, understand
from storage.models import NOT_NEWS, Article, Understanding

TOPICS = (Path(bot.news.topics.__path__[0]) / "topics.toml").read_text("utf-8")
NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)
TEXT = (
    "МИНСК, 17 ноя — РИА Новости. Белавиа откроет рейсы в Кемерово 5 декабря 2026 года.\n\n"
    "Билет стоит от 15 500 рублей, сообщил Иван Петренко.\n\nФото: Анна Крот"
)


def article_of(read: Understanding) -> Article:
    return Article(
        id=1,
        source_id=1,
        source="Вести",
        sample=False,
        url=None,
        image_url=None,
        published_at=NOW,
        seen_at=NOW,
        dated=True,
        story_id=1,
        title=read.title,
        text=read.text,
        headings=read.headings,
        author=read.author,
        photo_credit=read.photo_credit,
        dateline=read.dateline,
        language=read.language,
        topics=read.topics,
        entities=read.entities,
        summary=read.summary,
        facts=read.facts,
    )


def test_the_version_is_of_the_topics_too_and_the_same_in_every_process() -> None:
    assert rules(TOPICS) != rules(TOPICS + "\n")
    code = "import sys; from bot.news.indexing import rules; print(rules(sys.stdin.read()))"
    other = subprocess.run(
        [sys.executable, "-c", code], input=TOPICS.encode(), capture_output=True, check=True
    )
    assert other.stdout.decode().strip() == rules(TOPICS)


def test_a_stored_text_is_understood_just_as_it_was_when_it_came() -> None:
    raw = Raw(
        "Рейсы в Кемерово", TEXT, author="Мария Сидорова", published_at=NOW, zone="Asia/Tomsk"
    )
    [came] = understand([raw], TOPICS)
    assert came.dateline
    assert came.photo_credit
    assert understand([stored(article_of(came), "Asia/Tomsk")], TOPICS) == [came]


def test_an_advert_whose_label_was_cleaned_away_is_one_still() -> None:
    text = "Скидки на окна 30 процентов, звоните сегодня.\n\nРеклама. ООО «Окна», ИНН 4205000000"
    raw = Raw("Окна от завода", text)
    [came] = understand([raw], TOPICS)
    assert came.topics[-1].slug == NOT_NEWS
    assert "Реклама" not in came.text
    unlabelled = replace(came, text="Окна на заводе сменили.")
    [again] = understand([stored(article_of(unlabelled), "UTC")], TOPICS)
    assert again.topics == came.topics
