"""Forms of moderation."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from app.forms import Form, stripped
from app.moderation.models import LONGEST_REASON

_SHORT = Length(max=LONGEST_REASON, message=_l("At most %(max)d characters, please."))


class ReportForm(Form):
    """What is wrong with a post."""

    reason = TextAreaField(
        _l("What should the coordinators know?"),
        filters=[stripped],
        validators=[_SHORT],
        render_kw={"maxlength": LONGEST_REASON},
    )


class ReasonForm(Form):
    """Why something is hidden."""

    reason = TextAreaField(
        _l("Reason"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Please give a reason: it stands where the post stood.")),
            _SHORT,
        ],
        render_kw={"maxlength": LONGEST_REASON},
    )
