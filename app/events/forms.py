"""Forms of events."""

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from app.events.models import LONGEST_TITLE
from app.forms import Form, on_one_line, stripped
from app.languages import NAMES
from app.municipalities.queries import choices
from app.submissions import new_key


class CodeForm(Form):
    """The join code."""

    code = StringField(
        _l("Code"),
        filters=[stripped],
        validators=[DataRequired(_l("Please type the code from the screen."))],
    )


class JoinForm(Form):
    """How somebody appears in the event."""

    name = StringField(
        _l("Your name"),
        filters=[on_one_line],
        validators=[DataRequired(_l("Please tell us your name.")), Length(max=80)],
        render_kw={"autocomplete": "name"},
    )
    municipality = SelectField(
        _l("Your municipality"), choices=[], validate_choice=False, validators=[Optional()]
    )
    key = HiddenField(default=new_key, validators=[Length(max=64)])
    state = StringField(
        _l("Your state, if your municipality is not in the list"),
        filters=[on_one_line],
        validators=[Length(max=60)],
    )

    def offering_municipalities(self) -> "JoinForm":
        """The form as it is shown; who only reads it looks up the one that was chosen."""
        self.municipality.choices = choices()
        return self


class EventForm(Form):
    """A new event."""

    title = StringField(
        _l("Title"),
        filters=[stripped],
        validators=[DataRequired(_l("Please name the event.")), Length(max=120)],
    )
    language = SelectField(_l("Language of the screen"), choices=NAMES)
    template = SelectField(_l("Agenda"), validators=[Optional()])
    starts_at = DateTimeLocalField(
        _l("Begins on"), format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], validators=[Optional()]
    )
    space = SelectField(_l("Space"), validators=[Optional()])

    @property
    def space_id(self) -> int | None:
        """The chosen space."""
        return int(self.space.data) if self.space.data else None


class ItemForm(Form):
    """A step of the agenda."""

    kind = SelectField(_l("Kind"))
    title = StringField(
        _l("Title"),
        filters=[stripped],
        validators=[DataRequired(_l("Please name the step.")), Length(max=LONGEST_TITLE)],
    )
    text = TextAreaField(_l("Text or question"), filters=[stripped], validators=[Length(max=2000)])
    minutes = IntegerField(_l("Minutes"), validators=[Optional(), NumberRange(1, 480)])
