"""By which version of the rules articles are understood, and stored ones as texts to understand.

A question is put in today's lemmas; an article that was understood by other rules would not be
found. So the version is kept beside the articles, and they are understood anew when it changes.
"""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from bot.news.names import tagger
from bot.news.text.clean import Cleaned
from bot.news.understanding import Raw
from storage.models import Article

READ_BY = ("pymorphy3", "pymorphy3-dicts-ru", "razdel")  # packages that a text is read by
RULES = (".py", ".toml", ".tsv")


@cache
def rules(topics_toml: str) -> str:
    """One for all that an understanding depends on: our rules and data, topics, dictionary.

    Any change of a file of bot.news counts: to read an archive once in vain costs minutes of an
    idle core, to miss a change would leave it as it was for good.
    """
    digest = sha256(topics_toml.encode("utf-8", "replace"))
    for package in (*READ_BY, "natasha") if tagger.is_installed() else READ_BY:
        digest.update(f"{package} {version(package)}\n".encode())
    for file in every(files(__package__)):
        digest.update(f"{file.name}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def every(folder: Traversable) -> Iterator[Traversable]:
    """The files of rules in a folder and in those below it, always in the same order."""
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.is_dir():
            yield from every(one)
        elif one.name.endswith(RULES):
            yield one


def stored(article: Article, zone: str) -> Raw:
    """An article as a text to be understood: nothing that was cleaned away is there any more."""
    return Raw(
        title=article.title,
        text=article.text,
        headings=article.headings,
        language=article.language,
        published_at=article.published_at if article.dated else None,
        zone=zone,
        cleaned=Cleaned(
            title=article.title,
            text=article.text,
            headings=article.headings,
            author=article.author,
            photo_credit=article.photo_credit,
            dateline=article.dateline,
        ),
        topics=article.topics,
    )
