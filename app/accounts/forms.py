"""Forms of accounts."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from app.accounts.models import Standing
from app.accounts.passwords import LONGEST, SHORTEST
from app.accounts.queries import tidy_email
from app.forms import Form, on_one_line, stripped
from app.languages import NAMES
from app.municipalities.queries import choices

STANDING_NAMES = {
    Standing.MEMBER: _l("Member"),
    Standing.ORGANISER: _l("Organiser"),
    Standing.ADMIN: _l("Admin"),
}
ADDRESS = r'^[^@\s<>()\[\]\\,;:"]+@[^@\s<>()\[\]\\,;:"]+$'


def _email(**settings: Any) -> StringField:
    checks = [
        InputRequired(_l("Please enter the mail address.")),
        Length(max=254),
        Regexp(ADDRESS, message=_l("This does not look like a mail address.")),
    ]
    return StringField(
        _l("Mail address"),
        filters=[tidy_email],
        validators=checks,
        render_kw={"type": "email", "inputmode": "email", **settings},
    )


def _name(label: Any, autocomplete: str) -> StringField:
    checks = [InputRequired(_l("Please enter a name.")), Length(max=80)]
    return StringField(
        label, filters=[on_one_line], validators=checks, render_kw={"autocomplete": autocomplete}
    )


def _present_password() -> PasswordField:
    return PasswordField(
        _l("Password"),
        validators=[InputRequired(_l("Please enter the password."))],
        render_kw={"autocomplete": "current-password"},
    )


class NewPassword:
    """A field for a password that is chosen."""

    new_password = PasswordField(
        _l("New password"),
        description=_l(
            "At least %(least)d characters. A sentence is easy to remember.", least=SHORTEST
        ),
        validators=[InputRequired(_l("Please choose a password."))],
        render_kw={"autocomplete": "new-password", "minlength": SHORTEST, "maxlength": LONGEST},
    )

    def validate_new_password(self, field: Any) -> None:
        """Long enough, and not the same character over and over."""
        if len(field.data) < SHORTEST or len(set(field.data)) < SHORTEST // 2:
            raise ValidationError(
                _l(
                    "Please choose a longer one: at least %(least)d different characters.",
                    least=SHORTEST,
                )
            )
        if len(field.data) > LONGEST:
            raise ValidationError(_l("Please choose a shorter one."))


class SignInForm(Form):
    """Mail address and password."""

    email = _email(autocomplete="username")
    password = _present_password()
    stay = BooleanField(_l("Stay signed in on this device"), default=True)


class AddressForm(Form):
    """To whom a link for a new password is sent."""

    email = _email(autocomplete="username")


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

    email = _email(autocomplete="off")
    name = _name(_l("Name"), "off")
    standing = SelectField(_l("May"))
    language = SelectField(_l("Language of the mail"), choices=NAMES)


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
