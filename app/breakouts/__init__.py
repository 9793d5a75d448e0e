"""Breakout rounds: who talks with whom, in which room, for how long."""
