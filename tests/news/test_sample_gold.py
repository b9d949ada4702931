"""The samples as people meet them on the first day: stories, topics and texts are right."""

import random
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.jobs.life.startup import read_samples
from bot.news.stories.index import Placement, StoryIndex
from bot.news.understanding import Raw, understand
from storage.models import StoryPoint, Understanding

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
STORIES = tomllib.loads((ROOT / "tests" / "golden" / "sample_stories.toml").read_text("utf-8"))
TOPICS = tomllib.loads((ROOT / "tests" / "golden" / "sample_topics.toml").read_text("utf-8"))
WHOLE = 16  # of the 18 groups: accounts of the flight and of the turnover come in two languages
WHOLE_IN_ANY_ORDER = 16
FOUND = 0.95  # of the topics that must be there

FURNITURE = (
    "поделиться", "падзяліцца", "читайте также", "чытайце таксама", "подписывайтесь", "подпишитесь",
    "падпісвайцеся", "erid:", "cookie", "whatsapp", "vk", "×", "текст:", "фото:", "реклама.",
    "сообщите нам", "ctrl", "read also", "subscribe",
)  # fmt: skip
CREDITS = {  # path → author, photo credit, dateline
    "/news/minsk-pryamoy-reys": ("Дарья Куликова", "пресс-служба аэропорта", None),
    "/news/tovarooborot-belarus": ("Николай Брагин", None, "КЕМЕРОВО — Томь-Информ"),
    "/r/shahta-kosogorskaya-zadymlenie": ("Кирилл Одинцов", None, "ПРОКОПЬЕВСК — Шахтёрский край"),
    "/ekonomika/soligorsk-gorizont": ("Павел Костюкевич", None, "СОЛИГОРСК — Неман-пресса"),
    "/aviation/kemerovo-minsk-nonstop": (
        "Peter Lanskoy", None, "KEMEROVO — Siberian Business Wire",
    ),
    "/news/yarmarka-belorusskaya": (None, "Сергей Ляпин", None),
    "/r/belazy-na-talde": ("Кирилл Одинцов", "Кирилл Одинцов", None),
    "/lenta/106-avtobus-yurga": ("Глеб Торопов", "очевидцы", None),
    "/lenta/90-chebula-dinozavr": (None, "участники экспедиции", None),
}  # fmt: skip


@dataclass(frozen=True)
class Sample:
    path: str
    source_id: int
    language: str | None  # its outlet's
    published_at: datetime
    known: Understanding


@dataclass(frozen=True)
class Filed:
    """The samples after filing: which story each is in, and why."""

    story: Mapping[str, int]
    placement: Mapping[str, Placement]

    def together(self, paths: Sequence[str]) -> bool:
        return len({self.story[path] for path in paths}) == 1


@pytest.fixture(scope="module")
def samples() -> dict[str, Sample]:
    """Every sample by its path, in the order in which it came out."""
    files = {f.name: f.read_text("utf-8") for f in (ROOT / "bot" / "samples").glob("*.toml")}
    entries = [
        (source_id, outlet.language, piece)
        for source_id, (outlet, pieces) in enumerate(read_samples(files, now=NOW), 1)
        for piece in pieces
    ]
    raws = [
        Raw(p.entry.title, p.text, p.headings, p.entry.author, p.entry.language)
        for _, _, p in entries
    ]
    understood = understand(
        raws, (ROOT / "bot" / "news" / "topics" / "topics.toml").read_text("utf-8")
    )
    found = [
        Sample(piece.entry.key, source_id, language, piece.entry.published_at or NOW, known)
        for (source_id, language, piece), known in zip(entries, understood, strict=True)
    ]
    return {one.path: one for one in sorted(found, key=lambda one: one.published_at)}


@pytest.fixture(scope="module")
def filed(samples) -> Filed:
    return file(samples.values())


def file(samples) -> Filed:
    """One article after another, as they come in."""
    index, story, placements = StoryIndex(), {}, {}
    for id, sample in enumerate(samples, 1):
        where = index.place(
            sample.known, source_id=sample.source_id, published_at=sample.published_at
        )
        story[sample.path] = where.story_id or id
        placements[sample.path] = where
        index.add(
            StoryPoint(
                article_id=id,
                story_id=story[sample.path],
                source_id=sample.source_id,
                published_at=sample.published_at,
                terms=sample.known.terms,
                marks=sample.known.marks,
                fingerprint=sample.known.fingerprint,
            )
        )
    return Filed(story, placements)


