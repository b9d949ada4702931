"""A feed's text to a tree: by expat if it is well-formed, by rules of our own if it is not."""

from xml.parsers import expat

from bot.sources.xml.loose import read_loosely
from bot.sources.xml.repair import mend
from bot.sources.xml.tree import Builder, Node


def tree(text: str) -> Node:
    """A rooted text as a node that holds its root element. Raises NotAFeed: too much, too deep."""
    try:
        return _read(text)
    except (expat.ExpatError, UnicodeError):
        mended = mend(text)
    try:
        return _read(mended)
    except (expat.ExpatError, UnicodeError):
        return read_loosely(mended)


def _read(text: str) -> Node:
    builder = Builder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.Parse(text, True)
    return builder.root
