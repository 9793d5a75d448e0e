"""Forms of municipalities."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length

from app.forms import Form, on_one_line
from app.municipalities.queries import all_by_name


def _line(label: Any, most: int = 80) -> StringField:
    return StringField(label, filters=[on_one_line], validators=[Length(max=most)])


class MunicipalityForm(Form):
    """What is known of a municipality."""

    name = StringField(
        _l("Name"),
        filters=[on_one_line],
        validators=[DataRequired(_l("Please enter a name.")), Length(max=120)],
    )
    kind = _line(_l("Kind"))
    state = _line(_l("Federal state"))
    cluster = _line(_l("Cluster"), 40)

    @property
    def columns(self) -> dict[str, str]:
        """What the row says."""
        return {name: field.data or "" for name, field in self._fields.items()}


class MergeForm(Form):
    """Which one takes the place of this one."""

    into = SelectField(_l("Is the same as"), coerce=int)

    def __init__(self, gone_id: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [m for m in all_by_name() if m.id != gone_id]
        self.into.choices = [(m.id, m.name) for m in others]
