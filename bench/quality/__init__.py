"""How good understanding is, against people's labels: `python -m bench.quality KIND FILE…`."""

KINDS = ("topics", "stories", "clusters", "summaries", "questions", "entities")
