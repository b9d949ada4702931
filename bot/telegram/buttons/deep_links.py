"""What comes after ?start= in a link to the bot: t_flights follows a topic, w_… a word.

Telegram allows 64 of A–Z, a–z, 0–9, _ and - there, so that a word is UTF-8 in base64url.
"""

import base64
import binascii

from bot.telegram.writing.posts import one_line, visible

TOPIC, WORD = "t_", "w_"


def linked_topic(parameter: str) -> str | None:
    """The slug that a link names, perhaps of no topic; None: it is no such link."""
    return parameter.removeprefix(TOPIC) if parameter.startswith(TOPIC) else None


def linked_word(parameter: str) -> str | None:
    """The words that a link is to follow; '' when they cannot be read; None: no such link."""
    if not parameter.startswith(WORD):
        return None
    coded = parameter.removeprefix(WORD)
    try:
        padded = coded.encode("ascii") + b"=" * (-len(coded) % 4)
        words = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError):
        return ""
    return one_line(words) if visible(words) else ""