def split(filed: Filed) -> list[str]:
    """The groups that are not in one story."""
    return [group["name"] for group in STORIES["story"] if not filed.together(group["paths"])]


def mixed(filed: Filed, samples: Mapping[str, Sample]) -> list[set[str]]:
    """The stories that hold two events in one language; what is in no group is an event itself.

    What came of an event may be in its story.
    """
    events = {path: group["name"] for group in STORIES["story"] for path in group["paths"]}
    for follow_up in STORIES["follow_up"]:
        first = follow_up["first"]
        events[follow_up["later"]] = events.setdefault(first, first)
    held = defaultdict(set)
    for path, story in filed.story.items():
        held[story, samples[path].known.language].add(events.get(path, path))
    return [names for names in held.values() if len(names) > 1]


def torn(filed: Filed) -> list[str]:
    return [pair["why"] for pair in STORIES["apart"] if filed.together(pair["paths"])]


def test_the_golden_paths_are_samples(samples):
    named = {path for group in (*STORIES["story"], *STORIES["apart"]) for path in group["paths"]}
    named |= {path for pair in STORIES["reprint"] for path in (pair["original"], pair["reprint"])}
    named |= TOPICS["topics"].keys() | TOPICS["never"].keys() | CREDITS.keys()
    assert named - samples.keys() == set()


def test_what_must_stay_apart_does(filed):
    assert torn(filed) == []


def test_no_story_holds_two_events(filed, samples):
    assert mixed(filed, samples) == []


def test_nearly_all_groups_are_one_story(filed):
    assert len(split(filed)) <= len(STORIES["story"]) - WHOLE, split(filed)


def test_reprints_are_known_as_such(filed):
    for pair in STORIES["reprint"]:
        both = (pair["original"], pair["reprint"])
        assert filed.together(both), both
        assert any(filed.placement[path].reprint for path in both), both


def test_nothing_else_is_called_a_reprint(filed):
    paths = {path for pair in STORIES["reprint"] for path in (pair["original"], pair["reprint"])}
    assert [p for p, where in filed.placement.items() if where.reprint and p not in paths] == []


@pytest.mark.parametrize("seed", range(3))
def test_in_whatever_order_they_come_no_events_are_mixed(samples, seed):
    order = list(samples.values())
    random.Random(seed).shuffle(order)
    filed = file(order)
    assert (torn(filed), mixed(filed, samples)) == ([], [])
    assert len(split(filed)) <= len(STORIES["story"]) - WHOLE_IN_ANY_ORDER, split(filed)


def test_the_topics_that_must_be_there_are(samples):
    wanted = [(path, slug) for path, slugs in TOPICS["topics"].items() for slug in slugs]
    missed = [(path, slug) for path, slug in wanted if slug not in slugs_of(samples[path])]
    assert len(missed) <= (1 - FOUND) * len(wanted), missed


def test_the_topics_that_must_not_be_there_are_not(samples):
    wrong = [
        (path, slug)
        for path, slugs in TOPICS["never"].items()
        for slug in slugs
        if slug in slugs_of(samples[path])
    ]
    assert wrong == []


def slugs_of(sample: Sample) -> list[str]:
    return [one.slug for one in sample.known.topics]


def test_an_advert_and_a_horoscope_are_no_news(samples):
    assert slugs_of(samples["/lenta/reklama-okna-teplo"]) == ["other", "not_news"]
    assert slugs_of(samples["/goroskop/zavtra"]) == ["lifestyle", "not_news"]


def test_no_page_furniture_is_left(samples):
    left = [
        (path, word)
        for path, sample in samples.items()
        for word in FURNITURE
        if word in f"{sample.known.title}\n{sample.known.text}".casefold()
    ]
    assert left == []


@pytest.mark.parametrize("path", CREDITS)
def test_credits_and_datelines_are_lifted(samples, path):
    known = samples[path].known
    assert (known.author, known.photo_credit, known.dateline) == CREDITS[path]
    assert known.dateline is None or known.dateline not in known.text


def test_every_sample_is_in_its_outlets_language(samples):
    assert [p for p, one in samples.items() if one.known.language != one.language] == []
