"""Forms for the order of threads."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from app.forms import Form, on_one_line
from app.forums.tags import LONGEST_TAG

LONGEST_TITLE = 150  # characters
MOST_CHOSEN = 500  # posts in one request


class TitleForm(Form):
    """How a thread is called."""

    title = StringField(
        _l("Title"),
        filters=[on_one_line],
        validators=[
            DataRequired(_l("Please give the thread a title.")),
            Length(max=LONGEST_TITLE, message=_l("At most %(max)d characters, please.")),
        ],
    )


class TagForm(Form):
    """How a tag is called."""

    name = StringField(
        _l("Tag"),
        filters=[on_one_line],
        validators=[
            DataRequired(_l("Please write something first.")),
            Length(max=LONGEST_TAG, message=_l("At most %(max)d characters, please.")),
        ],
    )


class SplitForm(TitleForm):
    """Which posts become a thread of their own."""

    posts = SelectMultipleField(coerce=int, validate_choice=False)
    reach = RadioField(
        _l("Which posts go along?"),
        choices=[
            SelectChoice("chosen", _l("Only the posts that are ticked")),
            SelectChoice("onwards", _l("The first one that is ticked, and all after it")),
        ],
        default="chosen",
    )

    def validate_posts(self, field: Any) -> None:
        """At least one, and not more than a page can mean."""
        if not field.data:
            raise ValidationError(_l("Please choose at least one post."))
        if len(field.data) > MOST_CHOSEN:
            raise ValidationError(_l("These are too many at once."))
