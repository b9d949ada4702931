"""Subscriptions: what people say they want, and when, into rows and back into words."""
