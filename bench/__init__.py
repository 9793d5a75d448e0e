"""Benchmarks: each runs its yardstick in the same run, and reports the ratio."""

import os

# Before numpy is loaded: what computes does so in one thread, as `app.offload` has it.
os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
