"""What people write in a room: contributions, and the room's report."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.breakouts import queries
from app.breakouts.actions.talking import forget_wordings, has_replies, keep_wording, shut_talk
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
        author,
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


def edit_contribution(
    contribution: Contribution, person: Participant, text: str, version: int
) -> None:
    """Say it differently, as long as the round takes texts; it is held.

    Raises `Conflict` with what stands there if somebody has changed it since this version. Sent
    twice, it says already what it is to say.
    """
    contribution.room.round.require_texts()
    words = checked_text(text)
    if words == contribution.text:
        return
    if contribution.version != version:
        raise Conflict(
            _l("Somebody has changed this contribution in the meantime."),
            text=contribution.text,
            version=contribution.version,
        )
    keep_wording(contribution)
    contribution.text, contribution.version = words, version + 1
    contribution.edited_at = now()
    contribution.reworded_at = None if person.wrote(contribution) else contribution.edited_at
    announce_contribution(contribution, contribution.author)


def withdraw_contribution(contribution: Contribution, author: Participant) -> None:
    """Take it back, as long as the round takes texts."""
    contribution.room.round.require_texts()
    remove_author(contribution, author)


def remove_author(contribution: Contribution, author: Participant) -> None:
    """Take the author away, and the contribution with them unless others have replied to it."""
    if has_replies(contribution):
        contribution.participant_id = contribution.author = None
    else:
        contribution.withdrawn_at = now()
        shut_talk(contribution)
    forget_wordings(contribution)
    announce_contribution(contribution, author)


def announce_contribution(contribution: Contribution, author: Participant | None) -> None:
    """Tell the room, the cockpit and the author's own devices."""
    db.session.flush()
    room = contribution.room
    fact = ContributionWritten(room.id, contribution.id)
    announce(fact, room.channel, room.round.event.channel)
    if author is not None:
        announce(OwnContributionsChanged(author.id), author.channel)
    gone = contribution.withdrawn_at is not None
    follow_on_screen(room.round.event, "contribution", contribution, gone=gone)


def write_report(room: Room, author: Participant, parts: Mapping[str, str], version: int) -> Report:
    """Write the room's report; the room's row is held. Raises `Conflict` if it was older.

    Sent twice, it says already what it is to say, and nothing is older than that.
    """
    if room.round.state == RoundState.PLANNED:
        raise Conflict
    report = queries.report_of(room)
    if report is None:
        report = Report(room_id=room.id, room=room, version=0)
        db.session.add(report)
    texts = {name: parts.get(name, "").strip() for name in REPORT_PARTS}
    if report.version != version:
        if all(getattr(report, name) == text for name, text in texts.items()):
            return report
        raise Conflict(_l("Somebody has changed the report in the meantime."))
    for name, text in texts.items():
        _require_length(text, LONGEST_REPORT_PART)
        setattr(report, name, text)
    report.version, report.changed_at, report.changed_by_id = version + 1, now(), author.id
    db.session.flush()
    announce(ReportWritten(room.id), room.channel, room.round.event.channel)
    return report
