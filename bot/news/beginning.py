"""Beginning: a worker loads what every text needs, so that those who begin with it share that."""

from bot.news.understanding import Raw, understand
from bot.news.words.vocabulary import recall

_RU = "Губернатор Кузбасса Сергей Иванов открыл 5 ноября мост в Кемерове: он стоил 2 млн рублей."
_BE = (
    "Губернатар вобласці Сяргей Іваноў адкрыў 5 лістапада мост у Мінску: ён каштаваў 2 млн рублёў."
)
_EN = "Governor Ivan Petrov opened a bridge in Minsk on November 5: it cost 2 million dollars."


def begin(topics_toml: str, words: str) -> None:
    """Load dictionaries, tables and these topics, and recall the words. Raises TopicsError."""
    recall(words)
    understand([Raw(title=text, text=f"{text} {text}") for text in (_RU, _BE, _EN)], topics_toml)
