"""What a seed means: the chats, the deliveries due, and all that will go wrong, and when.

Everything is drawn here, before anything runs. Troubles come by progress (so many requests, so many
deliveries settled) rather than by the clock, so that they meet the same work on every machine.
"""

import random
from dataclasses import dataclass
from enum import StrEnum

OWNER_ID = 900  # owns the groups and channels
PERSONS_FROM = 1_001
GROUPS_FROM = -4_001  # downwards
SUPERGROUPS_FROM, CHANNELS_FROM = -1_003_000_000_001, -1_004_000_000_001
BATCHES = 4
REST_S = 60.0  # what a request may take on the server before it is given up there

# Of a hundred requests to send: what becomes of how many. `slow` takes up to REST_S.
SENDS = {
    "429": 0.3,
    "500": 0.6,
    "502": 0.6,
    "500_after": 0.6,
    "502_after": 0.6,
    "reset_before": 1.0,
    "reset_after": 1.0,
    "truncated": 0.6,
    "slow": 1.5,
}
ASKS = {"429": 0.1, "500": 1.0, "reset_before": 1.0, "reset_after": 1.0}
POLLS = {"502": 1.0, "reset_before": 1.0, "reset_after": 1.0, "truncated": 0.5}
EDITS = {"429": 0.3, "502": 1.0, "reset_before": 1.0, "reset_after": 1.0, "slow": 0.5}
CHANCES = {
    "sendMessage": SENDS,
    "stopPoll": ASKS,
    "getUpdates": POLLS,
    "editMessageText": EDITS,
}

# What every fifth post tells, and what an editor has it say in the middle of everything.
HEADLINE, REWORDED = "Мост закроют на ремонт", "Мост закроют на два дня"
TELLS = 5


class Trouble(StrEnum):
    """What the harness does to the bot. The kills are -9."""

    KILL = "killed at random"
    KILL_CLAIMED = "killed after the claim"
    KILL_LEFT = "killed after the bytes left"
    KILL_ANSWERED = "killed after the answer"
    KILL_COMMITTED = "killed after the commit"
    BUSY = "database held by another process"
    FULL = "disk full"
    AHEAD = "clock an hour ahead"
    BACK = "clock set right again"


BY_SERVER = (Trouble.KILL_LEFT, Trouble.KILL_ANSWERED)


@dataclass(frozen=True, slots=True)
class Line:
    """One delivery that is due: the first line of its text is its key."""

    key: str
    chat_id: int
    batch: int  # planned together with the others of its batch
    tells: bool = False  # the story that is reworded


@dataclass(frozen=True, slots=True)
class Blow:
    """A trouble, and when: after so many requests to send, or deliveries settled."""

    trouble: Trouble
    after: int
    lasts_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Cast:
    """All of one seed. Chats of each kind; `quits`: who blocks the bot at which of its requests."""

    seed: int
    persons: tuple[int, ...]
    groups: tuple[int, ...]
    supergroups: tuple[int, ...]
    channels: tuple[int, ...]
    lines: tuple[Line, ...]
    blows: tuple[Blow, ...]
    quits: dict[int, int]  # person → request to them
    moves: dict[int, int]  # group that becomes a supergroup → request to it
    commands: dict[int, int]  # after so many requests → the person who sends /digest

    def chance(self, method: str, chat_id: object, number: int) -> random.Random:
        """Luck of one request: the same whatever else happens, and in whatever order."""
        return random.Random(f"{self.seed}:{method}:{chat_id}:{number}")


def cast(seed: int, deliveries: int) -> Cast:
    """Draw everything."""
    luck = random.Random(seed)
    persons = tuple(range(PERSONS_FROM, PERSONS_FROM + max(8, deliveries // 5)))
    groups = tuple(GROUPS_FROM - n for n in range(max(2, deliveries // 200)))
    supergroups = tuple(SUPERGROUPS_FROM - n for n in range(max(2, deliveries // 200)))
    channels = tuple(CHANNELS_FROM - n for n in range(max(2, deliveries // 100)))
    many = (*groups, *supergroups, *channels)
    lines = tuple(
        Line(
            key=f"due:{number:05}",
            chat_id=luck.choice(many if luck.random() < 0.2 else persons),
            batch=number * BATCHES // deliveries,
            tells=number % TELLS == 0,
        )
        for number in range(deliveries)
    )
    quitters = luck.sample(persons, max(1, len(persons) // 40))
    faithful = [person for person in persons if person not in quitters]
    return Cast(
        seed=seed,
        persons=persons,
        groups=groups,
        supergroups=supergroups,
        channels=channels,
        lines=lines,
        blows=_blows(luck, deliveries),
        quits={person: luck.randint(1, 3) for person in quitters},
        moves={groups[0]: luck.randint(1, 3)},
        commands={
            luck.randrange(deliveries): luck.choice(faithful) for _ in range(deliveries // 20)
        },
    )


def _blows(luck: random.Random, deliveries: int) -> tuple[Blow, ...]:
    """Each of the troubles at least once, kills more often the more there is to send."""
    troubles: list[Trouble] = [trouble for trouble in Trouble if trouble is not Trouble.BACK]
    troubles += luck.choices([t for t in Trouble if t.name.startswith("KILL")], k=deliveries // 200)
    blows = []
    for trouble in troubles:
        after = luck.randrange(deliveries * 9 // 10)
        blows.append(Blow(trouble, after, lasts_s=luck.uniform(2, 20)))
        if trouble is Trouble.AHEAD:
            blows.append(Blow(Trouble.BACK, luck.randrange(after, deliveries)))
    return tuple(sorted(blows, key=lambda blow: blow.after))
