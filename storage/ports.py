"""What the rest of Svodka may ask of a store. Backends implement these; contract tests hold them.

Every method is one transaction. `now` comes in. Lists are bounded by `limit`.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from storage.models import (
    Article,
    Broadcast,
    Chat,
    Correction,
    Decision,
    Delivery,
    DeliveryState,
    DueGroup,
    Edit,
    EditState,
    Fact,
    Hit,
    Holder,
    HubSubscription,
    Learned,
    NewArticle,
    NewDelivery,
    NewDigest,
    NewSource,
    OutdatedPost,
    PastVersion,
    PollOutcome,
    Post,
    Query,
    Renewed,
    Schedule,
    SharedDigest,
    Source,
    SourceStats,
    Story,
    StoryPoint,
    Subscription,
)


class Sources(Protocol):
    """The feeds we poll and the headings that imports stand under."""

    async def add(self, source: NewSource, *, now: datetime) -> Source:
        """Store a source, due at once; the stored one if its url is already known."""

    async def get(self, source_id: int) -> Source | None: ...

    async def all(self) -> list[Source]: ...

    async def remove(self, source_id: int) -> bool:
        """Forget a source: it is polled and listed no more; its articles stay, with its title."""

    async def enable(self, source_id: int, enabled: bool, *, now: datetime) -> bool:
        """Switch a source on (due at once, its failures forgotten) or off.

        False if there is none.
        """

    async def move(self, source_id: int, url: str) -> bool:
        """Poll it at another address from now on; False if that address is a source already."""

    async def claim_due(self, *, now: datetime, limit: int, lease_s: int) -> list[Source]:
        """Polled kinds, switched on, whose next_poll_at has come, longest due first.

        Their next_poll_at moves to now + lease_s, so that a crash delays them, no more.
        """

    async def failed(self, outcome: PollOutcome) -> None:
        """Commit an outcome that brought no articles (an error, a 304, nothing new)."""

    async def failed_all(self, outcomes: Sequence[PollOutcome]) -> None:
        """Commit many such outcomes in one transaction."""

    async def by_url(self, url: str) -> Source | None:
        """The source of that very url; None if there is none, or it was removed."""

    async def stats(self, *, since: datetime) -> dict[int, SourceStats]:
        """By source id, of the articles seen since; sources that gave none are left out."""

    async def learned(self, source_id: int) -> Learned:
        """What recurs in the source's texts; empty before anything was learned."""

    async def learn(self, source_id: int, learned: Learned) -> None:
        """Replace what is learned of a source."""

    async def refused(self, source_id: int, pages: Sequence[str], *, now: datetime) -> set[str]:
        """Those of the pages (any strings that tell them apart) that are not to be asked for."""

    async def refuse(
        self, source_id: int, pages: Collection[str], *, now: datetime, until: datetime
    ) -> None:
        """Do not ask for these until then. The newest 5,000 of a source are remembered."""


class Hubs(Protocol):
    """WebSub subscriptions, one a source at most."""

    async def put(self, subscription: HubSubscription) -> None:
        """Store it in place of the source's former one."""

    async def get(self, source_id: int) -> HubSubscription | None: ...

    async def by_token(self, token: str) -> HubSubscription | None: ...

    async def due(self, *, now: datetime, limit: int) -> list[HubSubscription]:
        """Those whose act_at has come, of sources that are on, longest due first."""

    async def all(self) -> list[HubSubscription]: ...

    async def drop(self, source_id: int) -> None: ...


