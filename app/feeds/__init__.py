"""Feeds: what is new in a forum, for one person's feed reader."""
