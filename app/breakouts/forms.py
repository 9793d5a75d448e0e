"""Forms of breakout rooms."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import ValidationError

from app.breakouts.models import LONGEST_CONTRIBUTION, LONGEST_REPORT_PART, Kind
from app.forms import Form, TextForm, stripped

KINDS = [
    (Kind.EXPERIENCE.value, _l("Experience")),
    (Kind.CONCERN.value, _l("Concern")),
    (Kind.IMPULSE.value, _l("Impulse")),
]


class TextOnlyForm(TextForm):
    """The text of a contribution, to say it differently."""

    most = LONGEST_CONTRIBUTION


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
        if len(field.data or "") > LONGEST_REPORT_PART:
            raise ValidationError(
                _l(
                    "This is too long: %(length)d of at most %(most)d characters.",
                    length=len(field.data),
                    most=LONGEST_REPORT_PART,
                )
            )

    validate_discussed = validate_request = validate_ideas = _short_enough

    @property
    def parts(self) -> dict[str, str]:
        """The three texts."""
        return {
            "discussed": self.discussed.data or "",
            "request": self.request.data or "",
            "ideas": self.ideas.data or "",
        }
