"""Municipalities: the towns and districts that people come from."""
