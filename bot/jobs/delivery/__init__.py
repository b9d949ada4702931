"""Delivery: what was planned leaves, is not told twice, and is brought up to date."""
