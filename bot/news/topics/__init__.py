"""Topics: what an article is about, by rules and a small model; and what is not news at all."""
