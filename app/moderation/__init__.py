"""Moderation: what members report, what coordinators hide, and the log of it."""
