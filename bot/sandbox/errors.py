"""What the sandbox answers when it refuses, in Telegram's codes and words.

The texts are those of tdlib/telegram-bot-api (Client.cpp) and tdlib/td, so that a bot that
branches on them here branches the same way there.
"""

from collections.abc import Mapping


class ApiError(Exception):
    """A refusal as the Bot API words it: `{"ok": false, "error_code": …, "description": …}`."""

    def __init__(
        self, code: int, description: str, parameters: Mapping[str, int] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})


def bad_request(reason: str) -> ApiError:
    """400. The first letter is lowered unless the word is a server's constant (`BUTTON_…`)."""
    if not (len(reason) > 1 and (reason[1] == "_" or reason[1].isupper())):
        reason = reason[0].lower() + reason[1:]
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """403: the chat exists, but nothing can be sent there."""
    return ApiError(403, f"Forbidden: {reason}")


def too_many(retry_after_s: int) -> ApiError:
    """429, with the seconds to wait."""
    text = f"Too Many Requests: retry after {retry_after_s}"
    return ApiError(429, text, {"retry_after": retry_after_s})


def migrated(new_id: int) -> ApiError:
    """400: the group has become the supergroup `new_id`."""
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    return ApiError(400, text, {"migrate_to_chat_id": new_id})
