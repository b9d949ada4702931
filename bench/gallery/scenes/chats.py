"""Channels and groups."""

from bench.gallery.scene import Scenes
from bench.gallery.stage import ZONE, Stage
from bot.sandbox.sandbox import CHANNEL_ID
from bot.telegram.buttons import callbacks as cb
from storage.models import Chat, ChatKind, DeliveryKind

SCENES = Scenes()


@SCENES.add()
async def channel_made_admin(stage: Stage) -> None:
    """The bot was made an admin of a channel."""
    stage.box.acts.promote()
    await stage.hear()


@SCENES.add()
async def channel_settings(stage: Stage) -> None:
    """The settings of a channel, in its owner's chat."""
    await channel_made_admin(stage)
    await stage.says("/subscribe @my_channel_sandbox flights 8:00")
    stage.clear()
    await stage.says("/settings")
    await stage.presses(cb.Channel(do="open", chat=CHANNEL_ID))


@SCENES.add()
async def channel_digest(stage: Stage) -> None:
    """A digest in a channel: no buttons, its own head."""
    await channel_made_admin(stage)
    language = stage.text.language
    await stage.store.chats.choose(CHANNEL_ID, language=language, zone=ZONE)
    stage.chat_id = CHANNEL_ID
    await stage.subscribes(topics=("flights",), max_stories=3)
    await stage.is_due()


@SCENES.add()
async def channel_asleep(stage: Stage) -> None:
    """A word to the owner: the channel cannot be posted to."""
    chat = await stage.chat()
    await stage.gets([stage.render.notice(chat=chat, name="notice-asleep", channel="Мой канал")])


@SCENES.add()
async def channel_in_doubt(stage: Stage) -> None:
    """A post may have arrived or not."""
    channel = Chat(id=CHANNEL_ID, kind=ChatKind.CHANNEL, title="Мой канал")
    post = stage.render.doubt(chat=await stage.chat(), channel=channel, delivery_id=1)
    await stage.gets([post], DeliveryKind.NOTICE)


@SCENES.add()
async def group(stage: Stage) -> None:
    """In a group."""
    made = stage.box.acts.add_group("Соседи")
    await stage.hear()
    stage.chat_id = made.id
    await stage.says("/latest@svodka_sandbox_bot 2")


async def channel_screen(stage: Stage, do: str) -> None:
    await channel_settings(stage)
    await stage.presses(cb.Channel(do=do, chat=CHANNEL_ID))


@SCENES.add()
async def channel_header(stage: Stage) -> None:
    """The first line of a channel's digests."""
    await channel_screen(stage, "header")


@SCENES.add()
async def channel_language(stage: Stage) -> None:
    """The language of a channel."""
    await channel_screen(stage, "languages")


@SCENES.add()
async def channel_zone(stage: Stage) -> None:
    """The city of a channel."""
    await channel_screen(stage, "zones")


@SCENES.add()
async def channel_preview(stage: Stage) -> None:
    """What would come out now."""
    await channel_screen(stage, "preview")
