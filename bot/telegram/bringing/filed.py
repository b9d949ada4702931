"""An article that an admin brought: stored, and shown as it was understood."""

from datetime import datetime

from aiogram.utils import formatting as f

from bot.jobs.gathering.ingest import Ingest
from bot.news.topics.scores import Topics
from bot.sources.files import Item
from bot.telegram.rendering.render import topic_heading
from bot.telegram.rendering.stories import SENTENCE, Reader, headline, origin
from bot.telegram.writing import dates
from bot.telegram.writing.posts import linked, one_line, post, shorten
from storage.models import Article, Post

TOPICS_NAMED = 8


async def file(
    item: Item,
    source: str | None,
    ingest: Ingest,
    reader: Reader,
    topics: Topics,
    *,
    now: datetime,
) -> Post:
    """Store it, and show what was understood. Raises WorkerFailed."""
    found, new = await ingest.importing.file([item], source=source)
    if not found:
        return post(f.Text(reader.text("admin-not-read")))
    return taken(reader, found[0], topics, known=not new, now=now)


def taken(reader: Reader, article: Article, topics: Topics, *, known: bool, now: datetime) -> Post:
    """What the bot made of the article."""
    text = reader.text
    slugs = [score.slug for score in article.topics[:TOPICS_NAMED]]
    about = " · ".join(dict.fromkeys(topic_heading(topics, slug, text) for slug in slugs))
    when = dates.age(text, article.published_at, now=now, zone=reader.zone)
    summary = [shorten(one_line(sentence), SENTENCE) for sentence in article.summary]
    return post(
        f.as_list(
            text("admin-known" if known else "admin-taken"),
            "",
            linked(headline(text, article.title), article.url),
            *([about] if about else []),
            *([f.BlockQuote(" ".join(summary))] if summary else []),
            origin(text, (article.source,), when, sample=article.sample),
        )
    )
