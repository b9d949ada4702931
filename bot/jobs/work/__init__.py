"""Work: how it is called for, bounded and woken."""
