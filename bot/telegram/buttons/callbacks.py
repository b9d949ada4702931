"""What every button says when it is pressed: at most 64 bytes, ids and slugs, never names.

A prefix is a letter and a version. Change the fields of a class, and its version goes up: a press
on a keyboard drawn by an older version then matches nothing, and is answered kindly.
"""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from storage.models import Layout


class Go(CallbackData, prefix="m1"):
    """Open something in a new message: latest, digest, settings, topics, help."""

    to: str


class LatestPage(CallbackData, prefix="l1"):
    topic: str  # a slug, or empty for all
    offset: int
    size: int


class FoundPage(CallbackData, prefix="f1"):
    """Another page of the search whose words stand in the message itself."""

    offset: int


class Suggested(CallbackData, prefix="q1"):
    """Search for one of the suggestions that stand in the message itself, counted from 0."""

    number: int


class Close(CallbackData, prefix="c1"):
    """Take the message away."""


class Screen(CallbackData, prefix="s1"):
    """Turn this message into a screen of the settings; `sub` 0: of the chat itself."""

    name: str
    sub: int = 0


class Language(CallbackData, prefix="g2"):
    """`setup`: the first steps after /start."""

    code: str
    setup: bool = False


class Zone(CallbackData, prefix="z1"):
    """`name` empty: ask for a city. `setup`: the first steps after /start."""

    name: str
    setup: bool = False


class TopicPick(CallbackData, prefix="t1"):
    """Switch a topic of a subscription; `slug` empty: all topics."""

    sub: int
    slug: str
    setup: bool = False


class TimePick(CallbackData, prefix="h1"):
    """Switch a time of a subscription, in minutes after midnight; -1: ask for one."""

    sub: int
    minutes: int


class FirstTime(CallbackData, prefix="b1"):
    """The last of the first steps: one or two times (`second` -1: only one); -1: ask."""

    sub: int
    minutes: int
    second: int = -1


class DayPick(CallbackData, prefix="d1"):
    """Switch an ISO weekday; 0: all, 8: Monday to Friday."""

    sub: int
    day: int


class Count(CallbackData, prefix="n1"):
    sub: int
    stories: int


class Minutes(CallbackData, prefix="Y1"):
    """How long a digest may take to read; 0: as long as its stories take."""

    sub: int
    minutes: int


class LayoutPick(CallbackData, prefix="L1"):
    sub: int
    layout: Layout


class Silent(CallbackData, prefix="N1"):
    sub: int
    on: bool


class Pause(CallbackData, prefix="P1"):
    """For so many days; 0: go on. `sub` 0: all of the chat."""

    sub: int
    days: int


class NewHow(StrEnum):
    """How one more subscription shall come."""

    DAILY = "daily"
    WEEKLY = "weekly"
    INSTANT = "instant"


class NewDigest(CallbackData, prefix="D1"):
    """One more subscription; `slug` empty: of all topics."""

    how: NewHow
    slug: str = ""


class Quiet(CallbackData, prefix="O1"):
    """Quiet hours, in minutes after midnight; alike: none."""

    start: int
    end: int


class Interests(CallbackData, prefix="i1"):
    """A page of what the chat follows, mutes, wants more or less of."""

    offset: int = 0


class Wish(StrEnum):
    """What may be done about an interest."""

    DROP = "drop"  # it is neither followed nor muted
    AT_ONCE = "at_once"  # tell of it at once


class OneInterest(CallbackData, prefix="I1"):
    """`key` as `following.key` makes it."""

    do: Wish
    key: str


class SayEmpty(CallbackData, prefix="e1"):
    on: bool


class Meant(CallbackData, prefix="T1"):
    """The subscription is about the topic that the word with this key is like, instead of it."""

    sub: int
    key: str


class Unsubscribe(CallbackData, prefix="u1"):
    sub: int  # 0: all of the chat


class Forget(CallbackData, prefix="x1"):
    sure: bool


class Channel(CallbackData, prefix="k1"):
    """Something about a channel, pressed in private: open, add, header, ru, preview, read …"""

    do: str
    chat: int


class ChannelZone(CallbackData, prefix="w1"):
    chat: int
    name: str


class Doubt(CallbackData, prefix="v1"):
    """A channel's post that may have arrived or not: send it again, or leave it."""

    chat: int
    delivery: int
    again: bool


class AddSource(CallbackData, prefix="a1"):
    """Add the source whose address stands in the message itself."""


class SwitchOn(CallbackData, prefix="o1"):
    """Poll again a source that is off."""

    source: int


class Broadcast(CallbackData, prefix="y1"):
    """For admins: show, dead (letters), or pause, resume, cancel, sure (to cancel) the broadcast.

    `minute`: of its slot, since 1970.
    """

    do: str
    minute: int = 0


class SentDigest(CallbackData, prefix="J1"):
    """Draw the digest again that this message was sent as; the outbox holds it."""


class WayOut(CallbackData, prefix="Q1"):
    """Out of the subscription whose digest the message is: change, or stop."""

    do: str


class StoryOpen(CallbackData, prefix="r1"):
    """Tell a story in place of the list that shows it.

    `back`: what the button says that draws the list again, see `way_back`.
    """

    story: int
    back: str = "J1"


class Act(StrEnum):
    """What may be done with an open story."""

    SAVE = "save"
    DROP = "drop"  # save no more
    MORE = "more"
    LESS = "less"
    WHY = "why"
    DATES = "ics"  # what it says is to come, as a file


class StoryAct(CallbackData, prefix="j1"):
    """Do something with an open story; `back` as above."""

    do: Act
    story: int
    back: str


class Say(StrEnum):
    """What is said of a taste, in a letter."""

    MORE = "m"
    LESS = "l"
    MUTE = "x"
    UNDO = "u"


class StoryTaste(CallbackData, prefix="R1"):
    """Say that of one thing about a story; `pick` tells which, see `taste_screens.pick`."""

    say: Say
    pick: int
    story: int
    back: str


class By(StrEnum):
    """How the stories of the week are put in order."""

    WEIGHT = "w"
    DAY = "d"
    TOPIC = "t"


class WeekPage(CallbackData, prefix="W1"):
    """A page of the week's top stories; `topic` a slug, or empty for all."""

    topic: str = ""
    by: By = By.WEIGHT
    offset: int = 0


class AheadPage(CallbackData, prefix="E1"):
    """A page of what is ahead; `file`: all of it, as a file."""

    offset: int = 0
    file: bool = False


class SavedPage(CallbackData, prefix="B1"):
    """A page of what somebody saved; `drop` is a story that is saved no more."""

    offset: int = 0
    drop: int = 0
    edit: bool = False  # with buttons that take stories away


def way_back(to: CallbackData) -> str:
    """What a button says, to be carried by the buttons of a story that was opened from there."""
    return to.pack().replace(":", ".")


def carried(back: str) -> str:
    """What the button says that leads back."""
    return back.replace(".", ":")


class PulseIn(CallbackData, prefix="S1"):
    """Show the week in other colours: light, dark."""

    theme: str
