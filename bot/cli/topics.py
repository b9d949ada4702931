"""`svodka topics`: what articles are filed under, and why."""

import argparse
from pathlib import Path

from bot import app
from bot.cli.output import fail, print_json
from bot.news.text.clean import clean
from bot.news.topics.scores import explain as explain_topics
from bot.sources.charset import decode


async def list_(args: argparse.Namespace) -> int:
    topics = app.load_topics(app.settings())[1]
    if args.json:
        print_json(
            [
                {
                    "slug": topic.slug,
                    "emoji": topic.emoji,
                    "titles": dict(topic.titles),
                    "descriptions": dict(topic.descriptions),
                }
                for topic in topics.all
            ]
        )
        return 0
    language = app.settings().default_language
    for topic in topics.all:
        print(f"{topic.emoji}  {topic.slug:<14} {topic.titles[language]}")
    return 0


def _text(words: list[str]) -> str:
    """The words themselves, or what the file says that they name."""
    path = Path(words[0])
    if len(words) > 1 or len(words[0]) > 255 or not path.is_file():
        return " ".join(words)
    return decode(path.read_bytes())


async def explain(args: argparse.Namespace) -> int:
    try:
        text = _text(args.text)
    except OSError as e:
        return fail(f"{args.text[0]} cannot be read: {e.strerror}.")
    cleaned = clean("", text)
    topics = app.load_topics(app.settings())[1]
    found = explain_topics(topics, cleaned.title, cleaned.text, given=text)
    if args.json:
        print_json(
            [
                {
                    "slug": topic.slug,
                    "score": round(topic.score, 3),
                    "matches": [
                        {"words": match.words, "weight": match.weight, "count": match.count}
                        for match in topic.matches
                    ],
                    "rules": round(topic.rules, 3),
                    "model": round(topic.model, 3),
                    "words": [{"word": word, "weight": weight} for word, weight in topic.words],
                }
                for topic in found
            ]
        )
        return 0
    for topic in found:
        words = ", ".join(
            f"{match.words} ×{match.count} ({match.weight:+g})" for match in topic.matches
        )
        print(f"{topic.slug:<14} {topic.score:.2f}  {words}")
        if topic.words:
            said = ", ".join(f"{word} {weight:+g}" for word, weight in topic.words)
            print(f"{'':<14} {topic.model:+.2f}  model: {said}")
    return 0
