"""Questions: what somebody asks, what may answer it, and the sentence that does."""
