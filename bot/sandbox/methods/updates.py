"""getMe, and how updates reach the bot: long polling or a webhook."""

from typing import TYPE_CHECKING

from bot.sandbox.errors import ApiError
from bot.sandbox.updates import WEBHOOK_SET
from bot.sandbox.world import Json

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

LONGEST_POLL_S = 50
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


async def get_me(box: "Sandbox", p: Json) -> Json:
    return box.bot


async def get_updates(box: "Sandbox", p: Json) -> list[Json]:
    if box.webhook.url:
        raise ApiError(409, WEBHOOK_ACTIVE)
    box.updates.allow(p.get("allowed_updates"))
    return await box.updates.poll(
        offset=p.get("offset", 0),
        limit=max(1, min(p.get("limit", 100), 100)),
        timeout_s=max(0, min(p.get("timeout", 0), LONGEST_POLL_S)),
    )


async def set_webhook(box: "Sandbox", p: Json) -> bool:
    if p.get("url"):
        box.updates.oust(WEBHOOK_SET)
    await box.webhook.set(
        p.get("url", ""),
        secret=p.get("secret_token"),
        max_connections=p.get("max_connections", 40),
    )
    box.updates.allow(p.get("allowed_updates"))
    _drop(box, p)
    return True


async def delete_webhook(box: "Sandbox", p: Json) -> bool:
    await box.webhook.set("", secret=None, max_connections=0)
    _drop(box, p)
    return True


async def get_webhook_info(box: "Sandbox", p: Json) -> Json:
    return box.webhook.info()


async def close(box: "Sandbox", p: Json) -> bool:
    """The real server forgets the bot until its next call; here there is nothing to forget."""
    return True


def _drop(box: "Sandbox", p: Json) -> None:
    if p.get("drop_pending_updates"):
        box.updates.drop()


METHODS = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "logOut": close,
    "close": close,
}
