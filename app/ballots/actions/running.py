"""A ballot's life: opened, timed, closed, asked anew."""

from flask_babel import lazy_gettext as _l

from app.ballots.actions.planning import set_options
from app.ballots.facts import BallotTimed
from app.ballots.models import Ballot, Source
from app.ballots.queries import has_votes
from app.errors import Conflict
from app.events.facts import StepChanged
from app.events.timing import Timing
from app.extensions import db
from app.outbox import announce

FEWEST_OPTIONS = 2


def can_open(ballot: Ballot) -> bool:
    """Whether there is anything to choose from."""
    return ballot.has_scale or len(ballot.options) >= FEWEST_OPTIONS


def open_ballot(ballot: Ballot) -> None:
    """Take votes, for the first time or again in the same round; the ballot is held."""
    if ballot.is_open:
        return
    if not ballot.item.is_current:
        raise Conflict(_l("Start this step of the agenda first."))
    if ballot.source != Source.GIVEN and not has_votes(ballot):
        set_options(ballot, ())
    if not can_open(ballot):
        raise Conflict(_l("There are no options yet: at least two are needed."))
    ballot.open()
    _announce_step(ballot)


def close_ballot(ballot: Ballot) -> None:
    """Take no more votes; closing it twice closes it once. The ballot is held."""
    if ballot.is_open:
        ballot.close()
        _announce_step(ballot)


def begin_round(ballot: Ballot) -> None:
    """Ask everybody anew, and keep what was said for comparison; the ballot is held."""
    if not ballot.item.is_current:
        raise Conflict(_l("Start this step of the agenda first."))
    ballot.begin_round()
    _announce_step(ballot)


def show_live(ballot: Ballot, live: bool) -> None:
    """Let everybody see the result as it comes, or only once the ballot is closed."""
    ballot.shows_live = live
    ballot.item.settings = {**ballot.item.settings, "live": "yes" if live else ""}
    _announce_step(ballot)


_timing = Timing(BallotTimed, close_ballot)
add_time, stop_countdown, keep_time = _timing.add, _timing.stop, _timing.keep


def _announce_step(ballot: Ballot) -> None:
    db.session.flush()
    announce(StepChanged(ballot.event_id, ballot.item_id), ballot.event.channel)