class Articles(Protocol):
    """Cleaned, understood texts, and the search over them."""

    async def add(
        self, batch: Sequence[NewArticle], *, outcome: PollOutcome | None = None
    ) -> list[Article | None]:
        """Store a batch and its source's validators in one transaction.

        Per article the stored one, or None if its (source, key), its url or one of `also_at` is
        already known. An article with neither story_id nor joins begins a story. One whose `joins`
        article was known joins that article's story.
        """

    async def known(self, source_id: int, keys: Sequence[str]) -> dict[str, str | None]:
        """Those of the keys whose articles are stored, each with its version if that is known."""

    async def known_versions(
        self, source_id: int, versions: Sequence[str], *, since: datetime
    ) -> set[str]:
        """Those versions that an article of the source, seen since, has: re-posts."""

    async def edit(self, source_id: int, article: NewArticle, *, now: datetime) -> Article | None:
        """Take over what the source says anew of the article with that (source, key).

        Title, text and all that is understood of them change, also in search; when and where it
        was published, its story and address stay. Title and text before are kept as a PastVersion;
        if neither differs, only the version is noted, and it is no edit. None: no such article.
        """

    async def past(self, article_id: int) -> list[PastVersion]:
        """What the article said before its edits, newest first."""

    async def sharing(self, urls: Sequence[str]) -> dict[int, int]:
        """How many of these addresses are of articles of each source, by source id."""

    async def at(self, urls: Sequence[str]) -> dict[str, tuple[int, str, str | None]]:
        """Those of the addresses that are known: whose article it is, its key and version.

        (source id, key, version)
        """

    async def note_versions(self, source_id: int, versions: Mapping[str, str]) -> None:
        """By key, the versions of entries whose articles are right as they stand: no edits."""

    async def get(self, article_id: int) -> Article | None: ...

    async def find(
        self, source_id: int, *, key: str, url: str | None, also_at: Sequence[str] = ()
    ) -> Article | None:
        """The stored article for whose sake `add` answers None to one of these."""

    async def latest(
        self, *, topic: str | None = None, limit: int, offset: int = 0
    ) -> list[Article]:
        """Newest first, by published_at."""

    async def search(
        self, query: Query, *, limit: int, offset: int = 0, any_word: bool = False
    ) -> list[Hit]:
        """Articles that match, best first, from the newest 500 that do.

        Dates are since ≤ published < until. Without words, newest first. `any_word`: one of the
        words is enough, beside the phrases. Topics need a score that put the topic on the article;
        excluded words never match.
        """

    async def having(self, words: Sequence[str]) -> dict[str, int]:
        """In how many articles each of these words is; those that are in none are left out."""

    async def points(self, *, since: datetime, after_id: int = 0, limit: int) -> list[StoryPoint]:
        """What the story index is fed from, in order of id, of articles published since."""

    async def ahead(
        self, *, since: datetime, until: datetime, limit: int
    ) -> list[tuple[Article, Fact]]:
        """Events that articles tell of and that fall at least partly between, earliest first."""

    async def before(self, article_id: int | None, *, limit: int) -> list[Article]:
        """Those with a lower id, highest first; from the highest of all for None."""

    async def renew(self, batch: Sequence[Renewed]) -> list[Article]:
        """Store what is understood of these articles now; those of which it was otherwise before.

        Title, text and credits stay, and so does the story. One that is gone, or was edited since
        its text was read, is left as it is.
        """

    async def count(self, *, below: int | None = None) -> int:
        """How many there are, with an id below that one."""

    async def samples(self) -> int:
        """How many sample articles are stored; a live start refuses any."""

    async def drop_samples(self) -> int:
        """Delete samples with their sources and stories; how many articles went."""


class Stories(Protocol):
    """Articles about one event."""

    async def get(self, story_id: int) -> Story | None: ...

    async def many(self, story_ids: Sequence[int]) -> list[Story]:
        """In the order asked for; unknown ids are left out."""

    async def articles(self, story_id: int, *, limit: int = 50) -> list[Article]:
        """The lead first, then by time."""

    async def latest(
        self, *, topics: Sequence[str] = (), limit: int, offset: int = 0
    ) -> list[Story]:
        """Newest last_at first; any of the topics, or all when empty.

        Without topics those that bear NOT_NEWS are left out.
        """

    async def fresh(
        self,
        *,
        chat_id: int,
        topics: Sequence[str] = (),
        since: datetime,
        until: datetime,
        limit: int,
    ) -> list[Story]:
        """Stories that came in (since, until] and that the chat has not had, newest first.

        A story comes when we first see it, so that a late feed misses no digest; but one that was
        published over 48 hours before that comes when it was published: a backfill is not news.
        """

    async def chosen(self, choices: Collection[int]) -> dict[int, frozenset[int]]:
        """The stories of each of these choices, as `DueGroup.had` names them."""

    async def tell(self, story_id: int, *, lead_id: int, summary: Sequence[str]) -> None:
        """Have its article `lead_id` lead, and these sentences sum it up until it is edited.

        Nothing happens if that article is not of that story (any more).
        """

    async def count(self) -> int: ...


