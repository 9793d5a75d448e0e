"""Search: what was written in spaces and events is found again, by those who may read it."""
