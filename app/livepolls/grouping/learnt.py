"""The weights that were learnt for the model that comes with the program (`metric`)."""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("metric.npy")


@cache
def weights() -> NDArray[np.float64]:
    """The matrix that unit vectors are multiplied by, shape (dimensions, dimensions)."""
    return np.asarray(np.load(FILE), dtype=float)