class Corrections(Protocol):
    """What editors set right in stories, and what there is to judge: decisions and threads."""

    async def merge(self, story_id: int, other_id: int, *, now: datetime) -> bool:
        """The articles of the other come into the story; a chat that had either has had it.

        False, and nothing changed, if one of the two is not there.
        """

    async def split(self, articles: Sequence[int], *, now: datetime) -> int | None:
        """These articles of one story become a story of their own: its id.

        None, and nothing changed, if they are not of one story, or are all of it.
        """

    async def apart(self, story_id: int, other_id: int, *, now: datetime) -> bool:
        """They are two matters: no chapters of one thread. False if one is not there."""

    async def link(self, story_id: int, other_id: int, *, now: datetime) -> bool:
        """They are chapters of one thread. False if one is not there."""

    async def reword(
        self, story_id: int, *, headline: str, summary: Sequence[str] | None, now: datetime
    ) -> bool:
        """It says this, whatever articles join it; None: its own summary. False if not there."""

    async def withdraw(self, story_id: int, *, reason: str | None, now: datetime) -> bool:
        """It is in no list, digest or search any more, nor are its articles.

        False if it is not there.
        """

    async def restore(self, story_id: int, *, now: datetime) -> bool:
        """It is told as before it was reworded or withdrawn. False if it was neither."""

    async def since(self, *, after_id: int = 0, limit: int) -> list[Correction]:
        """In the order in which they were made."""

    async def chapters(self, story_id: int) -> list[Story]:
        """The stories of its thread, itself among them, oldest first; none without a thread."""

    async def decisions(self, story_id: int) -> dict[int, Decision]:
        """By article, why each was put into the story; of old ones nothing is known."""

    async def now_called(self, story_id: int) -> int:
        """The story that it was merged into; itself if it was not."""


class Chats(Protocol):
    """Where posts go, and what each chat chose."""

    async def get(self, chat_id: int) -> Chat | None: ...

    async def see(self, chat: Chat, *, now: datetime) -> Chat:
        """Store a chat, or refresh title, username and kind of a known one; choices stay.

        A language the client tells is taken only while none is stored.
        """

    async def choose(
        self,
        chat_id: int,
        *,
        language: str | None = None,
        zone: str | None = None,
        header: str | None = None,
        say_empty: bool | None = None,
        owner_id: int | None = None,
    ) -> None:
        """Set what is not None ('' clears a header)."""

    async def sleep(self, chat_id: int, *, reason: str, now: datetime) -> None:
        """Nothing can be sent there: schedules rest, open deliveries die with the reason."""

    async def wake(self, chat_id: int, *, now: datetime) -> bool:
        """Its schedules run again; True if it was asleep."""

    async def migrate(self, old_id: int, new_id: int, *, now: datetime) -> None:
        """Move everything of a group to the supergroup it became, in one transaction."""

    async def forget(self, chat_id: int) -> None:
        """Delete every row about the chat, from the outbox too."""

    async def owned_by(self, user_id: int) -> list[Chat]:
        """Channels this person made the bot an admin of."""

    async def by_username(self, username: str) -> Chat | None:
        """Without @, case ignored."""

    async def ask(self, chat_id: int, question: str, *, now: datetime) -> None:
        """Remember the question the bot asked, so that the next text answers it ('' forgets)."""

    async def asked(self, chat_id: int, *, now: datetime) -> str | None:
        """The open question, if it is younger than an hour."""


class Subscriptions(Protocol):
    """Who wants what, and when."""

    async def add(
        self,
        *,
        chat_id: int,
        topics: Sequence[str],
        schedule: Schedule,
        next_run_at: datetime | None,
        now: datetime,
        thread_id: int | None = None,
        max_stories: int = 10,
    ) -> Subscription:
        """Store one; one of the same chat, thread and topics is changed instead."""

    async def get(self, subscription_id: int) -> Subscription | None: ...

    async def of_chat(self, chat_id: int) -> list[Subscription]: ...

    async def change(
        self,
        subscription_id: int,
        *,
        topics: Sequence[str] | None = None,
        schedule: Schedule | None = None,
        next_run_at: datetime | None = None,
        max_stories: int | None = None,
    ) -> Subscription | None:
        """Set what is not None."""

    async def remove(self, subscription_id: int) -> bool: ...

    async def due(
        self, *, now: datetime, limit: int, had_since: datetime | None = None, minutes: int = 1
    ) -> list[DueGroup]:
        """Active ones of awake chats whose next_run_at has come, longest due first, in groups.

        `limit` is of subscriptions. `had` tells of the digests since `had_since`, or of all that
        are remembered. Each chat has its own of so many `minutes`, always the same.
        """

    async def put_off(self, to: Mapping[int, datetime | None], *, now: datetime) -> None:
        """Set the next run of those that are still due."""

    async def next_due_at(self) -> datetime | None:
        """When the earliest of them comes."""

    async def count(self) -> int: ...


