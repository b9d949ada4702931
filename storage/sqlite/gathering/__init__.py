"""Gathering: sources, what polls taught of them, and pages that are waited for."""
