"""Audience: chats, what each wants and when, and whose time has come."""
