"""How an article is found in its page: blocks, hints, frames; what is weeded and trimmed away."""
