"""Delivery: planned digests, the outbox, and the messages that came of it."""
