"""Summaries for a person to judge: what we print of an article, beside what an editor would.

    python -m bench.summaries FILE.jsonl [--show 30]

Prints Markdown, evenly over the file. The figure behind each is its ROUGE-L against the editor's.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.quality.measures import rouge_l
from bench.quality.reading import BadFile, read_all
from bench.quality.texts import understood

SHOWN = 30


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.summaries", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--show", type=int, default=SHOWN, help="how many")
    asked = parser.parse_args(arguments)
    try:
        print(shown(asked.file, asked.show))
    except BadFile as e:
        print(f"bench.summaries: {e}.", file=sys.stderr)
        return 1
    return 0


def shown(path: Path, count: int = SHOWN) -> str:
    """So many articles of a file, evenly over it: title, our sentences, the editor's."""
    labelled = [one for one in read_all([path]) if one.best_sentences]
    step = max(1.0, len(labelled) / max(1, count))
    articles = [labelled[int(at * step)] for at in range(min(count, len(labelled)))]
    parts = []
    for article, found in zip(articles, understood(articles), strict=True):
        ours, theirs = " ".join(found.summary), " ".join(article.best_sentences)
        figure = f"{rouge_l(ours, theirs):.2f}"
        parts.append(f"**{article.title}** ({figure})\n\n- ours: {ours}\n- editor: {theirs}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    sys.exit(main())
