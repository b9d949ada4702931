"""Understanding news: pure functions, text in, values out."""
