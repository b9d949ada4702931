"""The handlers: each parses, makes one call, renders and answers."""
