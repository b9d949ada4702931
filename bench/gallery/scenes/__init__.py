"""All scenes, by theme: each shows what the real bot answers."""

from bench.gallery.scene import Scene
from bench.gallery.scenes import admins, chats, choices, desk, digests, first_steps, reading

THEMES: dict[str, list[Scene]] = {
    "First steps": first_steps.SCENES,
    "Digests": digests.SCENES,
    "Reading": reading.SCENES,
    "Choices": choices.SCENES,
    "Channels and groups": chats.SCENES,
    "Admins": admins.SCENES,
    "Editors": desk.SCENES,
}
