"""The week as /pulse shows it, for somebody at the command line."""

from bot.app.house import House
from bot.news.digests.pulse import Pulse


def draw_week(house: House, week: Pulse, *, dark: bool) -> bytes:
    """A PNG in the default language."""
    from bot.pictures.chart import draw
    from bot.pictures.palette import Theme
    from bot.telegram.rendering.pulse import chart
    from bot.telegram.writing.texts import Texts

    text = Texts(house.settings.default_language).get(None)
    return draw(chart(text, house.topics, week), Theme.DARK if dark else Theme.LIGHT)
