"""Our parser of Telegram's HTML says what tdlib's own says, for any text."""

import json
from typing import Any

import pytest
import tdjson
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.sandbox.entities import Entity, fix
from bot.sandbox.html import BadHtml, parse_html

KINDS = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "TextUrl": "text_link",
    "MentionName": "text_mention",
    "Pre": "pre",
    "PreCode": "pre",
    "Code": "code",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "CustomEmoji": "custom_emoji",
    "DateTime": "date_time",
}
TDLIB = {kind: name for name, kind in KINDS.items() if name != "PreCode"}
Shape = tuple[str, int, int, str, int]


def execute(request: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(tdjson.td_execute(json.dumps(request).encode()))
    return answer


@pytest.fixture(scope="module", autouse=True)
def _quiet() -> None:
    execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


def shape(entity: dict[str, Any]) -> Shape:
    kind = entity["type"]
    name = KINDS[kind["@type"].removeprefix("textEntityType")]
    value = kind.get("url") or kind.get("language") or kind.get("custom_emoji_id")
    value = str(value or kind.get("user_id") or "")
    return name, entity["offset"], entity["length"], value, kind.get("unix_time", 0)


def theirs(text: str) -> tuple[str, list[Shape]] | str:
    mode = {"@type": "textParseModeHTML"}
    answer = execute({"@type": "parseTextEntities", "text": text, "parse_mode": mode})
    if answer["@type"] == "error":
        return str(answer["message"]).removeprefix("Can't parse entities: ")
    return answer["text"], [shape(entity) for entity in answer["entities"]]


def ours(text: str) -> tuple[str, list[Shape]] | str:
    try:
        plain, entities = parse_html(text)
    except BadHtml as error:
        return str(error)
    return plain, [
        (e.kind, e.offset, e.length, "" if e.kind == "date_time" else e.value, e.unix_time)
        for e in entities
    ]


STARTS = [
    *("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "span"),
    *("tg-spoiler", "blockquote", "a", "tg-emoji", "tg-time", "B", "p"),
]
ATTRIBUTES = st.sampled_from(
    [
        "",
        " ",
        ' href="https://example.com/a?b=1&amp;c=2"',
        " href='http://Пример.рф:8080#x y'",
        ' href="http://localhost/"',
        ' href="tg://user?id=42"',
        ' href="tg:resolve?domain=x"',
        ' href="ftp://a.b"',
        ' href="user@a.by/%zz"',
        " href=a.by",
        ' class="tg-spoiler"',
        ' class="language-python"',
        " expandable",
        ' emoji-id="5368324170671202286"',
        ' emoji-id="x"',
        ' unix="1700000000" format="wDT"',
        ' unix="1700000000" format="r"',
        ' unix="9999999999" format="z"',
        " x = 1",
        ' x="&lt;',
        "/",
    ]
)
LETTERS = st.one_of(
    st.sampled_from(
        ["a", "Я", "😀", " ", "\n", "a.by", "&lt;", "&gt", "&amp;", "&quot;", "&nbsp;", "&#33;"]
    ),
    st.sampled_from(["&#x1F600;", "&#xd800;", "&#1114110;", "&", "<", ">", "</>", "</b>", "&#0;"]),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=4),
)


@st.composite
def marked_up(draw: st.DrawFn, depth: int = 3) -> str:
    """Text in tags, mostly well formed."""
    parts = []
    for _ in range(draw(st.integers(0, 3))):
        inner = draw(marked_up(depth=depth - 1)) if depth else draw(LETTERS)
        if draw(st.booleans()):
            name = draw(st.sampled_from(STARTS))
            end = draw(st.sampled_from([f"</{name}>", f"</{name} >", "</>"]))
            inner = f"<{name}{draw(ATTRIBUTES)}>{inner}{end}"
        parts.append(inner)
    return "".join(parts) + draw(LETTERS)


@settings(max_examples=250, deadline=None)
@given(marked_up())
@example("<pre><code class='language-python'>x = 1</code></pre>")
@example("<code class='language-python'><pre>x</pre></code>")
@example("<blockquote expandable>а<b>б</b></blockquote>")
@example("<b></b>")
@example('<a href="http://localhost/">x</a>')
@example("<span>x</span>")
@example("<b x='1>y</b>")
@example("<tg-time unix='1' format='?'>x</tg-time>")
@example("&#xd83d;&#xde00;")
def test_html_is_parsed_as_tdlib_parses_it(text: str) -> None:
    assert ours(text) == theirs(text)


SPANS = st.tuples(
    st.sampled_from([kind for kind in TDLIB if kind not in ("custom_emoji", "date_time")]),
    st.integers(0, 14),
    st.integers(1, 16),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(SPANS, max_size=6))
def test_crossing_entities_are_split_and_thinned_as_tdlib_does(
    spans: list[tuple[str, int, int]],
) -> None:
    text = "abcdefghijklmnop"
    entities = [
        Entity(
            kind=kind,
            offset=offset,
            length=min(length, 16 - offset),
            value={"text_link": "http://a.by/", "text_mention": "7"}.get(kind, ""),
        )
        for kind, offset, length in spans
    ]
    request = {"@type": "formattedText", "text": text, "entities": [given_(e) for e in entities]}
    # parseMarkdown fixes entities before it looks for marks, and there are none to find
    answer = execute({"@type": "parseMarkdown", "text": request})
    expected = [shape(entity)[:3] for entity in answer["entities"]]
    assert [(e.kind, e.offset, e.length) for e in fix(entities)] == expected


def given_(entity: Entity) -> dict[str, Any]:
    kind: dict[str, Any] = {"@type": f"textEntityType{TDLIB[entity.kind]}"}
    if entity.kind == "text_link":
        kind["url"] = entity.value
    if entity.kind == "text_mention":
        kind["user_id"] = int(entity.value)
    return {"offset": entity.offset, "length": entity.length, "type": kind}
