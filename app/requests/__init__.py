"""Requests: what rooms and forums ask of the centre, in one list with its answers."""
