"""Deliveries and their posts, to and from columns; equal posts are one row."""

import hashlib
import sqlite3
from functools import lru_cache
from typing import Any

from storage.models import Button, Delivery, DeliveryKind, DeliveryState, Layout, Post, Span
from storage.sqlite.file.values import dump, instant, instant_or_none, load

ADD_POST = """
INSERT INTO posts (hash, post) VALUES (:hash, :post) RETURNING id
"""

ADD_STORY = """
INSERT INTO post_stories (post_id, number, story_id, amendment_id)
VALUES (:post_id, :number, :story_id, :amendment_id)
"""

# A supergroup counts its messages anew: what it was sent as a group has other numbers.
SENT_AS = """
SELECT p.post, d.key
FROM deliveries AS d INDEXED BY deliveries_of_chat JOIN posts AS p ON p.id = d.post_id
WHERE d.chat_id = :chat_id AND d.message_id = :message_id AND d.state = 'sent' AND NOT d.left_behind
"""

POST = "SELECT id FROM posts WHERE hash = :hash"


def post_id(c: sqlite3.Connection, post: Post) -> int:
    """The row of this post, stored if there is none."""
    hash_ = _hash(post)
    known = c.execute(POST, {"hash": hash_}).fetchone()
    if known is not None:
        return int(known["id"])
    added = c.execute(ADD_POST, {"hash": hash_, "post": write_post(post)}).fetchone()
    tells = [
        {
            "post_id": added["id"],
            "number": number,
            "story_id": span.story_id,
            "amendment_id": span.amendment_id,
        }
        for number, span in enumerate(post.spans)
    ]
    c.executemany(ADD_STORY, tells)
    return int(added["id"])


def post_sent_as(c: sqlite3.Connection, chat_id: int, message_id: int) -> Post | None:
    row = c.execute(SENT_AS, {"chat_id": chat_id, "message_id": message_id}).fetchone()
    return None if row is None else read_post(row["post"])


def key_sent_as(c: sqlite3.Connection, chat_id: int, message_id: int) -> str | None:
    row = c.execute(SENT_AS, {"chat_id": chat_id, "message_id": message_id}).fetchone()
    return None if row is None else str(row["key"])


@lru_cache(maxsize=2_048)  # what a broadcast shares is asked for by each piece of it
def _hash(post: Post) -> bytes:
    return hashlib.sha256(write_post(post).encode()).digest()[:16]


def write_post(post: Post) -> str:
    return dump(
        {
            "text": post.text,
            "entities": post.entities,
            "buttons": [[_columns(b) for b in row] for row in post.buttons],
            "preview_url": post.preview_url,
            "silent": post.silent,
            "spans": [[s.story_id, s.offset, s.length, s.amendment_id] for s in post.spans],
            "language": post.language,
            "zone": post.zone,
        }
        | _rarely(post)
    )


def _rarely(post: Post) -> dict[str, Any]:
    """What few posts have, so that the others keep their hashes."""
    layout = None if post.layout is Layout.STANDARD else post.layout
    columns = {"layout": layout, "rich": post.rich, "after": post.after}
    return {name: value for name, value in columns.items() if value is not None}


@lru_cache(maxsize=64)  # a broadcast's deliveries hold the same few
def read_post(text: str | None) -> Post:
    """The post; an empty one, which nobody sends, when somebody has edited it beyond reading."""
    try:
        return _read(load(text or ""))
    except (ValueError, TypeError, LookupError):
        return Post(text="")


def _read(value: dict[str, Any]) -> Post:
    return Post(
        text=value["text"],
        entities=value["entities"],
        buttons=tuple(tuple(_button(*columns) for columns in row) for row in value["buttons"]),
        preview_url=value["preview_url"],
        silent=value["silent"],
        spans=tuple(  # of none it is known in posts that were stored before they could be edited
            Span(story_id=story_id, offset=offset, length=length, amendment_id=amendment_id)
            for story_id, offset, length, amendment_id in value.get("spans", ())
        ),
        language=value.get("language"),
        zone=value.get("zone"),
        layout=Layout(value.get("layout", Layout.STANDARD)),
        rich=value.get("rich"),
        after=value.get("after"),
    )


def _columns(button: Button) -> list[str | None]:
    """Text, data and url; what few buttons have after them, so that posts keep their hashes."""
    columns = [button.text, button.data, button.url]
    return [*columns, button.copy, button.inline] if button.copy or button.inline else columns


def _button(
    text: str, data: str | None, url: str | None, copy: str | None = None, inline: str | None = None
) -> Button:
    return Button(text=text, data=data, url=url, copy=copy, inline=inline)


def delivery_of(row: sqlite3.Row) -> Delivery:
    """From a row of deliveries joined with its `post`."""
    return Delivery(
        id=row["id"],
        key=row["key"],
        chat_id=row["chat_id"],
        kind=DeliveryKind(row["kind"]),
        post=read_post(row["post"]),
        state=DeliveryState(row["state"]),
        thread_id=row["thread_id"],
        attempts=row["attempts"],
        not_before=instant_or_none(row["not_before"]),
        expires_at=instant_or_none(row["expires_at"]),
        lease_until=instant_or_none(row["lease_until"]),
        floor=row["floor"],
        message_id=row["message_id"],
        error=row["error"],
        created_at=instant(row["created_at"]),
        changed_at=instant(row["changed_at"]),
    )