class Outbox(Protocol):
    """The table of deliveries: every post is a row before it is a request."""

    async def plan(self, digest: NewDigest) -> bool:
        """One transaction: digest, deliveries, stories had. False, and nothing changed, if the
        key is already there."""

    async def plan_shared(self, digests: Sequence[SharedDigest], *, now: datetime) -> int:
        """One transaction: the same for many, with the slot and next_run_at of subscriptions.

        For how many subscriptions a digest is new; one that is gone, asleep or has a digest of
        that slot gets none. Deliveries join the broadcast of their slot, and its fate.
        """

    async def merge_into_next(self, subscription_ids: Sequence[int], *, now: datetime) -> int:
        """The newest digests of these die unless some of it was claimed: a newer one is coming.

        Their stories count as not had, and their slots as not planned. How many died.
        """

    async def add(self, delivery: NewDelivery, *, now: datetime) -> bool:
        """Store one delivery; False if its key is already there."""

    async def claim(
        self,
        *,
        owner: str,
        now: datetime,
        limit: int,
        lease_s: int,
        only_asked: bool = False,
    ) -> list[Delivery]:
        """Planned, or retry whose not_before has come, asked for first, then by id; but of the
        others every second one is a channel's while there are any. `only_asked`: no others.

        Awake chats only. Never one whose chat has an earlier delivery that is claimed, sending,
        unknown or waiting to be retried, or a later one that is under way, unless that one is in
        this same claim and before it.
        Those past their expires_at die instead.
        """

    async def sending(self, delivery_id: int, *, floor: int | None, now: datetime) -> bool:
        """Commit, durably, that the request is about to leave; False if it was taken back."""

    async def sent(self, delivery_id: int, *, message_id: int, now: datetime) -> None: ...

    async def retry(
        self, delivery_id: int, *, not_before: datetime, error: str, now: datetime
    ) -> None: ...

    async def dead(self, delivery_id: int, *, error: str, now: datetime) -> None: ...

    async def unknown(self, delivery_id: int, *, error: str, now: datetime) -> None: ...

    async def mark(
        self, *, sending: Sequence[int], sent: Mapping[int, int], now: datetime
    ) -> set[int]:
        """Many marks in one durable transaction: `sent` (id → message id), then `sending`.

        Those of `sending` that may leave now; each with the floor of its chat's counter.
        """

    async def release(self, delivery_ids: Sequence[int], *, now: datetime) -> int:
        """Those of them that are claimed are planned again; how many were."""

    async def give_back(self, *, owner: str, now: datetime) -> int:
        """Claimed ones of this owner are planned again (a clean stop)."""

    async def mend(self, *, now: datetime) -> Mapping[str, int]:
        """Mend deliveries in states that cannot be, so that nothing is sent twice.

        What was wrong, in words, and with how many.
        """

    async def recover(self, *, owner: str, now: datetime) -> tuple[int, int]:
        """A new owner at its start takes back what a dead one held.

        claimed → planned, sending → unknown; how many of each.
        """

    async def in_doubt(self, *, before: datetime, limit: int) -> list[Delivery]:
        """Unknown since before that instant, oldest first."""

    async def unsend(self, delivery_id: int, *, now: datetime) -> None:
        """Reconciliation found it was not sent: unknown → planned."""

    async def again(self, delivery_id: int, *, chat_id: int, now: datetime) -> bool:
        """Somebody wants a dead one of that chat sent after all; False if it is not dead (now)."""

    async def clock_set(self, by: timedelta, *, now: datetime) -> int:
        """The clock was set forward or back to `now`: what waits for a time to pass waits on.

        How many rows that moved. Instants that were planned for stay.
        """

    async def known_ids(self, chat_id: int, *, above: int) -> set[int]:
        """Message ids above that one which the counter of this chat is known to have used.

        The counter is the chat's own for channels and supergroups, else the bot's own, shared by
        all private chats and basic groups.
        """

    async def saw_message(self, chat_id: int, message_id: int) -> None:
        """Note an id in use (an answer of ours, an incoming message).

        Kept are the newest 1,000, and whatever lies above the floor of a delivery in doubt.
        """

    async def floor(self, chat_id: int) -> int | None:
        """The highest message id known for this chat's counter."""

    async def counts(self) -> Mapping[DeliveryState, int]: ...

    async def letters(self, *, limit: int) -> list[Delivery]:
        """Dead letters, newest first: not those that were cancelled, or merged into another."""

    async def list(
        self, *, state: DeliveryState | None = None, limit: int = 50
    ) -> list[Delivery]: ...

    async def left_since(self, since: datetime, *, limit: int) -> Sequence[tuple[int, datetime]]:
        """Chat and instant of the newest that left since then, in their order; of those in doubt,
        when they became so."""

    async def told_to_wait(self, *, now: datetime, limit: int) -> dict[int, datetime]:
        """The chats of which Telegram said 429, and until when they wait; the longest first."""

    async def next_retry_at(self) -> datetime | None:
        """When the first that waits for its time may be claimed; None: only the bell can tell."""


