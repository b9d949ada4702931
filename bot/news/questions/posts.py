"""Posts that people hold: the director, and not the commercial one, a deputy or who was it once."""

import re
from collections.abc import Collection, Sequence

NEAR = 2  # words before a post: «заместитель генерального директора»

# Folded words, and beginnings of words, that make another post of the one they stand before.
_WORDS = "зам зама заму замом экс арт вице пресс был былы былога второй второго deputy vice former"
_BEGINNINGS = (
    "коммерческ исполнительн техническ финансов художествен спортивн операцион креативн творческ "
    "музыкальн научн учебн региональн территориальн заместител помощни советник секретар бывш "
    "камерцыйн выканаучы выканаучаг тэхничн мастацк спартыун навуков намесник памочник дарадц "
    "дарадчы сакратар assistant commercial technical financial regional"
)
_QUALIFIER = re.compile(rf"(?:{'|'.join(_WORDS.split())}|(?:{'|'.join(_BEGINNINGS.split())})\w*)")
_OF_WHAT = re.compile(r"(?:\w+ )?(?:по|па) (?!слов|данным|итогам|мнени|прежн|звестк)")


def is_plain(posts: Collection[str], said: Sequence[str]) -> bool:
    """Whether one of the posts (lemmas) is named in these folded words, without more to it.

    «Генеральный директор» is the director; «директор завода по персоналу» is another one.
    """
    return any(
        word in posts
        and not any(map(_QUALIFIER.fullmatch, said[max(0, at - NEAR) : at]))
        and not _OF_WHAT.match(" ".join(said[at + 1 : at + 4]))
        for at, word in enumerate(said)
    )
