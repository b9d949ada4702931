"""Questions from people: understood, answered, and remembered for what they ask next.

What was asked last is kept in memory for ten minutes, and nowhere else.
"""

from datetime import datetime, timedelta

from aiogram.types import Message, User

from bot.jobs.answering.answer import answer as find
from bot.news.questions.followup import follow_up
from bot.news.questions.query import parse_query
from bot.news.questions.smalltalk import small_talk
from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.conversation.answers import answer, say, typing
from bot.telegram.conversation.lately import Lately
from bot.telegram.rendering import lists
from bot.telegram.rendering.stories import Reader
from bot.telegram.writing.posts import one_line, units
from storage.models import Post, Query
from storage.ports import Store

PAGE = 5
LONGEST = 200  # UTF-16 units of a question
REMEMBERED = timedelta(minutes=10)
QUICK_S = 0.7  # an answer that takes no longer comes without «typing…»


class Questions:
    """Answers what people ask. A follow-up («а в Минск?») is understood by their last question."""

    def __init__(self, store: Store, topics: Topics) -> None:
        self._store = store
        self._topics = topics
        self._last: Lately[tuple[int, int], str] = Lately(REMEMBERED)  # by chat and person

    async def answer(self, message: Message, words: str, reader: Reader, *, now: datetime) -> None:
        """Answer in the message's chat and forum topic."""
        if units(words) > LONGEST:
            example = reader.text("search-example")
            await say(message, reader.text("search-long", example=example))
            return
        asked = self._meant(message, words, reader, now=now)
        thread = message.message_thread_id if message.is_topic_message else None
        assert message.bot is not None
        async with typing(message.bot, message.chat.id, thread_id=thread, after_s=QUICK_S):
            me = await message.bot.me()
            post = await self.look(asked, cb.FoundPage(offset=0), reader, me=me, now=now)
        if lists.asked_in(post.text):
            self._last.put(_who(message), asked, now=now)
        await answer(message, post)

    async def look(
        self, words: str, page: cb.FoundPage, reader: Reader, *, me: User, now: datetime
    ) -> Post:
        """A page of what these words find. `me`: the bot."""
        if talk := small_talk(words):
            return lists.talk(reader.text, talk)
        query = await self._parse(words, reader, now=now)
        if query.empty:
            return lists.not_understood(reader.text)
        found = await find(
            self._store, query, limit=PAGE + 1, offset=page.offset, quote=query.question
        )
        return lists.found(reader, query, found, page, size=PAGE, me=me, now=now)

    def forget(self, chat_id: int) -> None:
        """Nothing was ever asked in that chat."""
        self._last.drop(*[who for who in self._last if who[0] == chat_id])

    def _meant(self, message: Message, words: str, reader: Reader, *, now: datetime) -> str:
        """The question in full: a follow-up is about what it replies to, else what came before."""
        last = _replied_to(message) or self._last.get(_who(message), now=now)
        if not last:
            return words
        zone = reader.zone
        meant = follow_up(one_line(words), last, now=now, zone=zone, topics=self._topics)
        return meant or words

    async def _parse(self, words: str, reader: Reader, *, now: datetime) -> Query:
        names = await self._store.sources.titles()
        return parse_query(words, now=now, zone=reader.zone, topics=self._topics, sources=names)


def _who(message: Message) -> tuple[int, int]:
    person = message.sender_chat or message.from_user
    return message.chat.id, person.id if person else 0


def _replied_to(message: Message) -> str:
    """The question that stands in the answer of ours that this message replies to."""
    reply, bot = message.reply_to_message, message.bot
    ours = reply and bot and reply.from_user and reply.from_user.id == bot.id
    return lists.asked_in(reply.text or "") if reply and ours else ""
