"""The three fields of a forum's report."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, TextAreaField
from wtforms.validators import Length, NumberRange
from wtforms.widgets import HiddenInput

from app.forms import Form, stripped
from app.requests.models import LONGEST_PART, PARTS


def _part(label: Any) -> TextAreaField:
    too_long = _l("This is too long: at most %(most)d characters.", most=LONGEST_PART)
    checks = [Length(max=LONGEST_PART, message=too_long)]
    return TextAreaField(label, filters=[stripped], validators=checks)


class ReportForm(Form):
    """What a forum hands in, and which version it was begun from."""

    discussed = _part(_l("What was discussed"))
    request = _part(_l("What is asked of the centre"))
    ideas = _part(_l("Ideas"))
    version = IntegerField(
        widget=HiddenInput(), default=0, validators=[NumberRange(min=0, max=2**31 - 1)]
    )

    @property
    def parts(self) -> dict[str, str]:
        """The texts by their names."""
        return {name: self[name].data or "" for name in PARTS}
