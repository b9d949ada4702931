"""A feed of any length: taken whole, in parts, each entry with one identity."""

import json

import pytest

from bot.sources.feeds import Feed, parse_feed
from bot.sources.xml.parts import PART, item_spans
from storage.models import Entry

URL = "https://vestnik.example/rss"


def parts(body: bytes) -> list[Feed]:
    found = [parse_feed(body, None, URL, None)]
    while (start := found[-1].more) is not None:
        found.append(parse_feed(body, None, URL, None, start))
    return found


def entries(body: bytes) -> list[Entry]:
    return [entry for feed in parts(body) for entry in feed.entries]


def rss(items: list[str]) -> bytes:
    return (
        f"<rss><channel><title>Вестник</title>{''.join(items)}<ttl>5</ttl></channel></rss>".encode()
    )


def item(i: int, guid: object = "", link: str = "") -> str:
    guid, link = f"<guid>{guid}</guid>" if guid else "", f"<link>{link}</link>" if link else ""
    return f"<item><title>Н{i}</title>{guid}{link}</item>"


def test_all_entries_are_taken_however_many() -> None:
    body = rss([item(i, i + 1, f"/{i}") for i in range(2 * PART + 10)])
    found = parts(body)
    assert [len(feed.entries) for feed in found] == [PART, PART, 10]
    assert {(feed.title, feed.ttl_s) for feed in found} == {("Вестник", 300)}
    assert [e.key for e in entries(body)] == [str(i + 1) for i in range(2 * PART + 10)]


def test_a_json_feed_comes_in_parts_too() -> None:
    items = [{"id": f"n{i}", "title": f"Н{i}"} for i in range(PART + 3)]
    body = json.dumps({"title": "Вестник", "items": items}).encode()
    assert [e.key for e in entries(body)] == [f"n{i}" for i in range(PART + 3)]


def test_what_entries_of_different_parts_share_names_none_of_them() -> None:
    items = [item(i, i + 1, f"/{i}") for i in range(PART + 10)]
    items[3] = item(3, "a&amp;b", "/same?x=1&amp;y=2")
    items[PART + 3] = item(PART + 3, "<![CDATA[a&b]]>", "/same?x=1&amp;y=2")
    found = entries(rss(items))
    for i in (3, PART + 3):
        assert found[i].key.startswith("sha256:")
        assert found[i].url is None
    assert len({entry.key for entry in found}) == len(items)


def test_an_entry_has_one_key_whatever_part_it_comes_in() -> None:
    items = [item(i, link=f"/{i}") for i in range(PART)] + [item(7000)]
    keys = {e.title: e.key for e in entries(rss(items))}
    later = {e.title: e.key for e in entries(rss([item(9000 + i) for i in range(60)] + items))}
    assert keys.items() <= later.items()


def test_an_entry_listed_in_two_parts_has_the_same_key_in_both() -> None:
    items = [item(i, i + 1, f"/{i}") for i in range(PART + 1)]
    found = entries(rss([*items, items[0]]))
    assert found[0] == found[-1]


def test_a_part_beyond_the_last_is_empty() -> None:
    feed = parse_feed(rss([item(1, 1)]), None, URL, None, 500)
    assert (feed.entries, feed.more) == ((), None)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("<item>1</item> <ITEM a='b'>2</ITEM >", ["<item>1</item>", "<ITEM a='b'>2</ITEM >"]),
        ("<item>1<item>2</item>", ["<item>1", "<item>2</item>"]),
        ("<item>1</item><item>2", ["<item>1</item>"]),
        ("<rss:item>1</rss:item><items>x</items><item/>", ["<rss:item>1</rss:item>"]),
        ("<item><![CDATA[</item><item>]]></item>", ["<item><![CDATA[</item><item>]]></item>"]),
        ("<!-- <item>1</item> --><entry>2</entry>", ["<entry>2</entry>"]),
        ("<item><![CDATA[1</item><item>2</item>", ["<item><![CDATA[1</item>", "<item>2</item>"]),
    ],
)
def test_items_are_found_where_a_parser_sees_them(text: str, items: list[str]) -> None:
    assert [text[begin:end] for begin, end in item_spans(text)] == items


def test_passages_of_one_page_keep_what_tells_them_apart() -> None:
    found = entries(rss([item(1, link="/day#a"), item(2, link="/day#b"), item(3, link="/x#top")]))
    assert [entry.url for entry in found] == [
        "https://vestnik.example/day#a",
        "https://vestnik.example/day#b",
        "https://vestnik.example/x",
    ]
