"""Forms of accounts."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.accounts.fields import NewPassword, email_field
from app.accounts.models import Standing
from app.accounts.queries import Wanted
from app.forms import Form, on_one_line, stripped
from app.languages import NAMES
from app.municipalities.queries import choices

STANDING_NAMES = {
    Standing.MEMBER: _l("Member"),
    Standing.ORGANISER: _l("Organiser"),
    Standing.ADMIN: _l("Admin"),
}
STATE_NAMES = {
    "active": _l("active"),
    "invited": _l("invited"),
    "deactivated": _l("deactivated"),
}


def _name(label: Any, autocomplete: str) -> StringField:
    checks = [DataRequired(_l("Please enter a name.")), Length(max=80)]
    return StringField(
        label, filters=[on_one_line], validators=checks, render_kw={"autocomplete": autocomplete}
    )


def _present_password() -> PasswordField:
    return PasswordField(
        _l("Password"),
        validators=[InputRequired(_l("Please enter the password."))],
        render_kw={"autocomplete": "current-password"},
    )


class SignInForm(Form):
    """Mail address and password."""

    email = email_field(autocomplete="username")
    password = _present_password()
    stay = BooleanField(_l("Stay signed in on this device"), default=True)


class AddressForm(Form):
    """To whom a link for a new password is sent."""

    email = email_field(autocomplete="username")


class PasswordForm(NewPassword, Form):
    """A new password for somebody who came by a link."""


class ChangePasswordForm(NewPassword, Form):
    """Another password, for somebody who knows the present one."""

    password = PasswordField(
        _l("Current password"),
        validators=[InputRequired(_l("Please enter the password."))],
        render_kw={"autocomplete": "current-password"},
    )


class InvitationForm(Form):
    """Who is invited."""

    email = email_field(autocomplete="off")
    name = _name(_l("Name"), "off")
    standing = SelectField(_l("May"))
    language = SelectField(_l("Language of the mail"), choices=NAMES)


class SearchForm(Form):
    """Whom an admin looks for."""

    q = StringField(_l("Name, address or function"), filters=[on_one_line])
    municipality = SelectField(_l("Municipality"))
    standing = SelectField(_l("Is"))
    state = SelectField(_l("State"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.municipality.choices = [("", _l("all")), *choices()[1:]]
        self.standing.choices = [
            ("", _l("all")),
            *((s.value, n) for s, n in STANDING_NAMES.items()),
        ]
        self.state.choices = [("", _l("all")), *STATE_NAMES.items()]

    @property
    def wanted(self) -> Wanted:
        """The same for the query; what the form does not offer is as good as nothing."""
        return Wanted(
            self.q.data or "",
            int(self.municipality.data) if self._offers(self.municipality) else None,
            Standing(self.standing.data) if self._offers(self.standing) else None,
            self.state.data or "",
        )

    def _offers(self, field: SelectField) -> bool:
        return bool(field.data) and field.data in {value for value, _name in field.choices}


class ProfileForm(Form):
    """What somebody says about themselves."""

    name = _name(_l("Your name"), "name")
    function = StringField(
        _l("Your function"),
        filters=[stripped],
        validators=[Length(max=120)],
        render_kw={"autocomplete": "organization-title"},
    )
    municipality = SelectField(_l("Your municipality"), validators=[Optional()])
    help_with = TextAreaField(
        _l("What I can help with"), filters=[stripped], validators=[Length(max=500)]
    )
    language = SelectField(_l("Language"), choices=NAMES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.municipality.choices = choices()

    @property
    def municipality_id(self) -> int | None:
        """The chosen municipality."""
        return int(self.municipality.data) if self.municipality.data else None


class TokenForm(Form):
    """What a personal access token is for."""

    token_name = _name(_l("What is it for?"), "off")


class DeletionForm(Form):
    """The end of an account."""

    password = _present_password()
    keep_name = RadioField(
        _l("What I wrote in events stays, and is shown"),
        choices=[
            SelectChoice("yes", _l("under my name")),
            SelectChoice("no", _l("without a name")),
        ],
        default="yes",
    )
    keep_words = RadioField(
        _l("What I wrote in forums"),
        choices=[
            SelectChoice("yes", _l("stays, as that of a former member")),
            SelectChoice("no", _l("is deleted, with the files")),
        ],
        default="yes",
    )
