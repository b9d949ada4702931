"""Whatever people and pages may write, and TDLib itself to say whether Telegram takes a post.

A rich message TDLib's offline requests do not know: the sandbox holds it to the published limits.
"""

import json
from datetime import UTC, datetime
from typing import Any

import tdjson
from hypothesis import strategies as st

from bot.sandbox.rich import rich_message
from bot.telegram.writing.posts import MAX_ENTITIES, MAX_UNITS, units
from bot.telegram.writing.rich import rich_kwargs
from storage.models import Post, Story

NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)


def _shown(day: bool = False, date: str = "None", time: str = "None") -> dict[str, Any]:
    """How a client is told to show an instant."""
    return {
        "@type": "dateTimeFormattingTypeAbsolute",
        "show_day_of_week": day,
        "date_precision": {"@type": f"dateTimePartPrecision{date}"},
        "time_precision": {"@type": f"dateTimePartPrecision{time}"},
    }


FORMATS = {  # by core.telegram.org/bots/api#date-time-entity-formatting
    "t": _shown(time="Short"),
    "wt": _shown(day=True, time="Short"),
    "D": _shown(date="Long"),
    "wDt": _shown(day=True, date="Long", time="Short"),
}
HOSTILE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "<b>жирно</b> & \"кавычки\" 'и' <a href='x'>",
            "🔥" * 4096,
            "\u202eперевёрнуто\u2066",
            "строка\n\nдругая\r\nтретья\tтабуляция",
            "👨‍👩‍👧‍👦" * 300,
            "слово " * 2000,
            "нетпробелов" * 800,
            "\u200b\u200d",
            "",
            "a\ud800b",
        ]
    ),
)
URLS = st.sampled_from(
    [
        None,
        "https://example.org/a?b=1&c=<2>",
        "http://новости.рф/путь",
        "javascript:alert(1)",
        "https://localhost/x",
        "https://example.org/" + "а" * 1900,
        "https://example.org/" + "x" * 5000,
        "http://[::1",
        "https://exa mple.org/",
        "не адрес",
    ]
)
STORIES = st.lists(
    st.builds(
        Story,
        id=st.just(0),
        headline=HOSTILE,
        summary=st.lists(HOSTILE, max_size=3).map(tuple),
        url=URLS,
        topics=st.just(()),
        sources=st.lists(HOSTILE, min_size=1, max_size=4).map(tuple),
        articles=st.just(1),
        first_at=st.just(NOW),
        last_at=st.just(NOW),
        language=st.just("ru"),
        sample=st.booleans(),
    ),
    max_size=30,
)


def entity_for_td(entity: dict[str, object]) -> dict[str, object]:
    """An entity as the Bot API server hands it to TDLib."""
    kinds: dict[str, dict[str, object]] = {
        "bold": {"@type": "textEntityTypeBold"},
        "italic": {"@type": "textEntityTypeItalic"},
        "blockquote": {"@type": "textEntityTypeBlockQuote"},
        "expandable_blockquote": {"@type": "textEntityTypeExpandableBlockQuote"},
        "code": {"@type": "textEntityTypeCode"},
        "text_link": {"@type": "textEntityTypeTextUrl", "url": entity.get("url")},
        "date_time": {
            "@type": "textEntityTypeDateTime",
            "unix_time": entity.get("unix_time"),
            "formatting_type": FORMATS.get(str(entity.get("date_time_format"))),
        },
    }
    return {
        "@type": "textEntity",
        "offset": entity["offset"],
        "length": entity["length"],
        "type": kinds[str(entity["type"])],
    }


def telegram_takes(post: Post) -> None:
    """Hold a post against TDLib itself, the code that Telegram's server checks texts with."""
    entities = json.loads(post.entities)
    assert 1 <= units(post.text) <= MAX_UNITS
    assert len(entities) <= MAX_ENTITIES
    tdjson.td_execute(
        json.dumps({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}).encode()
    )
    asked = {
        "@type": "getMarkdownText",
        "text": {
            "@type": "formattedText",
            "text": post.text,
            "entities": [entity_for_td(e) for e in entities],
        },
    }
    answer = json.loads(tdjson.td_execute(json.dumps(asked).encode()))
    assert answer["@type"] == "formattedText", answer


def telegram_takes_rich(post: Post) -> None:
    """Hold the rich form of a post against the limits of rich messages."""
    given = rich_kwargs(post)["rich_message"].model_dump(exclude_none=True, mode="json")
    assert rich_message(given)["blocks"]
