from datetime import UTC, datetime

import pytest

from bot.news.stories.evidence import prepare
from bot.news.stories.packed import Packed
from bot.news.stories.sameness import features

AT = datetime(2026, 11, 20, tzinfo=UTC)

TERMS = {"авария": 2.0, "мост": 1.0, "кемеровский": 1.0, "61.48": 1.0}
MARKS = {
    *("t:авария", "t:312", "c:кемерово", "c:цивилев", "p:сергей цивилев", "g:кемерово"),
    *("n:312", "n:61.48", "d:12-05", "h:07:25", "l:ru"),
}


@pytest.mark.parametrize("marks", [MARKS, {"l:be", "r:roundup"}, set()])
def test_an_unpacked_article_is_compared_as_it_was_before(marks):
    new, before = (_evidence(TERMS, one) for one in (MARKS, marks))
    after = Packed.of(1, 2, (), before).evidence()
    assert features(new, after) == pytest.approx(features(new, before), rel=1e-6)
    assert (after.roundup, after.days) == (before.roundup, before.days)


def test_a_title_may_have_more_words_than_a_small_number_counts():
    words = {f"{n}": 1.0 for n in range(70_000)}
    assert len(Packed.of(1, 2, (), _evidence(words, set())).keys) == 70_000


def _evidence(terms, marks):
    return prepare(
        terms, marks, source_id=3, published_at=AT, idf=lambda keys: [3.25 for _ in keys]
    )
