"""A sample conference to look at, and a crowd that plays its participants."""
