"""Groups a poll's concerns into suggested aspects: data in, data out.

`group` goes by meaning where it is given a `Meaning`, and by words alone where it is not.
"""

from app.livepolls.grouping.best import best_group, embedded
from app.livepolls.grouping.constraints import GroupingError
from app.livepolls.grouping.grouper import group
from app.livepolls.grouping.kept import FORM, kept
from app.livepolls.grouping.meaning import (
    Matrix,
    Meaning,
    Remembered,
    answered,
    bundled_meaning,
)
from app.livepolls.grouping.methods import MEANING, WORDS, Method
from app.livepolls.grouping.poll import Anchor, Concern, Group, Grouping

__all__ = [
    "FORM",
    "MEANING",
    "WORDS",
    "Anchor",
    "Concern",
    "Group",
    "Grouping",
    "GroupingError",
    "Matrix",
    "Meaning",
    "Method",
    "Remembered",
    "answered",
    "best_group",
    "bundled_meaning",
    "embedded",
    "group",
    "kept",
]
