"""Load: many clients that cost less than the server, and the servers that are compared."""
