"""Chaos: a bot that is killed, cut off, told to wait and starved, against what the server saw."""
