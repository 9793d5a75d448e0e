"""Forms of events."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from app.forms import Form, on_one_line, stripped
from app.languages import NAMES
from app.municipalities.queries import choices


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
    municipality = SelectField(_l("Your municipality"), validators=[Optional()])
    state = StringField(
        _l("Your state, if your municipality is not in the list"),
        filters=[on_one_line],
        validators=[Length(max=60)],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.municipality.choices = choices()

    @property
    def municipality_id(self) -> int | None:
        """The chosen municipality."""
        return int(self.municipality.data) if self.municipality.data else None


class EventForm(Form):
    """A new event."""

    title = StringField(
        _l("Title"),
        filters=[stripped],
        validators=[DataRequired(_l("Please name the event.")), Length(max=120)],
    )
    language = SelectField(_l("Language of the screen"), choices=NAMES)
    template = SelectField(_l("Agenda"), validators=[Optional()])


class ItemForm(Form):
    """A step of the agenda."""

    kind = SelectField(_l("Kind"))
    title = StringField(
        _l("Title"),
        filters=[stripped],
        validators=[DataRequired(_l("Please name the step.")), Length(max=120)],
    )
    text = TextAreaField(_l("Text or question"), filters=[stripped], validators=[Length(max=2000)])
    minutes = IntegerField(_l("Minutes"), validators=[Optional(), NumberRange(1, 480)])
