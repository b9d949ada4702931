"""The screens of the first steps after /start: each is one press, or can be skipped."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.utils import formatting as f

from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.keyboards import button, digest_buttons, rows, ticked
from bot.telegram.rendering.stories import Reader
from bot.telegram.subscriptions import zones
from bot.telegram.subscriptions.subscribing import Held
from bot.telegram.writing import dates
from bot.telegram.writing.posts import post, shorten
from bot.telegram.writing.texts import LANGUAGES, Text, Texts
from storage.models import Post, Subscription

HOURS = (7, 8, 9, 12, 18, 20)
USUAL_MIN = 8 * 60  # when a digest comes to somebody who did not choose


def language(text: Text, texts: Texts, *, wants: str = "") -> Post:
    """Hello; `wants`: what the link that brought the person here is about."""
    each = [
        button(
            ticked(texts.get(code)("language-name"), code == text.language),
            cb.Language(code=code, setup=True),
        )
        for code in LANGUAGES
    ]
    skip = button(text("start-skip"), cb.Screen(name="first_zone"))
    about = [text("start-wants", what=wants), "\n\n"] if wants else []
    asked = f.Bold(text("start-language"))
    return post(f.Text(text("start-hello"), "\n\n", *about, asked), rows([*each, skip], 2))


def zone(text: Text) -> Post:
    each = [
        button(zones.zone_name(text, name), cb.Zone(name=name, setup=True)) for name in zones.NEAR
    ]
    others = [
        button(text("zone-other"), cb.Zone(name="", setup=True)),
        button(text("zone-clock"), cb.Screen(name="first_clock")),
        button(text("start-skip"), cb.Screen(name="first_topics")),
    ]
    return post(f.Bold(text("start-zone")), rows([*each, *others], 2))


def time(text: Text, held: Held) -> Post:
    """One press chooses the time and begins."""
    sub = held.subscription.id
    once = [button(dates.clock(60 * h), cb.FirstTime(sub=sub, minutes=60 * h)) for h in HOURS]
    twice = button(text("start-twice"), cb.FirstTime(sub=sub, minutes=60 * 8, second=60 * 19))
    other = button(text("start-other-time"), cb.FirstTime(sub=sub, minutes=-1))
    skip = button(text("start-skip"), cb.FirstTime(sub=sub, minutes=USUAL_MIN))
    words = text("start-time", zone=shorten(zones.zone_name(text, held.zone), 60))
    return post(f.Bold(words), (*rows(once, 3), (twice,), (other, skip)))


def welcome_back(reader: Reader, known: Sequence[Subscription], *, now: datetime) -> Post:
    text, words = reader.text, reader.text("start-again")
    due = [s.next_run_at for s in known if s.next_run_at and not s.instant]
    if due:
        moment = dates.moment(text, min(due), now=now, zone=reader.zone)
        words += " " + text("start-next", moment=moment)
    latest, settings = digest_buttons(text)[0]
    digest = button(text("button-digest"), cb.Go(to="digest"))
    return post(f.Text(words), ((latest, digest), (settings,)))
