"""The forms of forums and threads."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Length

from app.forms import Form, filled, on_one_line, stripped
from app.forums.models import LONGEST_TITLE


class ForumForm(Form):
    """What a forum is called, and what it is for."""

    title = StringField(_l("Title"), [filled, Length(max=LONGEST_TITLE)], [on_one_line])
    description = TextAreaField(_l("What is this forum for?"), [Length(max=500)], [stripped])


class ThreadForm(Form):
    """How a new thread begins."""

    title = StringField(_l("Title"), [filled, Length(max=LONGEST_TITLE)], [on_one_line])
    key = HiddenField(validators=[Length(max=64)])
