"""What a scene is: what a reader and the bot do before the picture is taken."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bench.gallery.stage import Stage

Play = Callable[[Stage], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One picture in each language. Its name is the file's, its words stand beside it."""

    name: str
    words: str
    play: Play
    known: bool  # the reader has been through the first steps
    admin: bool


class Scenes(list[Scene]):
    """Scenes of one theme, in the order in which they are written."""

    def add(self, *, known: bool = True, admin: bool = False) -> Callable[[Play], Play]:
        """Make a scene of a function: its name, and its docstring for words."""

        def added(play: Play) -> Play:
            name = play.__name__.replace("_", "-")
            words = (play.__doc__ or "").strip()
            self.append(Scene(name=name, words=words, play=play, known=known, admin=admin))
            return play

        return added
