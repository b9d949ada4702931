"""What may be asked of a store about stories, and what editors set right in them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from storage.models import (
    Accounts,
    Article,
    Choice,
    Correction,
    Decision,
    Query,
    Story,
)


class Stories(Protocol):
    """Articles about one event."""

    async def get(self, story_id: int) -> Story | None: ...

    async def many(self, story_ids: Sequence[int]) -> list[Story]:
        """In the order asked for; unknown ids are left out."""

    async def articles(self, story_id: int, *, limit: int = 50) -> list[Article]:
        """The lead first, then by time."""

    async def accounts(self, came: Mapping[int, int], *, limit: int) -> list[Accounts]:
        """The first `limit` articles of each story, as `articles` orders them.

        `came`: by story, how many of its articles came just now. One that had `limit` before is
        left out, and one that has a single article.
        """

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
        among: Collection[int] | None = None,
        since: datetime,
        until: datetime,
        limit: int,
        most_told: bool = False,
    ) -> list[Story]:
        """Stories that came in (since, until] and that the chat has not had, newest first.

        Those of any of the topics or `among` these; all, without topics and with None. `most_told`:
        those of the most articles first.

        A story comes when we first see it, so that a late feed misses no digest; but one that was
        published over 48 hours before that comes when it was published: a backfill is not news. It
        comes anew when, within 48 hours, a lead of it gives way to its whole text.
        """

    async def matching(
        self, wanted: Sequence[Sequence[Query]], *, since: datetime
    ) -> list[frozenset[int]]:
        """Those that came since then, by what is wanted: one of its queries finds an article.

        Of each query the newest 5,000 articles are looked through; its dates do not count. There
        may be older ones among them.
        """

    async def arrived(
        self, *, after_id: int, since: datetime, limit: int
    ) -> tuple[list[Story], int]:
        """Stories that came since then, of the next articles after that id; the last one's id."""

    async def completed(self, *, since: datetime, limit: int) -> tuple[list[Story], list[int]]:
        """Stories that came since then, one of whose leads gave way to its whole text.

        And the ids of all articles of which that is so, until they are forgotten.
        """

    async def forget_completed(self, article_ids: Sequence[int]) -> None:
        """They have been looked at: `completed` names them no more."""

    async def weightiest(
        self, *, topics: Sequence[str] = (), since: datetime, until: datetime, limit: int
    ) -> list[tuple[Story, int]]:
        """Those last told in (since, until], of any of the topics, or all; most articles first.

        Each with how many chapters its thread has, itself among them. Without topics those that
        bear NOT_NEWS are left out.
        """

    async def grown(self, *, since: datetime, until: datetime) -> dict[int, int]:
        """Stories of several articles, one of which we saw in (since, until]: their newest's id.

        By the newest 5,000 articles of that time.
        """

    async def chosen(self, choices: Collection[int]) -> dict[int, Choice]:
        """The stories of each of these choices, as `DueGroup.had` names them."""

    async def tell(self, story_id: int, *, lead_id: int, summary: Sequence[str]) -> None:
        """Have its article `lead_id` lead, and these sentences sum it up until it is edited.

        Nothing happens if that article is not of that story (any more).
        """

    async def counted(self, spans: Sequence[tuple[datetime, datetime]]) -> list[dict[str, int]]:
        """For each [since, until), how many stories came in it, by topic; under '' all of them.

        They come when they do for `fresh`. Those that bear NOT_NEWS are not counted; a topic
        without any is left out.
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

    async def newest(self, *, story_id: int | None = None, limit: int) -> list[Correction]:
        """Those that made the story what it is, or of all stories; the newest first."""

    async def chapters(self, story_id: int) -> list[Story]:
        """The stories of its thread, itself among them, oldest first; none without a thread."""

    async def decisions(self, story_id: int) -> dict[int, Decision]:
        """By article, why each was put into the story; of old ones nothing is known."""

    async def now_called(self, story_id: int) -> int:
        """The story that it was merged into; itself if it was not."""
