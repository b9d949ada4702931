"""What may be asked of a store about articles, and about pages that they wait for."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from storage.models import (
    Article,
    AwaitedPage,
    Event,
    Hit,
    NewArticle,
    PastVersion,
    PollOutcome,
    Query,
    Renewed,
    StoryPoint,
    Told,
)


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

    async def told(self, source_id: int, keys: Sequence[str]) -> dict[str, Told]:
        """What the articles with those of the keys that are stored tell, and where."""

    async def known_versions(
        self, source_id: int, versions: Sequence[str], *, since: datetime
    ) -> dict[str, list[str]]:
        """Those versions that articles of the source, seen since, have, each with their addresses.

        What comes with one of them again is a re-post.
        """

    async def edit(self, source_id: int, article: NewArticle, *, now: datetime) -> Article | None:
        """Take over what the source says anew of the article with that (source, key).

        Title, text and all that is understood of them change, also in search; when and where it
        was published, its story and address stay. Title and text before are kept as a PastVersion;
        if neither differs, only the version is noted, and it is no edit. Nor is the whole text of
        what was a lead: that takes its place without a trace. A version of None leaves the one
        that is stored. None: no such article.
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

    async def many(self, article_ids: Sequence[int]) -> list[Article]:
        """In the order asked for; unknown ids are left out."""

    async def find(
        self, source_id: int, *, key: str, url: str | None, also_at: Sequence[str] = ()
    ) -> Article | None:
        """The stored article for whose sake `add` answers None to one of these."""

    async def latest(
        self, *, topic: str | None = None, limit: int, offset: int = 0
    ) -> list[Article]:
        """Newest first, by published_at."""

    async def search(
        self,
        query: Query,
        *,
        limit: int,
        offset: int = 0,
        any_word: bool = False,
        stories: int | None = None,
    ) -> list[Hit]:
        """Articles that match, best first, from the newest 500 that do.

        With `stories`, only those of the best so many stories: who shows few reads few.

        Dates are since ≤ published < until. Without words, newest first. `any_word`: one of the
        words is enough, beside the phrases. Topics need a score that put the topic on the article;
        excluded words never match.
        """

    async def having(self, words: Sequence[str]) -> dict[str, int]:
        """In how many articles each of these words is; those that are in none are left out."""

    async def since(self, since: datetime, *, after_id: int = 0) -> list[int]:
        """The ids of all articles published since, in order."""

    async def points(self, article_ids: Sequence[int]) -> list[StoryPoint]:
        """What the story index is fed from, in the order asked for; unknown ids are left out."""

    async def ahead(
        self,
        *,
        since: datetime,
        until: datetime,
        limit: int,
        words: Sequence[str] = (),
        topics: Sequence[str] = (),
    ) -> list[Event]:
        """What begins between, earliest first; without what is no news.

        `words`, `topics`: only of articles that have one of these; no news among them, since a
        forecast is what who asks for the weather wants.
        """

    async def under_way(
        self,
        *,
        at: datetime,
        told_since: datetime,
        limit: int,
        words: Sequence[str] = (),
        topics: Sequence[str] = (),
    ) -> list[Event]:
        """What began before and ends after, of articles published since; soonest to end first.

        `words` and `topics` as for `ahead`.
        """

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


class AwaitedPages(Protocol):
    """Pages of articles whose leads were stored with a `page_at`, until their text has come."""

    async def due(self, *, now: datetime, limit: int) -> list[AwaitedPage]:
        """Those whose ask_at has come, longest due first."""

    async def put_off(self, pages: Sequence[AwaitedPage]) -> None:
        """Ask for each again at its ask_at, with so many tries behind it."""

    async def drop(self, article_ids: Sequence[int]) -> None:
        """Wait for these no more: their articles stay as they are."""
