"""Channel posts that Telegram itself hands us, where the bot is an admin.

A post is known by its address, as the channel's web preview gives it: whichever way it comes first,
it is one article.
"""

from datetime import datetime
from html import escape

from bot.sources.channels import channel_address
from bot.sources.errors import NotASource
from storage.models import Entry, NewSource, Source, SourceKind
from storage.ports import Sources


async def source_of_posts(
    sources: Sources, *, title: str, username: str | None, chat_id: int, now: datetime
) -> Source:
    """The channel's source, if it is polled by its preview; else one of its own, stored if new."""
    if username and (polled := await sources.by_url(_preview(username))) is not None:
        return polled
    new = NewSource(
        url=f"posts:{chat_id}",
        title=title,
        kind=SourceKind.POSTS,
        site_url=f"https://t.me/{username.lower()}" if username else None,
    )
    return await sources.by_url(new.url) or await sources.add(new, now=now)


def post_entry(*, username: str | None, message_id: int, text: str, at: datetime) -> Entry:
    """A post of plain text as an entry."""
    address = f"https://t.me/{username.lower()}/{message_id}" if username else None
    return Entry(
        key=address or f"post:{message_id}",
        title="",
        url=address,
        html=escape(text, quote=False).replace("\n", "<br>"),
        published_at=at,
    )


def _preview(username: str) -> str:
    try:
        return channel_address(f"@{username}") or ""
    except NotASource:
        return ""
