"""Deliveries and their posts, to and from columns."""

import sqlite3

from storage.models import Button, Delivery, DeliveryKind, DeliveryState, Post
from storage.sqlite.values import dump, instant, instant_or_none, load


def write_post(post: Post) -> str:
    return dump(
        {
            "text": post.text,
            "entities": post.entities,
            "buttons": [[[b.text, b.data, b.url] for b in row] for row in post.buttons],
            "preview_url": post.preview_url,
            "silent": post.silent,
        }
    )


def read_post(text: str) -> Post:
    value = load(text)
    return Post(
        text=value["text"],
        entities=value["entities"],
        buttons=tuple(
            tuple(Button(text=text, data=data, url=url) for text, data, url in row)
            for row in value["buttons"]
        ),
        preview_url=value["preview_url"],
        silent=value["silent"],
    )


def delivery_of(row: sqlite3.Row) -> Delivery:
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
