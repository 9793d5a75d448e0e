"""Ballots: polls with given options, in which each person has one secret vote a round."""
