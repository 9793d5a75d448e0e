"""Shared notes: a text that the people of a room write all at once."""
