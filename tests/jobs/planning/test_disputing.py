"""Where the sources of a story disagree is looked up once, for stories that several tell."""

from datetime import datetime

from bot.jobs.planning.disputing import Disputes, disputes
from storage.models import (
    Article,
    Fact,
    FactKind,
    NewArticle,
    NewSource,
    SourceKind,
    Story,
    Understanding,
)
from storage.ports import Store


async def print_story(store: Store, now: datetime, *counts: str) -> Story:
    """One story of as many sources, each of which counts the hurt."""
    story_id = None
    for number, count in enumerate(counts):
        source = await store.sources.add(
            NewSource(url=f"import:{number}", title=f"Газета {number}", kind=SourceKind.IMPORT),
            now=now,
        )
        sentence = f"В аварии пострадали {count} человек."
        fact = Fact(kind=FactKind.QUANTITY, value=count, unit="people", sentence=sentence)
        new = NewArticle(
            source_id=source.id,
            key=f"{number}",
            url=None,
            published_at=now,
            seen_at=now,
            dated=True,
            story_id=story_id,
            understanding=Understanding(
                title=sentence, text=sentence, language="ru", facts=(fact,)
            ),
        )
        [added] = await store.articles.add([new])
        assert isinstance(added, Article)
        story_id = added.story_id
    assert story_id is not None
    [story] = await store.stories.many([story_id])
    return story


async def test_a_story_is_shown_with_what_its_sources_say_of_it(
    store: Store, now: datetime
) -> None:
    story = await print_story(store, now, "12", "14")
    known: Disputes = {}
    found = await disputes(store, [story], known)
    [disagreement] = found[story.id]
    assert [(s.fact.value, s.sources) for s in disagreement.sayings] == [
        ("12", ("Газета 0",)),
        ("14", ("Газета 1",)),
    ]
    assert known == found


async def test_what_one_source_tells_is_not_looked_into(store: Store, now: datetime) -> None:
    known: Disputes = {}
    assert await disputes(store, [await print_story(store, now, "12")], known) == {}
    assert known == {}


async def test_that_nobody_disagrees_is_remembered(store: Store, now: datetime) -> None:
    story = await print_story(store, now, "12", "12")
    known: Disputes = {}
    assert await disputes(store, [story], known) == {}
    assert known == {story.id: ()}
