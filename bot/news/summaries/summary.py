"""A summary made of the article's own sentences: those that an editor would have picked.

Each sentence has its worth (bot.news.summaries.worth); the best goes first, and each next one must
add something to those chosen. What leans on its neighbour comes with it or not at all. An article
in parts is told by a sentence more, and its parts take turns.
"""

import math
from collections.abc import Callable, Iterator, Sequence

from bot.news.summaries.worth import BARE, LEANS, Candidate, bare, manner, words_alone, worth
from bot.news.text.reading import sentence_lemmas
from bot.news.text.sentences import is_headline, is_row, paragraphs, split, tells_nothing
from bot.news.text.sentences import sentences as sentences
from bot.news.text.splitting import QUOTES, quoted
from bot.news.words import stopwords
from bot.news.words.morphology import fold, lemmas

READ = 20_000  # characters of a text that are read for its summary
POOL = 32  # sentences that are weighed; news says what matters first
POOL_OF_PARTS = 64  # of an article with parts, the last of which may matter
SENTENCES, OF_PARTS = 2, 3
WHOLE, FEW = 200, 4  # characters and sentences of a text that is its own summary
TITLE = 300  # characters of a title that are read
SAME = 0.75  # of the words in common from which two sentences say one thing
REPEATS = 2.0  # what a sentence loses that only says again what is chosen
LEAST = 0.5  # what a sentence is worth that is told after another
NEVER = 100.0  # more than any sentence is worth
BULLETS = "•·▪●✓✔➡👉 "  # what an item of a list is told without
AGAIN = 1.5  # what it loses for a part that has had its turn


def summarise(
    title: str,
    text: str,
    *,
    headings: Sequence[str] = (),
    persons: Sequence[str] = (),
    language: str | None = None,
    sentences: int | None = None,
) -> tuple[str, ...]:
    """Up to `sentences` sentences (else 2, or 3 of an article in parts), in the text's order.

    `persons` are full names: a sentence with only the surname of one had better not come first.
    """
    pool, themes = _read(title, text[:READ], headings, language)
    wanted = _content(title[:TITLE], language)
    names = [(found[0], found[-1]) for p in persons if len(found := lemmas(p, language)) > 1]
    at_most = [worth(one, wanted, themes[one.part]) for one in pool]

    def value(at: int) -> float:
        return at_most[at] - manner(pool[at]).costs - BARE * bare(pool[at], names)

    most = _most(pool) if sentences is None else sentences
    chosen = _chosen(pool, at_most, value, most)
    return tuple(pool[at].text.lstrip(BULLETS) for at in sorted(chosen))


def _most(pool: Sequence[Candidate]) -> int:
    """How many sentences tell that text; of a very short one, all."""
    if len(pool) <= FEW and sum([len(one.text) + 1 for one in pool]) <= WHOLE:
        return len(pool)
    return OF_PARTS if len({one.part for one in pool}) > OF_PARTS - 1 else SENTENCES


def _read(
    title: str, text: str, headings: Sequence[str], language: str | None
) -> tuple[list[Candidate], list[frozenset[str]]]:
    """The sentences that may be chosen, and what each part is about, by its heading.

    Sentences that tell nothing, and lines that look like headings, come in only if all do.
    """
    own, known = _plain(title), {_plain(heading) for heading in headings}
    longest = 8 + max(map(len, (title, *headings)))  # more than folding takes away
    blocks = [(b, _plain(b) if len(b) <= longest else b) for b in paragraphs(text)]
    blocks = [(block, plain) for block, plain in blocks if plain != own]
    guess = not all(plain in known or is_headline(block) for block, plain in blocks)
    themes: list[frozenset[str]] = [frozenset()]
    pool: list[Candidate] = []
    in_part = 0
    for block, plain in blocks:
        if plain in known:
            themes.append(_theme(block, language))
            in_part = 0
        elif not (guess and is_headline(block)):
            place = len(themes) - 1, in_part
            pool += _candidates(block, place, language)
            in_part += 1
        if len(pool) >= 2 * POOL:
            break
    told = [one for one in pool if not tells_nothing(one.text)] or pool
    return told[: POOL_OF_PARTS if len(themes) > 1 else POOL], themes


def _candidates(block: str, place: tuple[int, int], language: str | None) -> Iterator[Candidate]:
    depth = 0
    quotes = QUOTES.search(block) is not None  # few have any
    dialogue = block.startswith(("—", "–"))
    for at, sentence in enumerate(split(block)):
        if any(map(str.isalnum, sentence)) and not is_row(sentence):
            inside = depth > 0 or (dialogue and at > 0)
            yield Candidate(sentence, _content(sentence, language), *place, at == 0, inside)
        depth = quoted(sentence, depth) if quotes else 0


def _content(text: str, language: str | None) -> frozenset[str]:
    return frozenset(sentence_lemmas(text, language)) - stopwords.ALL


def _theme(heading: str, language: str | None) -> frozenset[str]:
    """One word is no theme («На взлёте»), and a number is none («Самолёт вместо двух поездов»)."""
    found = words_alone(_content(heading, language))
    return found if len(found) > 1 else frozenset()


def _plain(text: str) -> str:
    return " ".join(fold(text).split()).rstrip(".:")


def _chosen(
    pool: Sequence[Candidate],
    at_most: Sequence[float],
    value: Callable[[int], float],
    most: int,
) -> list[int]:
    """The best, then each time the best of the rest, less what it loses beside the chosen."""
    chosen: list[int] = []
    left = sorted(range(len(pool)), key=lambda at: -at_most[at])
    while left and len(chosen) < most:
        net, best = -math.inf, left[0]
        for at in left:
            if at_most[at] < net:
                break  # it can only lose
            own = value(at) - _lost(at, pool, chosen)
            if own > net or (own == net and at < best):
                net, best = own, at
        if chosen and net < LEAST:
            break
        chosen.append(best)
        left.remove(best)
    return chosen


def _lost(at: int, pool: Sequence[Candidate], chosen: Sequence[int]) -> float:
    one, others = pool[at], [pool[other] for other in chosen]
    _, unsaid, leans = manner(one)
    if not chosen:
        return LEANS * leans
    share = _repeated(one, others)
    lost = REPEATS * share + NEVER * (share > SAME)
    lost += AGAIN * any(one.part == other.part for other in others)
    if leans and not (at - 1 in chosen and not one.opens):
        lost += NEVER
    return lost + NEVER * unsaid


def _repeated(one: Candidate, others: Sequence[Candidate]) -> float:
    """The share of its words that are told already."""
    shares = [
        len(one.words & other.words) / (min(len(one.words), len(other.words)) or 1)
        for other in others
    ]
    return max(shares, default=0.0)
