"""Which failures are the operator's to mend: told in a sentence, without a traceback."""

from bot.app import CannotStart
from bot.config import ConfigError
from storage.errors import StorageError


def said(e: Exception) -> str | None:
    """The sentence for a failure we foresee; None for a mistake of ours: that is shown whole."""
    if not isinstance(e, ConfigError | StorageError | CannotStart):
        return None
    sentence = str(e)
    return sentence if sentence.endswith(".") else f"{sentence}."
