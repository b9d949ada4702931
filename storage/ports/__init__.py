"""What the rest of Svodka may ask of a store. Backends implement these; contract tests hold them.

Every method is one transaction. `now` comes in. Lists are bounded by `limit`.
"""

from storage.ports.articles import Articles, AwaitedPages
from storage.ports.chats import Chats, Saved, Subscriptions
from storage.ports.deliveries import Broadcasts, Edits, Outbox
from storage.ports.sources import Hubs, Sources
from storage.ports.store import Notes, Ownership, Store
from storage.ports.stories import Corrections, Stories

__all__ = [
    "Articles",
    "AwaitedPages",
    "Broadcasts",
    "Chats",
    "Corrections",
    "Edits",
    "Hubs",
    "Notes",
    "Outbox",
    "Ownership",
    "Saved",
    "Sources",
    "Store",
    "Stories",
    "Subscriptions",
]
