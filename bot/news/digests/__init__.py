"""Digests: which stories a chat gets, by what it wants, and what stands around them."""
