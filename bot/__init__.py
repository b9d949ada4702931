"""Svodka, a bot that gathers regional news and sends digests of it."""

__version__ = "0.1.0"
