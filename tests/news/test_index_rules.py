"""The rules of the search index: a lemma that changes raises the version, or articles hide."""

from hashlib import sha256
from pathlib import Path

import bot.news
from bot.news.indexing import RULES, index_words
from bot.news.understanding import Raw, understand

TOPICS = (Path(bot.news.__path__[0]) / "topics.toml").read_text("utf-8")
SAMPLE = (
    "Ёлки, ёлку; в Кемерове и Мысках — 15,5 тыс. рублей! «Кузбасс-Арена», Kузбаcc, мінскія рэйсы, "
    "гандлявалі ў Гродне бульбай, Україна, flights and companies were stopping, д’Артаньян, "
    "COVID-19"
)
BY_RULES = {1: "553ba1a9f46cc2d4"}


def test_whoever_changes_a_lemma_raises_the_version() -> None:
    found = [index_words([("", SAMPLE, language)])[0][1] for language in ("ru", "be", "en")]
    assert sha256("|".join(found).encode()).hexdigest()[:16] == BY_RULES[RULES], found


def test_an_article_is_indexed_anew_just_as_it_was_understood() -> None:
    title, text = "Рэйсы ў Мінск", "Рэйсы адкрыюць увесну.\n\nПрададзена 3 500 білетаў."
    [understood] = understand([Raw(title, text)], TOPICS)
    asked = [(understood.title, understood.text, understood.language)]
    assert index_words(asked) == [(understood.index_title, understood.index_text)]
