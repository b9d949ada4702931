"""What the buttons of the editors' desk say: see `callbacks`. Only admins are shown them."""

from enum import StrEnum
from typing import TypeVar

from aiogram.filters.callback_data import CallbackData


class Do(StrEnum):
    """What is to be done with a story, in a letter; a capital does what was asked about."""

    OPEN = "o"
    REFRESH = "f"
    HEADLINE = "h"
    REHEAD = "H"
    SUMMARY = "s"
    RETELL = "S"
    WITHDRAW = "w"
    OTHER_REASON = "q"
    UNTELL = "W"
    RESTORE = "r"
    RETURN = "R"
    SORT = "p"
    JOIN = "m"
    UNDO = "u"


class Desk(CallbackData, prefix="C1"):
    """Something about one story; `back` as StoryOpen carries it.

    `pick`: of a withdrawal the number of a ready reason, 0 to choose; of what is undone, its id; of
    what was asked about, what the story was like then, see `rewording_screens.likeness`.
    """

    do: Do
    story: int
    back: str
    pick: int = 0


class Marked(CallbackData, prefix="M1"):
    """Articles of a story that are marked, as bits; `split`: they leave it.

    `seen`: which articles the bits are of, see `sorting_screens.seen`.
    """

    split: bool
    marks: int
    seen: int
    story: int
    back: str


class Pairing(StrEnum):
    """What two stories are to each other, in a letter."""

    ASK = "a"
    ONE = "m"  # the articles of the other come into the story
    THREAD = "l"  # chapters of one thread
    APART = "x"  # no chapters of one thread


class Pair(CallbackData, prefix="A1"):
    do: Pairing
    story: int
    other: int
    back: str


class Edits(CallbackData, prefix="U1"):
    """How far the messages are that are edited, drawn again."""


T = TypeVar("T", bound=CallbackData)


def fitted(data: T) -> T:
    """It, without the way back where a button does not hold both: then one closes the story."""
    try:
        data.pack()
    except ValueError:
        return data.model_copy(update={"back": ""})
    return data
