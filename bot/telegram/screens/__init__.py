"""Screens: text and buttons under it, redrawn in place by a press."""
