"""Forms of breakout rooms."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional, ValidationError

from app.breakouts.models import LONGEST_CONTRIBUTION, LONGEST_REPORT_PART, Kind
from app.breakouts.rules import LARGEST, LONGEST_TOPIC, number
from app.forms import Form, TextForm, on_one_line, stripped

NO_NAME = _l("Please name the room.")

KINDS = [
    (Kind.EXPERIENCE.value, _l("Experience")),
    (Kind.CONCERN.value, _l("Concern")),
    (Kind.IMPULSE.value, _l("Impulse")),
]


def _require_short(field: Any, most: int) -> None:
    length = len(field.data or "")
    if length > most:
        words = _l(
            "This is too long: %(length)d of at most %(most)d characters.", length=length, most=most
        )
        raise ValidationError(words)


class RoomForm(Form):
    """What a running room is called, its seats, and both as they were when it was opened here."""

    title = StringField(_l("What the room is called"), filters=[on_one_line])
    seats = IntegerField(
        _l("Seats"),
        validators=[
            Optional(),
            NumberRange(1, LARGEST, message=_l("From 1 to %(most)d seats, or none.", most=LARGEST)),
        ],
    )
    was_title = HiddenField(filters=[on_one_line])
    was_seats = HiddenField()

    def validate_title(self, field: Any) -> None:
        """A name that stays is taken as it is; another one is there, and not too long."""
        if (field.data or "") == (self.was_title.data or ""):
            return
        if not field.data:
            raise ValidationError(NO_NAME)
        _require_short(field, LONGEST_TOPIC)

    @property
    def said(self) -> tuple[str, int | None]:
        """The name and the seats."""
        return self.title.data or "", self.seats.data

    @property
    def was(self) -> tuple[str, int | None]:
        """What they were before."""
        return self.was_title.data or "", number(self.was_seats.data)


class TextOnlyForm(TextForm):
    """The text of a contribution, to say it differently."""

    most = LONGEST_CONTRIBUTION


class EditForm(TextOnlyForm):
    """The text, and the version that it was changed from."""

    version = IntegerField()


class ContributionForm(TextOnlyForm):
    """A contribution of one of three kinds."""

    kind = StringField()


class ReportForm(Form):
    """What a room hands in; all of it is voluntary."""

    discussed = TextAreaField(_l("What was discussed"), filters=[stripped])
    request = TextAreaField(_l("What is asked of the centre"), filters=[stripped])
    ideas = TextAreaField(_l("Ideas"), filters=[stripped])
    version = IntegerField()

    def _short_enough(self, field: Any) -> None:
        _require_short(field, LONGEST_REPORT_PART)

    validate_discussed = validate_request = validate_ideas = _short_enough

    @property
    def parts(self) -> dict[str, str]:
        """The three texts."""
        return {
            "discussed": self.discussed.data or "",
            "request": self.request.data or "",
            "ideas": self.ideas.data or "",
        }
