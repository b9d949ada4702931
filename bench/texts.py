"""Invented Russian texts: sentences of our samples, with other words in many of their places.

Words fall as those of news do: those of the samples by how often they stand there, and behind them
a long tail from the dictionary, in forms as people use them.
"""

import html
import random
from collections import Counter
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from itertools import accumulate, islice
from typing import NamedTuple

from pymorphy3 import MorphAnalyzer

from bot.clock import now as present
from bot.jobs.life.startup import read_samples
from bot.news.summaries.summary import sentences
from bot.news.words.morphology import fold, tokens

PER_BEGINNING, EVERY = 6, 3  # words of the dictionary by each beginning of a sample's word
TAIL = 0.3  # of all words stand in the tail
CHANGED = 0.35  # of the longer words of a sentence
LONG = 5  # letters


class Word(NamedTuple):
    form: str
    lemma: str


class Vocabulary(NamedTuple):
    """Words from the most frequent on, and how often each comes, added up."""

    words: tuple[Word, ...]
    weights: tuple[float, ...]

    def draw(self, chance: random.Random, count: int) -> list[Word]:
        return chance.choices(self.words, cum_weights=self.weights, k=count)


@cache
def sample_texts() -> tuple[str, ...]:
    """The Russian samples, without their furniture of one-line paragraphs."""
    shipped = {f.name: f.read_text("utf-8") for f in files("bot.samples").iterdir() if f.is_file()}
    toml = {name: text for name, text in shipped.items() if name.endswith(".toml")}
    samples = read_samples(toml, now=present())
    return tuple(
        "\n\n".join(part for part in piece.text.split("\n\n") if len(part) > 80)
        for outlet, pieces in samples
        if outlet.language == "ru"
        for piece in pieces
    )


@cache
def sample_sentences() -> tuple[str, ...]:
    return tuple(one for text in sample_texts() for one in sentences(text) if len(one) > 30)


@cache
def vocabulary() -> Vocabulary:
    counted: Counter[Word] = Counter()
    for text in sample_texts():
        for token in tokens(text):
            counted[Word(text[token.start : token.stop].lower(), token.lemma)] += 1
    head = counted.most_common()
    known = {word.form for word in counted}
    tail = [word for word in _tail(sorted(known)) if word.form not in known]
    mass = sum(counted.values()) * TAIL / (1 - TAIL)
    harmonic = [1 / (rank + 100) for rank in range(len(tail))]
    scale = mass / sum(harmonic)
    weights = [*(float(n) for _, n in head), *(scale * share for share in harmonic)]
    return Vocabulary((*(word for word, _ in head), *tail), tuple(accumulate(weights)))


def _tail(words: list[str]) -> list[Word]:
    """Words of the dictionary that begin as these do, in an order of chance."""
    known = MorphAnalyzer().dictionary.iter_known_words
    beginnings = sorted({word[:4] for word in words if len(word) > LONG and word.isalpha()})
    found: dict[str, Word] = {}
    for beginning in beginnings:
        for form, _, normal, *_ in islice(known(beginning), 0, EVERY * PER_BEGINNING, EVERY):
            found.setdefault(form, Word(form, fold(normal)))
    mixed = list(found.values())
    random.Random(11).shuffle(mixed)
    return mixed


def sentence(chance: random.Random) -> str:
    """A sentence nobody wrote; its punctuation, numbers and short words are a sample's."""
    text = chance.choice(sample_sentences())
    changed, at = [], 0
    for token in tokens(text):
        word = text[token.start : token.stop]
        if len(word) >= LONG and word.isalpha() and chance.random() < CHANGED:
            other = vocabulary().draw(chance, 1)[0].form
            changed += [text[at : token.start], other.capitalize() if word[0].isupper() else other]
            at = token.stop
    return "".join([*changed, text[at:]])


def paragraphs(chance: random.Random, words: int = 150) -> list[str]:
    """About so many words, two to four sentences a paragraph."""
    found: list[str] = []
    while sum(len(one.split()) for one in found) < words:
        found.append(" ".join(sentence(chance) for _ in range(chance.randint(2, 4))))
    return found


def title(chance: random.Random) -> str:
    return " ".join(sentence(chance).rstrip(".!?…").split()[:9])


def feed(chance: random.Random, *, items: int, now: datetime, site: str) -> bytes:
    """An RSS feed with full texts, newest first, as an outlet's own engine writes it."""
    entries = [
        _item(chance, f"{site}/news/{number}", now - timedelta(minutes=17 * number))
        for number in range(items)
    ]
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{html.escape(title(chance))}</title><link>{site}</link><language>ru</language>"
        f"{''.join(entries)}</channel></rss>"
    ).encode()


def _item(chance: random.Random, url: str, at: datetime) -> str:
    parts = paragraphs(chance)
    full = "".join(f"<p>{html.escape(part)}</p>\n" for part in parts)
    return (
        f"<item><title>{html.escape(title(chance))}</title><link>{url}</link>"
        f"<guid isPermaLink='true'>{url}</guid><pubDate>{at:%a, %d %b %Y %H:%M:%S +0000}</pubDate>"
        f"<category>Новости</category><enclosure url='{url}.jpg' type='image/jpeg' length='1'/>"
        f"<description>{html.escape(parts[0])}</description>"
        f"<content:encoded><![CDATA[{full}]]></content:encoded></item>\n"
    )


def page(chance: random.Random, *, words: int = 300) -> bytes:
    """An article's page with what stands around it: scripts, menus, teasers, comments."""
    name = title(chance)
    body = "\n".join(f"<p>{html.escape(part)}</p>" for part in paragraphs(chance, words))
    teasers = "".join(_teaser(chance, number) for number in range(30))
    menu = "".join(f"<li><a href='/r/{n}'>{title(chance)[:20]}</a></li>" for n in range(25))
    script = "<script>var q=[" + ",".join(str(chance.random()) for _ in range(400)) + "];</script>"
    comments = "".join(
        f"<div class='comment'><b>Читатель {n}</b><p>{html.escape(sentence(chance))}</p></div>"
        for n in range(12)
    )
    return (
        f"<!DOCTYPE html><html lang='ru'><head><meta charset='utf-8'><title>{html.escape(name)}"
        f"</title><meta property='og:title' content='{html.escape(name)}'>"
        "<meta property='article:published_time' content='2026-11-18T08:00:00+07:00'>"
        f"{script}</head><body><header><nav><ul>{menu}</ul></nav></header><main><article>"
        f"<h1>{html.escape(name)}</h1><div class='text'>{body}</div></article>"
        f"<section class='comments'>{comments}</section></main><aside>{teasers}</aside>"
        f"<footer><ul>{menu}</ul><p>Все права защищены.</p></footer>{script}</body></html>"
    ).encode()


def _teaser(chance: random.Random, number: int) -> str:
    return (
        f"<div class='teaser'><a href='/news/{number}'><img src='/i/{number}.jpg' alt=''>"
        f"<h3>{html.escape(title(chance))}</h3></a><span>{chance.randint(0, 23)}:30</span></div>"
    )
