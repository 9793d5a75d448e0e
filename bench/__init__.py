"""Benchmarks: each runs its yardstick in the same run, and reports the ratio."""
