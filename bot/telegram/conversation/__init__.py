"""Conversation: who is spoken with, how much of them is heard, how they are answered and asked."""
