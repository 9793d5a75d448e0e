"""Forms of spaces."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from app.accounts.fields import NewPassword, email_field
from app.forms import Form, on_one_line, stripped
from app.languages import NAMES
from app.municipalities.queries import choices
from app.permissions import SpaceRole
from app.spaces.accents import ACCENTS
from app.spaces.models import Joining, Space, SpaceKind
from app.spaces.names import JOINING_NAMES, KIND_NAMES, ROLE_NAMES

TOP_KINDS = (SpaceKind.PROGRAMME, SpaceKind.FREE)
LOWER_KINDS = tuple(kind for kind in SpaceKind if kind is not SpaceKind.PROGRAMME)


class SettingsForm(Form):
    """What a space is called, and who may come in and read."""

    name = StringField(
        _l("Name"),
        filters=[on_one_line],
        validators=[DataRequired(_l("Please enter a name.")), Length(max=120)],
    )
    description = TextAreaField(
        _l("What is this space for?"), filters=[stripped], validators=[Length(max=2000)]
    )
    privacy = RadioField(
        _l("Who reads what is in it?"),
        choices=[
            SelectChoice("private", _l("only the people in this space")),
            SelectChoice("open", _l("everybody in the same programme")),
        ],
        default="private",
    )
    joining = RadioField(
        _l("How do people come in?"),
        choices=[SelectChoice(kind.value, name) for kind, name in JOINING_NAMES.items()],
        default=Joining.REQUEST.value,
    )
    allows_readers = BooleanField(_l("There may be people who only read along"))
    accent = SelectField(
        _l("Colour"),
        choices=[SelectChoice("", _l("as everywhere")), *(SelectChoice(*a) for a in ACCENTS)],
        default="",
    )

    @property
    def is_private(self) -> bool:
        """What the choice means."""
        return bool(self.privacy.data == "private")


class SpaceForm(SettingsForm):
    """A new space."""

    kind = SelectField(_l("Kind"))

    def __init__(self, parent: Space | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = LOWER_KINDS if parent is not None else TOP_KINDS
        self.kind.choices = [SelectChoice(kind.value, KIND_NAMES[kind]) for kind in kinds]
        if parent is None:
            self.privacy.choices[1].label = _l("everybody who is in it or in a space below it")


def _role_choices(space: Space) -> list[SelectChoice]:
    roles = [SpaceRole.MEMBER, SpaceRole.COORDINATOR]
    if space.allows_readers:
        roles.insert(0, SpaceRole.READER)
    return [SelectChoice(role.value, ROLE_NAMES[role]) for role in roles]


class RoleForm(Form):
    """What somebody is in a space."""

    role = SelectField(_l("Role"))

    def __init__(self, space: Space, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = _role_choices(space)


class AddressForm(Form):
    """Where somebody is written to."""

    email = email_field(autocomplete="off")


class InvitationForm(AddressForm):
    """Who is invited into a space, and as what."""

    name = StringField(
        _l("Name"),
        filters=[on_one_line],
        validators=[DataRequired(_l("Please enter a name.")), Length(max=80)],
        render_kw={"autocomplete": "off"},
    )
    municipality = SelectField(_l("Municipality"), validators=[Optional()])
    function = StringField(_l("Function"), filters=[on_one_line], validators=[Length(max=120)])
    role = SelectField(_l("Invited as"), default=SpaceRole.MEMBER.value)
    language = SelectField(
        _l("Language of the mail"), choices=[SelectChoice(*name) for name in NAMES.items()]
    )

    def __init__(self, space: Space, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = _role_choices(space)
        self.municipality.choices = choices()

    @property
    def about(self) -> dict[str, Any]:
        """What is known of the person."""
        return {
            "name": self.name.data,
            "function": self.function.data or "",
            "municipality_id": int(self.municipality.data) if self.municipality.data else None,
            "language": self.language.data,
        }


class AcceptanceForm(NewPassword, Form):
    """Who somebody is that has no account yet."""

    name = StringField(
        _l("Your name"),
        filters=[on_one_line],
        validators=[DataRequired(_l("Please enter a name.")), Length(max=80)],
        render_kw={"autocomplete": "name"},
    )


class RequestForm(Form):
    """Why somebody wishes to come in."""

    words = TextAreaField(
        _l("A word to the coordinators, if you like"),
        filters=[stripped],
        validators=[Length(max=500)],
    )
