"""Answering: what somebody asks for, at once."""
