"""Fields that forms of other features have too: a mail address, and a password that is chosen."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length, Regexp, ValidationError

from app.accounts.passwords import LONGEST, SHORTEST
from app.accounts.queries import tidy_email

ADDRESS = r'^[^@\s<>()\[\]\\,;:"]+@[^@\s<>()\[\]\\,;:"]+$'


def email_field(**settings: Any) -> StringField:
    """A field for a mail address."""
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
