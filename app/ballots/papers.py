"""What somebody has filled in, and whether the ballot can take it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _l

from app.ballots.models import LONGEST_REASON, Ballot, BallotKind
from app.errors import Invalid
from app.submissions import checked


@dataclass(frozen=True)
class Paper:
    """Options with the dots on them (one, where options are only chosen), or a number."""

    dots: Mapping[int, int] = field(default_factory=dict)
    value: int | None = None
    reason: str = ""


def fitting(ballot: Ballot, paper: Paper) -> Paper:
    """The paper as it is kept; raises `Invalid` for what this ballot does not ask."""
    reason = paper.reason.strip()
    if reason and not ballot.asks_why:
        raise Invalid(_l("This vote does not ask why."))
    if ballot.has_scale:
        _require_value(ballot, paper)
    else:
        _require_marks(ballot, paper)
    return Paper(paper.dots, paper.value, checked(reason, LONGEST_REASON) if reason else "")


def _require_value(ballot: Ballot, paper: Paper) -> None:
    if paper.dots or paper.value not in ballot.values:
        raise Invalid(
            _l(
                "Please choose a number from %(lowest)d to %(highest)d.",
                lowest=ballot.lowest,
                highest=ballot.highest,
            )
        )


def _require_marks(ballot: Ballot, paper: Paper) -> None:
    known = {option.id for option in ballot.options}
    if paper.value is not None or not paper.dots.keys() <= known:
        raise Invalid(_l("The options have changed in the meantime. Please choose again."))
    if not paper.dots or min(paper.dots.values()) < 1:
        raise Invalid(_l("Please choose something first."))
    if sum(paper.dots.values()) > ballot.most:
        raise Invalid(_l("This is too much: you have %(most)d to give.", most=ballot.most))
    stacks = ballot.kind == BallotKind.DOTS and ballot.stacking
    if not stacks and max(paper.dots.values()) > 1:
        raise Invalid(_l("Each option can be chosen only once."))
