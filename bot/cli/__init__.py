"""The commands of Svodka: what each is called and takes. Each imports what it needs, never aiogram.

Exit status: 0 done, 1 something failed (said on stderr), 2 wrong usage.
"""

import argparse
import logging
import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from bot import __version__

if TYPE_CHECKING:
    Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

MAX_ARTICLES = 1000


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    args = _parsed(argv)
    from bot.cli.failures import said
    from bot.loop import run

    # What a command warns of, it says itself; `run` sets up a log of its own.
    logging.basicConfig(level=logging.ERROR, format="svodka: %(message)s")
    try:
        command = getattr(import_module(f"bot.cli.{args.room}"), args.command)
        return int(run(command(args)))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `svodka latest | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as e:
        if (sentence := said(e)) is None:
            raise
        print(f"svodka: {sentence}", file=sys.stderr)
        return 1


def _parsed(argv: Sequence[str] | None) -> argparse.Namespace:
    """The arguments; in free text `-word` is a word that must not be there, not an option."""
    parser = build_parser()
    args, left = parser.parse_known_args(argv)
    if left and ("free" not in args or any(word.startswith("--") for word in left)):
        parser.error(f"unrecognized arguments: {' '.join(left)}")
    if left:
        getattr(args, args.free).extend(left)
    return args


def build_parser() -> argparse.ArgumentParser:
    """Every command, with its help; docs are held against it."""
    parser = argparse.ArgumentParser(
        prog="svodka", description="A Telegram bot that gathers regional news and sends digests."
    )
    parser.add_argument("--version", action="version", version=f"svodka {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_bot(commands)
    _add_articles(commands)
    _add_stories(commands)
    _add_sources(commands)
    _add_topics(commands)
    _add_house(commands)
    return parser


def _command(
    commands: "Commands", name: str, room: str, help_: str, *, json: bool = True, call: str = ""
) -> argparse.ArgumentParser:
    """One command, served by the coroutine `call` (its own name by default) of bot.cli.<room>."""
    command = commands.add_parser(name, help=help_, description=help_)
    command.set_defaults(room=room, command=call or name)
    if json:
        command.add_argument("--json", action="store_true", help="print JSON")
    return command


def _add_bot(commands: "Commands") -> None:
    run = _command(commands, "run", "run", "be the bot; without BOT_TOKEN, a sandbox", json=False)
    run.add_argument(
        "--drop-samples", action="store_true", help="first delete the sandbox's sample articles"
    )
    run.add_argument(
        "--standby", action="store_true", help="wait while another copy is the bot, then take over"
    )
    verify = _command(
        commands, "verify-telegram", "verify", "try what reconciliation relies on", call="verify"
    )
    verify.add_argument("--chat", required=True, type=_chat, metavar="ID", help="or @name")


def _add_articles(commands: "Commands") -> None:
    take = _command(
        commands, "import", "gather", "take articles from files, folders and addresses", call="take"
    )
    take.add_argument("what", nargs="+", metavar="PATH|URL")
    take.add_argument("--source", metavar="TITLE", help="the heading they stand under")
    take.add_argument("--pages", action="store_true", help="fetch the full text of feed entries")
    poll = _command(commands, "poll", "gather", "poll sources now (all that are on, or these)")
    poll.add_argument("ids", nargs="*", type=int, metavar="ID")

    latest = _command(commands, "latest", "read", "the newest articles")
    latest.add_argument("topic", nargs="?", metavar="TOPIC")
    _count(latest, 10)
    search = _command(commands, "search", "read", "articles that match")
    search.add_argument("query", nargs="+", metavar="QUERY")
    search.set_defaults(free="query")
    _count(search, 10)
    _count(_command(commands, "stories", "read", "the newest stories"), 10)
    ask = _command(commands, "ask", "read", "answer a question from the news")
    ask.add_argument("question", nargs="+", metavar="QUESTION")
    ask.set_defaults(free="question")
    digest = _command(commands, "digest", "read", "what a digest would hold now; sends nothing")
    digest.add_argument("--topic", nargs="+", default=[], metavar="T")
    digest.add_argument("--since", type=_hours, default="24h", metavar="24h")
    _count(digest, 10)
    week = _command(commands, "pulse", "pulse", "seven days in numbers, by day and topic")
    week.add_argument("--out", metavar="FILE.png", help="draw them, as /pulse does")
    week.add_argument("--dark", action="store_true", help="light on dark")


def _add_stories(commands: "Commands") -> None:
    story = _command(commands, "story", "story", "a story, its articles and its chapters")
    story.add_argument("id", type=int, metavar="ID")
    story.add_argument("--why", action="store_true", help="why each article is in it")
    story.add_argument("--past", action="store_true", help="what each said before it was edited")
    correct = commands.add_parser("correct", help="set stories right; what is like them follows")
    verbs = correct.add_subparsers(metavar="VERB", required=True)
    split = _command(verbs, "split", "story", "articles leave for a story of their own", json=False)
    split.add_argument("articles", nargs="+", type=int, metavar="ARTICLE")
    for word, help_ in (
        ("merge", "two stories are one event: the other's articles come into the first"),
        ("apart", "two stories are two matters, and no chapters of one thread"),
        ("link", "two stories are chapters of one thread"),
    ):
        verb = _command(verbs, word, "story", help_, json=False)
        verb.add_argument("id", type=int, metavar="ID")
        verb.add_argument("other", type=int, metavar="OTHER")
    reword = _command(verbs, "reword", "amending", "say what a story says", json=False)
    reword.add_argument("id", type=int, metavar="ID")
    reword.add_argument("--headline", required=True, type=_words, metavar="TEXT")
    reword.add_argument(
        "--summary", nargs="+", type=_words, metavar="SENTENCE", help="in place of its own"
    )
    withdraw = _command(verbs, "withdraw", "amending", "tell a story no more", json=False)
    withdraw.add_argument("id", type=int, metavar="ID")
    withdraw.add_argument("--reason", type=_words, metavar="TEXT", help="readers are told it")
    restore = _command(verbs, "restore", "amending", "tell a story as it was", json=False)
    restore.add_argument("id", type=int, metavar="ID")
    _command(commands, "edits", "amending", "messages that are edited after a correction")


def _add_sources(commands: "Commands") -> None:
    sources = commands.add_parser("sources", help="where the news come from")
    verbs = sources.add_subparsers(metavar="VERB", required=True)
    _command(verbs, "list", "sources", "every source", call="list_")
    add = _command(verbs, "add", "adding", "find out what is at an address, and follow it")
    add.add_argument("what", metavar="WHAT", help="a feed, site, @channel, page, sitemap or folder")
    add.add_argument("--selector", metavar="CSS", help="of a page's links to its articles")
    add.add_argument("--title", help="what it is called here")
    add.add_argument("--region", help="what it tells of")
    add.add_argument("--zone", type=_zone, help="of dates that name none: Asia/Novokuznetsk")
    add.add_argument("--language", choices=("ru", "be", "en"), help="of its texts")
    remove = _command(verbs, "remove", "sources", "forget a source; its articles stay")
    remove.add_argument("id", type=int, metavar="ID")
    for word, help_ in (("on", "poll a source again"), ("off", "poll a source no more")):
        switch = _command(verbs, word, "sources", help_, call="switch")
        switch.add_argument("id", type=int, metavar="ID")
        switch.set_defaults(on=word == "on")
    check = _command(verbs, "check", "checking", "the state of every source, or of these")
    check.add_argument("ids", nargs="*", type=int, metavar="ID")
    import_ = _command(
        verbs, "import", "listing", "add the sources of an OPML list", call="import_"
    )
    import_.add_argument("file", metavar="FILE.opml")
    import_.add_argument("--no-check", action="store_true", help="do not read them at once")
    _command(verbs, "export", "listing", "print the sources as OPML", json=False)


def _add_topics(commands: "Commands") -> None:
    topics = commands.add_parser("topics", help="what articles are filed under")
    verbs = topics.add_subparsers(metavar="VERB", required=True)
    _command(verbs, "list", "topics", "every topic", call="list_")
    explain = _command(verbs, "explain", "topics", "which words file a text under which topics")
    explain.add_argument("text", nargs="+", metavar="TEXT_OR_FILE")
    explain.set_defaults(free="text")


def _add_house(commands: "Commands") -> None:
    deliveries = _command(
        commands, "deliveries", "deliveries", "the outbox: counts, broadcasts and rows; steer one"
    )
    deliveries.add_argument("do", nargs="?", choices=("pause", "resume", "cancel"))
    deliveries.add_argument("slot", nargs="?", metavar="BROADCAST", help="as in 20261118T0100Z")
    deliveries.add_argument("--dead", action="store_true", help="what was never sent, and why")
    states = ("planned", "claimed", "sending", "sent", "retry", "dead", "unknown")
    deliveries.add_argument("--state", choices=states, metavar="S", help=", ".join(states))
    _count(deliveries, 20)
    _command(commands, "check", "house", "are the settings, files and database sound?")
    reindex = _command(
        commands, "reindex", "house", "understand stored articles by this version's rules"
    )
    reindex.add_argument("--all", action="store_true", help="every article, from the beginning")
    backup = _command(commands, "backup", "house", "copy the database, also while the bot runs")
    backup.add_argument("path", metavar="PATH")


def _count(command: argparse.ArgumentParser, default: int) -> None:
    command.add_argument("-n", type=_up_to_max, default=default, metavar="N", help="how many")


def _up_to_max(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MAX_ARTICLES:
        raise argparse.ArgumentTypeError(f"write a number from 1 to {MAX_ARTICLES}")
    return int(text)


def _words(text: str) -> str:
    """One line, in which something can be read."""
    from bot.jobs.articles.correcting import in_words

    if (line := in_words(text)) is None:
        raise argparse.ArgumentTypeError("write some words")
    return line


def _hours(text: str) -> float:
    """Hours in `24h`, `90m`, `3d`, or a bare number of hours."""
    unit = {"m": 1 / 60, "h": 1.0, "d": 24.0}.get(text[-1:].lower())
    number = text if unit is None else text[:-1]
    if not number.isdecimal() or not int(number):
        raise argparse.ArgumentTypeError("write a span like 24h, 90m or 3d")
    return int(number) * (unit or 1.0)


def _chat(text: str) -> int | str:
    if re.fullmatch(r"@[A-Za-z]\w{3,31}", text):
        return text
    if re.fullmatch(r"-?[1-9]\d*", text):
        return int(text)
    raise argparse.ArgumentTypeError("write a chat's id, like -1001234567890, or its @name")


def _zone(text: str) -> str:
    try:
        return str(ZoneInfo(text))
    except (ValueError, OSError, KeyError):  # the three ways in which it refuses a name
        raise argparse.ArgumentTypeError("write a zone like Asia/Novokuznetsk") from None
