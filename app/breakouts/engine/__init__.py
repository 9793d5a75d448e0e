"""Who sits with whom: pure assignment, data in and data out; it knows no database and no web."""
