"""Whatever a story holds, Telegram takes its posts, and nothing is lost or doubled."""

import re
from dataclasses import replace

import pytest
from aiogram.types import User
from aiogram.utils import formatting as f
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.jobs.answering.answer import Answer, Found, Relaxed
from bot.news.topics.scores import Topics
from bot.telegram.buttons.callbacks import FoundPage, LatestPage
from bot.telegram.rendering import lists
from bot.telegram.rendering.stories import Reader, story_text
from bot.telegram.writing.packing import Block, Place, pack
from bot.telegram.writing.posts import (
    Size,
    link,
    one_line,
    post,
    shorten,
    units,
)
from bot.telegram.writing.texts import Texts
from storage.models import Article, Query, Story
from tests.telegram.oracle import HOSTILE, NOW, STORIES, telegram_takes

ME = User(id=1, is_bot=True, first_name="С", username="svodka", supports_inline_queries=True)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Texts().get("ru"), "Asia/Novokuznetsk")


@settings(max_examples=60, deadline=None)
@given(stories=STORIES)
def test_any_stories_become_posts_that_telegram_takes(reader: Reader, stories: list[Story]) -> None:
    blocks = [
        Block(
            f.Text(f"⟦{i}⟧", story_text(reader, story, now=NOW)),
            f.Bold(f"Тема {i % 3}"),
            str(i % 3),
        )
        for i, story in enumerate(stories)
    ]
    texts = pack(f.Bold("Сводка"), blocks, f.Italic("Следующая"), Size(40, 1, 80))
    posts = [post(text.node) for text in texts]
    for made in posts:
        telegram_takes(made)
    for made, text in zip(posts, texts, strict=True):
        for place in text.places:
            assert within(made.text, place) == blocks[place.block].body.render()[0]
    assert [place.block for text in texts for place in text.places] == [*range(len(blocks))]
    together = "".join(p.text for p in posts)
    found = [i for i in range(len(stories)) for _ in range(together.count(f"⟦{i}⟧"))]
    assert found == list(range(len(stories)))
    assert posts[0].text.startswith("Сводка")
    assert posts[-1].text.endswith("Следующая")


@settings(max_examples=30, deadline=None)
@given(stories=STORIES, size=st.integers(1, 20), offset=st.integers(0, 40))
def test_any_page_of_the_feed_is_taken_and_the_next_begins_where_it_ends(
    reader: Reader, topics: Topics, stories: list[Story], size: int, offset: int
) -> None:
    numbered = [replace(one, headline=f"⟦{i}⟧{one.headline}") for i, one in enumerate(stories)]
    page = LatestPage(topic="", offset=offset, size=size)
    made = lists.latest(reader, numbered[: size + 1], topics, page, now=NOW)
    telegram_takes(made)
    shown = len(re.findall(r"⟦\d+⟧", made.text))
    on = [LatestPage.unpack(str(b.data)) for row in made.buttons for b in row if "▶" in b.text]
    if shown < len(numbered):
        assert [page.offset for page in on] == [offset + shown]
        assert shown > 0
    else:
        assert on == []


@settings(max_examples=30, deadline=None)
@given(
    stories=STORIES,
    words=HOSTILE,
    sentence=st.none() | HOSTILE,
    how=st.none() | st.sampled_from(Relaxed),
)
def test_any_results_are_taken_and_hold_the_words_searched_for(
    reader: Reader, stories: list[Story], words: str, sentence: str | None, how: Relaxed | None
) -> None:
    query = Query(raw=shorten(words, 150), terms=("слово",))
    found = tuple(
        Found(article=article_of(story, words), story=story, sentence=sentence)
        for story in stories[:6]
    )
    answer = Answer(found=found, how=how, suggestions=(words, "рейс"))
    made = lists.found(reader, query, answer, FoundPage(offset=0), size=5, me=ME, now=NOW)
    telegram_takes(made)
    assert lists.query_in(made.text) == one_line(query.raw)


def within(text: str, place: Place) -> str:
    start, end = 2 * place.offset, 2 * (place.offset + place.length)
    return text.encode("utf-16-le", "surrogatepass")[start:end].decode("utf-16-le", "surrogatepass")


def article_of(story: Story, text: str) -> Article:
    return Article(
        id=1,
        source_id=1,
        source="Источник",
        sample=story.sample,
        url=story.url,
        title=story.headline,
        text=f"{text} слово {text}",
        headings=(),
        author=None,
        photo_credit=None,
        dateline=None,
        image_url=None,
        language="ru",
        published_at=NOW,
        seen_at=NOW,
        dated=True,
        topics=(),
        entities=(),
        story_id=1,
        summary=(),
    )


@given(text=HOSTILE, limit=st.integers(2, 300))
def test_a_shortened_line_fits_and_is_one_line(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert units(short) <= limit
    assert "\n" not in short
    assert short == one_line(text) or short.endswith("…")


def test_a_line_is_cut_between_words() -> None:
    assert shorten("Первый рейс в Минск вылетит утром", 20) == "Первый рейс в Минск…"


def test_a_group_that_goes_on_in_the_next_post_gets_its_heading_again() -> None:
    blocks = [Block(f.Text("я" * 3000), f.Bold("Тема"), "t") for _ in range(2)]
    texts = [t.node.render()[0] for t in pack(f.Text("голова"), blocks, None, Size())]
    assert len(texts) == 2
    assert all("Тема" in t for t in texts)


def test_a_heading_stands_once_over_its_group() -> None:
    blocks = [Block(f.Text(str(i)), f.Bold("Тема"), "t") for i in range(3)]
    [text] = pack(f.Text("голова"), blocks, None, Size())
    assert text.node.render()[0] == "голова\n\nТема\n0\n\n1\n\n2"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a", True),
        ("http://новости.рф/а", True),
        ("ftp://example.org/a", False),
        ("https://localhost/a", False),
        ("//example.org", False),
        (None, False),
    ],
)
def test_only_links_that_telegram_keeps_are_links(url: str | None, kept: bool) -> None:
    assert (link(url) is not None) is kept


@settings(max_examples=150, deadline=None)
@given(
    url=st.builds(
        "{}://{}{}{}".format,
        st.sampled_from(["http", "https", "HTTP"]),
        st.text("abя-._~@:[]%!*0 1'/\\", max_size=14).map(lambda s: s + "x.org")
        | st.text(max_size=9),
        st.sampled_from(["", ":", ":80", ":99999", ":x", "."]),
        st.text(max_size=9).map(lambda s: "/" + s),
    )
)
def test_no_link_of_ours_makes_telegram_refuse_the_whole_post(url: str) -> None:
    telegram_takes(post(f.TextLink("слово", url=url) if link(url) else f.Text("слово")))
