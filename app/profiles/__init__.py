"""Profiles: what people who share a space can see of each other."""
