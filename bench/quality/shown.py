"""Summaries for a person to judge: what we print of an article, beside what an editor would."""

from collections.abc import Sequence
from pathlib import Path

from bench.quality.measures import rouge_l
from bench.quality.reading import read_all
from bench.quality.texts import understood


def shown(files: Sequence[Path], count: int) -> list[str]:
    """Lines of Markdown: so many articles, evenly over the files, each with its ROUGE-L."""
    labelled = [one for one in read_all(files) if one.best_sentences]
    step = max(1.0, len(labelled) / max(1, count))
    articles = [labelled[int(at * step)] for at in range(min(count, len(labelled)))]
    lines = []
    for number, (article, found) in enumerate(
        zip(articles, understood(articles), strict=True), start=1
    ):
        ours, theirs = " ".join(found.summary), " ".join(article.best_sentences)
        lines.append(f"{number}. **{article.title}** ({rouge_l(ours, theirs):.2f})")
        lines.append(f"   - ours: {ours}")
        if ours != theirs:
            lines.append(f"   - editor: {theirs}")
    return lines