class Edits(Protocol):
    """Messages that are edited because an editor amended a story which they tell."""

    async def holding(self, story_id: int) -> int:
        """How many messages that left tell the story."""

    async def outdated(self, *, after_id: int = 0, limit: int) -> list[OutdatedPost]:
        """Posts that tell a story otherwise than its newest amendment has it told, by id."""

    async def replace(self, post_id: int, post: Post, *, now: datetime, limit: int) -> int:
        """Give up to so many deliveries that have the one post the other; how many had it.

        An edit is planned for those that may have left, in awake chats.
        """

    async def due(self, *, now: datetime, limit: int) -> list[Edit]:
        """Planned edits whose time has come, of deliveries that are sent, or dead after all."""

    async def done(self, edit: Edit, *, now: datetime) -> None: ...

    async def put_off(
        self, edit: Edit, *, until: datetime, attempts: int, error: str, now: datetime
    ) -> None:
        """Not before then; so many attempts were made by now."""

    async def dead(self, edit: Edit, *, error: str, now: datetime) -> None: ...

    async def counts(self) -> Mapping[EditState, int]: ...

    async def reasons(self, *, limit: int) -> dict[str, int]:
        """Why messages stay as they are, and how many; the most frequent first."""


class Broadcasts(Protocol):
    """All that was planned for one slot, seen and steered as one."""

    async def list(self, *, limit: int) -> list[Broadcast]:
        """The newest slots first; after them any others that are running or paused."""

    async def of(self, slot: datetime) -> Broadcast | None: ...

    async def sent_since(self, broadcast_id: int, since: datetime) -> int:
        """How many of its deliveries were sent since then."""

    async def pause(self, broadcast_id: int, *, now: datetime) -> bool:
        """No more of it leaves, requests in flight apart; False unless it was running."""

    async def resume(self, broadcast_id: int, *, now: datetime) -> bool:
        """It goes on where it was; False unless it was paused."""

    async def cancel(self, broadcast_id: int, *, now: datetime) -> bool:
        """No more of it will ever leave; False unless it was running or paused.

        Call `clear` until it returns 0: then the deliveries know it too.
        """

    async def clear(self, *, now: datetime) -> int:
        """A slice of cancelled broadcasts' deliveries that have not left die; how many.

        The stories of digests of which nothing left count as not had.
        """

    async def finish(self, *, now: datetime) -> int:
        """Running ones without an open delivery are done; how many."""


class Notes(Protocol):
    """Small facts that must outlive the process: offsets, versions, what was said once."""

    async def get(self, name: str) -> str | None: ...

    async def set(self, name: str, value: str) -> None: ...


class Ownership(Protocol):
    """The lease of the one owner, for machines that share a database.

    `own()` of the store comes first: what the machine's own lock tells needs no waiting.
    """

    async def holder(self) -> Holder | None:
        """Who held it last; None: nobody ever did."""

    async def take(
        self, name: str, *, after: Holder | None, now: datetime, until: datetime
    ) -> bool:
        """Hold it, if since `after` was read nobody else took it and no heart beat.

        From then on this store writes only while it is held by `name`: else OwnerLost.
        """

    async def beat(self, name: str, *, now: datetime, until: datetime) -> None:
        """Renew the lease. Raises OwnerLost."""

    async def leave(self, name: str, *, now: datetime) -> None:
        """Let go, so that nobody has to wait. Raises OwnerLost."""


class Store(Protocol):
    """A store, open."""

    @property
    def sources(self) -> Sources: ...
    @property
    def hubs(self) -> Hubs: ...
    @property
    def articles(self) -> Articles: ...
    @property
    def stories(self) -> Stories: ...
    @property
    def corrections(self) -> Corrections: ...
    @property
    def chats(self) -> Chats: ...
    @property
    def subscriptions(self) -> Subscriptions: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def edits(self) -> Edits: ...
    @property
    def broadcasts(self) -> Broadcasts: ...
    @property
    def notes(self) -> Notes: ...
    @property
    def ownership(self) -> Ownership: ...

    def own(self) -> None:
        """Become the one owner of the database until close(), or raise StoreBusy.

        An OS lock on a file beside it: `svodka run` takes it, commands do not.
        """

    async def backup(self, path: str) -> None:
        """A consistent copy at `path`, made while the bot runs."""

    async def check(self) -> list[str]:
        """What is wrong with the database, one sentence each; [] when nothing is."""

    async def tidy(self, *, now: datetime, keep_days: int) -> int:
        """Delete settled deliveries and seen ids older than that; how many rows went."""

    async def close(self) -> None: ...
