"""Rules by which the sandbox fails on purpose, so that tests meet what the real service does.

kinds: `429` (retry_after_s), `500` `502` (not accepted), `500_after` `502_after` (accepted, then
the error), `reset_before` `reset_after` (the connection is cut before or after accepting),
`truncated` (accepted; the answer is half its JSON), `slow` (delay_s, then goes on), and
`no_method` `blocked` `kicked` `deactivated` `chat_not_found` `migrated` (new_id): answers as if it
were so, the first as a server that is older than the method.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import ApiError, bad_request, forbidden, migrated, too_many

KINDS = frozenset(
    [
        "429",
        "500",
        "502",
        "500_after",
        "502_after",
        "reset_before",
        "reset_after",
        "truncated",
        "slow",
        "no_method",
        "blocked",
        "kicked",
        "deactivated",
        "chat_not_found",
        "migrated",
    ]
)
_SERVER = {
    "500": "Internal Server Error: restart",
    "502": "Bad Gateway",
}


@dataclass(slots=True, kw_only=True)
class Fault:
    """One rule. It takes the calls that match, `times` of them, after letting `skip` pass."""

    kind: str
    method: str | None = None  # None: any but getUpdates; `send*` takes all that begin so
    chat_id: int | str | None = None  # None: any
    times: int | None = 1  # None: until cleared
    skip: int = 0
    chance: float = 1.0
    retry_after_s: int = 1
    delay_s: float = 0.0
    new_id: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no such fault: {self.kind}; one of {', '.join(sorted(KINDS))}")

    def matches(self, method: str, params: Mapping[str, Any]) -> bool:
        """Whether the rule is about this call."""
        if self.method is None:
            wanted = method != "getUpdates"
        elif self.method.endswith("*"):
            wanted = method.lower().startswith(self.method[:-1].lower())
        else:
            wanted = method.lower() == self.method.lower()
        return wanted and self.chat_id in (None, params.get("chat_id"))

    @property
    def accepts(self) -> bool:
        """Whether the call is carried out although its answer is spoilt."""
        return self.kind in ("500_after", "502_after", "reset_after", "truncated")

    @property
    def resets(self) -> bool:
        """Whether the connection is cut."""
        return self.kind in ("reset_before", "reset_after")

    def refusal(self, chat_kind: str) -> ApiError | None:
        """The error this rule answers with; None when it spoils the call another way."""
        word = self.kind.removesuffix("_after")
        if word in _SERVER:
            return ApiError(int(word), _SERVER[word])
        match self.kind:
            case "429":
                return too_many(self.retry_after_s)
            case "no_method":
                return ApiError(404, "Not Found: method not found")
            case "blocked":
                return forbidden("bot was blocked by the user")
            case "deactivated":
                return forbidden("user is deactivated")
            case "kicked":
                return forbidden(f"bot was kicked from the {chat_kind} chat")
            case "chat_not_found":
                return bad_request("chat not found")
            case "migrated":
                return migrated(self.new_id)
        return None


class Faults:
    """The rules in force, tried in the order in which they were added."""

    def __init__(self, seed: int = 1) -> None:
        self.rules: list[Fault] = []
        self._random = random.Random(seed)

    def add(self, kind: str, **rule: Any) -> Fault:
        """Add a rule: see Fault for its fields. Raises ValueError for an unknown kind."""
        fault = Fault(kind=kind, **rule)
        self.rules.append(fault)
        return fault

    def clear(self) -> None:
        """Back to a service that works."""
        self.rules.clear()

    def take(self, method: str, params: Mapping[str, Any]) -> list[Fault]:
        """The faults of this call: any number of `slow` ones, and at most one other, the last."""
        taken: list[Fault] = []
        for fault in list(self.rules):
            if not fault.matches(method, params) or self._random.random() >= fault.chance:
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            self._count(fault)
            taken.append(fault)
            if fault.kind != "slow":
                break
        return taken

    def _count(self, fault: Fault) -> None:
        if fault.times is None:
            return
        fault.times -= 1
        if fault.times <= 0:
            self.rules.remove(fault)
