"""Notifications: who is told of what in the forums, on which way, and never twice."""
