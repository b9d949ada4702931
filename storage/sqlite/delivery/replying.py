"""Replies: a post that goes on with a story is tied to the message that told the chat of it."""

import sqlite3
from dataclasses import replace

from storage.models import Delivery

# The story itself, or an earlier chapter of its thread. Of another forum topic no message can be
# replied to.
TOLD_BY = """
SELECT d.message_id FROM deliveries AS d INDEXED BY deliveries_of_chat
WHERE d.chat_id = :chat_id AND d.id < :id AND d.state = 'sent' AND NOT d.left_behind
  AND d.thread_id IS :thread_id
  AND EXISTS (
    SELECT 1 FROM post_stories AS t
    WHERE t.post_id = d.post_id AND t.story_id IN (
        SELECT :story_id UNION ALL
        SELECT o.id FROM stories AS s JOIN stories AS o ON o.thread_id = s.thread_id
        WHERE s.id = :story_id))
ORDER BY d.created_at DESC, d.id DESC LIMIT 1
"""


def as_reply(c: sqlite3.Connection, delivery: Delivery) -> Delivery:
    """The delivery with the message that it replies to, if there is one."""
    if delivery.post.after is None:
        return delivery
    values = {
        "id": delivery.id,
        "chat_id": delivery.chat_id,
        "thread_id": delivery.thread_id,
        "story_id": delivery.post.after,
    }
    told = c.execute(TOLD_BY, values).fetchone()
    return delivery if told is None else replace(delivery, reply_to=told["message_id"])
