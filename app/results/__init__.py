"""Results: one page that tells what came out of an event, linked from one thing to the other."""
