"""Carrying over: what came out of an event becomes threads of a forum, with its origin."""
