"""A crowd: people who take part in an event through the public API, at human pace."""
