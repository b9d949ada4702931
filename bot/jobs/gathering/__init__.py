"""Gathering: sources are polled, and what is new in them is taken."""
