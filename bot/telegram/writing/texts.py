"""What the bot says, in Russian, Belarusian and English: Fluent files in locales/, one per theme.

A text is asked for by its key: `text("when-minutes", n=3)`. A key or a variable that is missing is
an error, never a blank; tests hold every locale to the same keys and variables.
"""

from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from fluent.runtime import FluentBundle, FluentResource

LANGUAGES = ("ru", "be", "en")
REMEMBERED = 512  # texts of a language, as they were said last


class MissingText(LookupError):
    """A locale lacks a key, or a text was given too few values."""


class Text:
    """The texts of one language; call it with a key and values."""

    def __init__(self, language: str, sources: list[str]) -> None:
        self.language = language
        # No isolating marks: they show as boxes in some clients and break copied commands.
        self._bundle = FluentBundle([language], use_isolating=False)
        for source in sources:
            self._bundle.add_resource(FluentResource(source))
        # Plurals are slow: «3 часа назад» five times took a quarter of drawing a page of news.
        self._remembered = lru_cache(maxsize=REMEMBERED, typed=True)(self._say)

    def __call__(self, key: str, **values: object) -> str:
        return self._remembered(key, **values)

    def _say(self, key: str, **values: object) -> str:
        try:
            pattern = self._bundle.get_message(key).value
        except LookupError as e:
            raise MissingText(f"no text {key!r} in {self.language}") from e
        if pattern is None:
            raise MissingText(f"text {key!r} in {self.language} has no value")
        said, errors = self._bundle.format_pattern(pattern, values)
        if errors:
            raise MissingText(f"text {key!r} in {self.language}: {errors[0]}") from errors[0]
        return str(said)


class Texts:
    """All languages; `get` gives the reader's, or the default one."""

    def __init__(self, default: str = "ru") -> None:
        if default not in LANGUAGES:
            raise MissingText(f"no language {default!r}; there are {', '.join(LANGUAGES)}")
        self.default = default
        self._texts = {code: _text(code) for code in LANGUAGES}

    def get(self, language: str | None) -> Text:
        """The texts of that language (`be-BY` counts as `be`); of the default for any other."""
        code = (language or "").lower().partition("-")[0]
        return self._texts.get(code, self._texts[self.default])


def locale_files(language: str) -> list[Traversable]:
    folder = files("bot.telegram") / "locales" / language
    found = [f for f in folder.iterdir() if f.name.endswith(".ftl")]
    return sorted(found, key=lambda f: f.name)


@cache
def _text(language: str) -> Text:
    """One for all that ask: to parse a language takes a third of a second."""
    return Text(language, _read(language))


def _read(language: str) -> list[str]:
    return [f.read_text(encoding="utf-8") for f in locale_files(language)]
