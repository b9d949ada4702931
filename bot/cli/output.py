"""How the commands print: lines for a person, JSON for a program."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from tqdm import tqdm

from bot.sources.newest import headline
from storage.models import Article, Delivery, Entry, Fact, Source, Story


def print_json(value: object) -> None:
    """UTF-8 whatever the locale says, unescaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.buffer.flush()


def iso(at: datetime | None, zone: str) -> str | None:
    """ISO 8601 with the zone's offset, in whole seconds."""
    return at.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds") if at else None


def article_json(article: Article, zone: str) -> dict[str, object]:
    """An article as docs/operations.md promises it; unknown values are null."""
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "source": article.source,
        "author": article.author,
        "published_at": iso(article.published_at, zone),
        "language": article.language,
        "topics": [{"slug": t.slug, "score": round(t.score, 3)} for t in article.topics],
        "entities": [{"kind": e.kind.value, "name": e.name} for e in article.entities],
        "story_id": article.story_id,
        "summary": list(article.summary),
        "text": article.text,
        "headings": list(article.headings),
        "facts": [fact_json(fact, zone) for fact in article.facts],
        "photo_credit": article.photo_credit,
        "dateline": article.dateline,
        "image_url": article.image_url,
        "dated": article.dated,
        "sample": article.sample,
    }


def fact_json(fact: Fact, zone: str) -> dict[str, object]:
    return {
        "kind": fact.kind.value,
        "value": fact.value,
        "unit": fact.unit,
        "since": fact.since and iso(fact.since, zone),
        "until": fact.until and iso(fact.until, zone),
        "sentence": fact.sentence,
    }


def story_json(story: Story, zone: str) -> dict[str, object]:
    return {
        "id": story.id,
        "headline": story.headline,
        "url": story.url,
        "summary": list(story.summary),
        "topics": [{"slug": t.slug, "score": round(t.score, 3)} for t in story.topics],
        "sources": list(story.sources),
        "articles": story.articles,
        "first_at": iso(story.first_at, zone),
        "last_at": iso(story.last_at, zone),
        "language": story.language,
        "sample": story.sample,
    }


def source_json(source: Source, zone: str) -> dict[str, object]:
    return {
        "id": source.id,
        "title": source.title,
        "url": source.url,
        "kind": source.kind.value,
        "region": source.region,
        "language": source.language,
        "site_url": source.site_url,
        "zone": source.zone,
        "selector": source.selector,
        "enabled": source.enabled,
        "interval_s": source.interval_s,
        "next_poll_at": iso(source.next_poll_at, zone),
        "wait_until": iso(source.wait_until, zone),
        "last_success_at": iso(source.last_success_at, zone),
        "failures": source.failures,
        "failing_since": iso(source.failing_since, zone),
        "last_error": source.last_error,
        "off_at": iso(source.off_at, zone),
        "off_because": source.off_because.value if source.off_because else None,
        "text_from": source.text_from.value if source.text_from else None,
        "without_text": source.wordless,
    }


def entry_json(entry: Entry, zone: str) -> dict[str, object]:
    """What a source lists, before it is an article."""
    return {
        "title": headline(entry),
        "url": entry.url,
        "published_at": iso(entry.published_at, zone),
    }


def delivery_json(delivery: Delivery, zone: str) -> dict[str, object]:
    return {
        "id": delivery.id,
        "key": delivery.key,
        "chat_id": delivery.chat_id,
        "kind": delivery.kind.value,
        "state": delivery.state.value,
        "attempts": delivery.attempts,
        "message_id": delivery.message_id,
        "error": delivery.error,
        "created_at": iso(delivery.created_at, zone),
        "changed_at": iso(delivery.changed_at, zone),
        "not_before": iso(delivery.not_before, zone),
        "text": delivery.post.text,
    }


def print_articles(articles: Iterable[Article], zone: str) -> None:
    for article in articles:
        topics = ", ".join(topic.slug for topic in article.topics)
        _block(
            article.id,
            article.title,
            [f"{_source(article)} · {when(article.published_at, zone)} · {topics}", article.url],
        )


def print_stories(stories: Iterable[Story], zone: str) -> None:
    for story in stories:
        mark = " · sample" if story.sample else ""
        line = f"{', '.join(story.sources)} · {when(story.last_at, zone)}{mark}"
        _block(story.id, story.headline, [" ".join(story.summary), line, story.url])


def _block(number: int, head: str, lines: Iterable[str | None]) -> None:
    print(f"{number:>6}  {head}")
    for line in lines:
        if line:
            print(f"        {line}")


def _source(article: Article) -> str:
    return f"{article.source} (sample)" if article.sample else article.source


def when(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%d.%m.%Y %H:%M}"


def span(seconds: float) -> str:
    """«45 s», «12 min», «3 h», «2 days»: two digits say enough."""
    for unit, size, most in (("s", 1, 90), ("min", 60, 90 * 60), ("h", 3600, 48 * 3600)):
        if seconds < most:
            return f"{round(seconds / size)} {unit}"
    return f"{round(seconds / 86400)} days"


@contextmanager
def progress(unit: str, *, total: int | None = None) -> Iterator[Callable[[object], None]]:
    """A bar on stderr, on a terminal only; call what it gives after each step."""
    with tqdm(total=total, unit=f" {unit}", disable=None, leave=False) as bar:

        def step(_: object) -> None:
            bar.update()

        yield step


def warn(sentence: str) -> None:
    """Say on stderr what went otherwise than one may have thought."""
    print(f"svodka: {sentence}", file=sys.stderr)


def fail(sentence: str) -> int:
    """Say on stderr what failed; exit status 1."""
    warn(sentence)
    return 1
