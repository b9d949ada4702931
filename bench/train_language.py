"""Trains bot/news/words/language.tsv: n-grams by which bot.news.words.language tells languages.

    pip install django
    python -m bench.train_language RUBRICS.tsv… [--check]

It counts letters in texts of our own (the tune half of the gold set, what the bot says), in Russian
articles (tgcontest's, Apache-2.0) and in the translations of Django (BSD), which exist in all these
languages. What is shipped is a number for each n-gram and language, and no text.
"""

import argparse
import json
import math
import re
import struct
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from unittest.mock import patch

from bench.train_topics import read_rubrics
from bot.news.words import language

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "bot" / "news" / "words" / "language.tsv"
GOLD = ROOT / "tests" / "golden" / "news" / "tune.articles.jsonl"
LOCALES = ROOT / "bot" / "telegram" / "locales"

SHIPPED = {"cyrillic": 5_000, "latin": 3_000}  # n-grams
PIECE = 5  # words; what is asked when checking
DOUBT = 3.0  # how often every language is taken to have had each n-gram besides
SPOKEN = {
    "cyrillic": ("ru", "be", "uk", "bg", "mk", "sr", "kk", "ky", "mn", "tg", "tt"),
    "latin": (
        "en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sk", "sl", "lt", "lv", "et", "fi",
        "sv", "da", "hu", "ro", "tr", "az", "uz", "id",
    ),
}  # fmt: skip

_MARKUP = re.compile(r"%\(\w+\)\w|%\w|\{[^}]*\}|<[^>]*>|&\w+;|\$\w+|^[\w-]+ *=", re.MULTILINE)

Counts = Mapping[str, Counter[str]]  # of n-grams, by language


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.train_language", description=__doc__)
    parser.add_argument("rubrics", type=Path, nargs="*")
    parser.add_argument("--check", action="store_true", help="hold a fifth back, write nothing")
    asked = parser.parse_args()
    spoken = texts(asked.rubrics)
    if asked.check:
        return check(spoken)
    TABLE.write_text(table(spoken), "utf-8")
    return 0


def check(spoken: Mapping[str, Sequence[str]]) -> int:
    """How many pieces of five words, of texts held back, get the right answer; by language."""
    kept = {name: [one for at, one in enumerate(found) if at % 5] for name, found in spoken.items()}
    held = [(name, one) for name, found in spoken.items() for one in found[::5]]
    tables = language.read(table(kept))
    right, asked = Counter[str](), Counter[str]()
    with patch.object(language, "shipped", lambda: tables):
        for name, text in held:
            for piece in pieces(text):
                asked[name] += 1
                right[name] += language.detect(piece) == (name if name in language.OURS else None)
    for name, count in asked.items():
        print(f"{name}\t{right[name] / count:.3f}\t{count}")
    return 0


def pieces(text: str) -> Iterator[str]:
    spelled = re.findall(r"[^\W\d_]+", text)
    for at in range(0, len(spelled) - PIECE + 1, PIECE):
        yield " ".join(spelled[at : at + PIECE])


def texts(rubrics: Sequence[Path]) -> dict[str, list[str]]:
    """Each language, and pieces of text in it."""
    own = ours()
    for path in rubrics:
        own["ru"] += [f"{row['INPUT:title']}\n{row['INPUT:text']}" for row in read_rubrics(path)]
    return {
        name: [*of_django(name), *own.get(name, [])]
        for spoken in SPOKEN.values()
        for name in spoken
    }


def of_django(name: str) -> list[str]:
    found_at = find_spec("django")
    if found_at is None or found_at.origin is None:
        sys.exit("bench.train_language: pip install django")
    folder = Path(found_at.origin).parent
    translated = "ru" if name == "en" else name
    found = []
    for path in sorted(folder.glob(f"**/locale/{translated}/LC_MESSAGES/django.mo")):
        found += [_MARKUP.sub(" ", one) for one in messages(path, original=name == "en")]
    return list(dict.fromkeys(found))


def messages(path: Path, *, original: bool) -> Iterator[str]:
    """The strings of a .mo file (GNU gettext's format); not its head, which is the first."""
    data = path.read_bytes()
    count, originals, translations = struct.unpack_from("<3I", data, 8)
    for at in range(1, count):
        index = originals if original else translations
        length, start = struct.unpack_from("<2I", data, index + 8 * at)
        text = data[start : start + length].decode("utf-8")
        yield text.partition("\4")[2 if original and "\4" in text else 0].replace("\0", "\n")


def ours() -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line in GOLD.read_text("utf-8").splitlines():
        row = json.loads(line)
        found[row["language"]] += [row["title"], *row["text"].split("\n\n")]
    for path in sorted(LOCALES.glob("*/*.ftl")):
        found[path.parent.name] += _MARKUP.sub(" ", path.read_text("utf-8")).split("\n\n")
    return found


def table(spoken: Mapping[str, Sequence[str]]) -> str:
    """The file that bot.news.words.language reads."""
    lines = []
    for script, names in SPOKEN.items():
        counts = {name: Counter[str]() for name in names}
        for name in names:
            for text in spoken[name]:
                counts[name].update(language.grams(language.words(script, text)))
        lines += [f"{script}\t{' '.join(names)}", *weighed(counts, SHIPPED[script])]
    return "\n".join(lines) + "\n"


def weighed(counts: Counts, most: int) -> Iterator[str]:
    """For the n-grams that tell most, how much likelier each language makes them than the mean."""
    size = {name: sum(grams.values()) for name, grams in counts.items()}
    usual: defaultdict[str, float] = defaultdict(float)
    for name, grams in counts.items():
        for gram, count in grams.items():
            usual[gram] += count / size[name] / len(counts)
    says = {
        gram: [
            math.log((grams[gram] + DOUBT) / (share * size[name] + DOUBT))
            for name, grams in counts.items()
        ]
        for gram, share in usual.items()
    }
    telling = sorted(usual, key=lambda one: -usual[one] * (max(says[one]) - min(says[one])))
    for gram in sorted(telling[:most]):
        digits = [language.ZERO + round(one / language.STEP) for one in says[gram]]
        yield f"{gram}\t{''.join(f'{min(15, max(1, one)):x}' for one in digits)}"


if __name__ == "__main__":
    sys.exit(main())
