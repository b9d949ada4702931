"""The one Dispatcher: which handlers there are, in which order, and what they may ask for."""

from aiogram import Dispatcher, Router

from bot.clock import Clock
from bot.config import Settings
from bot.jobs.gathering.ingest import Ingest
from bot.news.topics.scores import Topics
from bot.telegram.bringing.pieces import Pieces
from bot.telegram.conversation.admins import Admins, OnlyAdmins
from bot.telegram.conversation.answers import Ring
from bot.telegram.conversation.guards import AnswerPress, Doorkeeper, Flood, OnlyMet, failed
from bot.telegram.conversation.questions import Questions
from bot.telegram.conversation.surroundings import Surroundings
from bot.telegram.conversation.throttle import Gate
from bot.telegram.handlers import (
    admin,
    ahead,
    asked,
    channel_posts,
    channel_settings,
    channels,
    choices,
    deliveries,
    desk,
    doubts,
    extra_words,
    first_steps,
    following,
    groups,
    info,
    inline,
    interests,
    joining,
    membership,
    new_digest,
    news,
    privacy,
    pulse,
    reading,
    rewording,
    saved,
    search,
    sharing,
    sorting,
    start,
    subscribe,
    subscription,
    tastes,
    unmatched,
    ways_out,
    week,
    zone,
)
from bot.telegram.handlers import (
    settings as settings_handlers,
)
from bot.telegram.rendering.drawn import Drawn
from bot.telegram.rendering.render import Render
from bot.telegram.updates.ears import Ears
from bot.telegram.updates.magic import in_the_loop
from bot.telegram.writing.texts import Texts
from storage.ports import Store


def build_gate(settings: Settings, topics: Topics, clock: Clock) -> Gate:
    slugs = frozenset(topic.slug for topic in topics.all)
    return Gate(clock, exempt=settings.admin_ids, slugs=slugs)


def build_dispatcher(
    *,
    store: Store,
    texts: Texts,
    topics: Topics,
    render: Render,
    settings: Settings,
    clock: Clock,
    ring: Ring,
    ingest: Ingest | None = None,
    gate: Gate | None = None,
    ears: Ears | None = None,
) -> Dispatcher:
    """A Dispatcher that is ready to be fed updates. `gate`: what has judged them as they came in.

    `ears`: note message ids here, for updates that are pushed.

    Handlers ask by name for what is given here, and for what Surroundings finds per update:
    `chat`, `reader`, `text`, `now`, `editor`.
    """
    admins = Admins()
    made = Dispatcher(
        disable_fsm=True,
        store=store,
        texts=texts,
        topics=topics,
        render=render,
        settings=settings,
        clock=clock,
        ring=ring,
        ingest=ingest,
        admins=admins,
        pieces=Pieces(),
        drawn=Drawn(),
        questions=Questions(store, topics),
        albums=channel_posts.Albums(),
        told=unmatched.Told(),
    )
    if ears is not None:
        made.update.outer_middleware(ears)
    made.update.outer_middleware(Doorkeeper(gate or build_gate(settings, topics, clock)))
    made.update.outer_middleware(Surroundings(store, render, clock))
    made.update.outer_middleware(Flood())
    made.callback_query.middleware(AnswerPress())
    only_admins = OnlyAdmins(admins)
    made.message.middleware(only_admins)
    made.callback_query.middleware(only_admins)
    made.message.middleware(OnlyMet())
    made.errors.register(failed)
    made.include_routers(*_routers(topics))
    in_the_loop(made)
    return made


def _routers(topics: Topics) -> tuple[Router, ...]:
    """The first that matches answers. They keep nothing: what is remembered is given above.

    So what takes a command only in a special case (a channel's name after /subscribe, an admin's
    pasted news) stands before what takes it always.
    """
    return (
        membership.router(),
        channel_posts.router(),
        inline.router_of_chosen(),
        channels.router(),
        channel_settings.router(),
        doubts.router(),
        groups.router(),
        desk.router(),
        rewording.router(),
        sorting.router(),
        joining.router(),
        admin.router(),
        deliveries.router(),
        extra_words.router(),
        sharing.router(),
        start.router(),
        zone.router(),
        first_steps.router(),
        choices.router(),
        following.router(),
        interests.router(),
        new_digest.router(),
        settings_handlers.router(),
        subscription.router(),
        subscribe.router(),
        ways_out.router(),
        privacy.router(),
        info.router(),
        pulse.router(),
        news.router(topics),
        reading.router(),
        tastes.router(),
        saved.router(),
        week.router(),
        ahead.router(),
        search.router(),
        asked.router(),
        search.router_of_questions(),
        groups.router_of_questions(),
        inline.router(),
        unmatched.router(),
    )
