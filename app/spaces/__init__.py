"""Spaces: closed groups of people with forums and events, as a tree."""
