"""What people write in a room: contributions, and the room's report."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.breakouts import queries
from app.breakouts.facts import ContributionWritten, OwnContributionsChanged, ReportWritten
from app.breakouts.models import (
    LONGEST_CONTRIBUTION,
    LONGEST_REPORT_PART,
    Contribution,
    Kind,
    Report,
    Room,
    RoundState,
)
from app.database import now
from app.errors import Conflict, Invalid
from app.events.cards import follow_on_screen
from app.events.models import Participant
from app.extensions import db
from app.outbox import announce
from app.submissions import submit_once

REPORT_PARTS = ("discussed", "request", "ideas")


def write_contribution(
    room: Room, author: Participant, kind: str, text: str, key: str
) -> tuple[Contribution, bool]:
    """Contribute; returns it, and whether it is new. The round's row is held (shared)."""
    checked, sort = checked_text(text), checked_kind(kind)
    earlier = db.session.scalar(
        select(Contribution).where(
            Contribution.participant_id == author.id, Contribution.key == key
        )
    )
    if earlier is None or not key:
        room.round.require_texts()
    contribution, is_new = submit_once(
        Contribution,
        author.id,
        key,
        checked,
        lambda sure_key: Contribution(
            room_id=room.id,
            room=room,
            participant_id=author.id,
            author=author,
            key=sure_key,
            kind=sort,
            text=checked,
            submitted_text=checked,
        ),
    )
    if is_new:
        announce_contribution(contribution, author)
    return contribution, is_new


def checked_kind(kind: str) -> Kind:
    """The kind of this name; raises `Invalid`."""
    if kind not in set(Kind):
        raise Invalid(_l("Please say whether it is an experience, a concern or an impulse."))
    return Kind(kind)


def checked_text(text: str, most: int = LONGEST_CONTRIBUTION) -> str:
    """The text without blanks around it; raises `Invalid` where it is empty or too long."""
    tidy = text.strip()
    if not tidy:
        raise Invalid(_l("Please write something first."))
    _require_length(tidy, most)
    return tidy


def _require_length(text: str, most: int) -> None:
    if len(text) > most:
        raise Invalid(
            _l(
                "This is too long: %(length)d of at most %(most)d characters.",
                length=len(text),
                most=most,
            )
        )


def edit_contribution(contribution: Contribution, author: Participant, text: str) -> None:
    """Say it differently, as long as the round takes texts."""
    contribution.room.round.require_texts()
    contribution.text = checked_text(text)
    contribution.edited_at = now()
    announce_contribution(contribution, author)


def withdraw_contribution(contribution: Contribution, author: Participant) -> None:
    """Take it back, as long as the round takes texts."""
    contribution.room.round.require_texts()
    contribution.withdrawn_at = now()
    announce_contribution(contribution, author)


def announce_contribution(contribution: Contribution, author: Participant) -> None:
    """Tell the room, the cockpit and the author's own devices."""
    db.session.flush()
    room = contribution.room
    fact = ContributionWritten(room.id, contribution.id)
    announce(fact, room.channel, room.round.event.channel)
    announce(OwnContributionsChanged(author.id), author.channel)
    gone = contribution.withdrawn_at is not None
    follow_on_screen(room.round.event, "contribution", contribution, gone=gone)


def write_report(room: Room, author: Participant, parts: Mapping[str, str], version: int) -> Report:
    """Write the room's report; the room's row is held. Raises `Conflict` if it was older."""
    if room.round.state == RoundState.PLANNED:
        raise Conflict
    report = queries.report_of(room)
    if report is None:
        report = Report(room_id=room.id, room=room, version=0)
        db.session.add(report)
    if report.version != version:
        raise Conflict(_l("Somebody has changed the report in the meantime."))
    for name in REPORT_PARTS:
        text = parts.get(name, "").strip()
        _require_length(text, LONGEST_REPORT_PART)
        setattr(report, name, text)
    report.version, report.changed_at, report.changed_by_id = version + 1, now(), author.id
    db.session.flush()
    announce(ReportWritten(room.id), room.channel, room.round.event.channel)
    return report
