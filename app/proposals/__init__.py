"""Solution proposals under the chosen aspects, and official answers."""
