"""Reactions: a word that stands for many short posts."""
