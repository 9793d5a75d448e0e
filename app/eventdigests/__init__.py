"""The digest of an event: what came out of it, by mail to those who took part."""
