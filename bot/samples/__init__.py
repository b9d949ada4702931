"""Articles of our own writing that an empty sandbox shows; data only."""
