"""What all forms share."""

from functools import cache
from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.i18n import get_translations
from wtforms.validators import Length, ValidationError

from app.submissions import one_line, tidied


class Form(FlaskForm):
    """A form; the token against forgery is checked for every request before any form is read."""

    class Meta:
        """WTForms' switch."""

        csrf = False

        def get_translations(self, form: Any) -> Any:
            """WTForms' own words: Flask-WTF reads and parses their file for every request."""
            return _words(str(get_locale()))


@cache
def _words(language: str) -> Any:
    return get_translations([language])


def stripped(value: Any) -> Any:
    """Blanks around a text are nobody's intention."""
    return tidied(value) if isinstance(value, str) else value


def on_one_line(value: Any) -> Any:
    """A name is what others can see of it."""
    return one_line(value) if isinstance(value, str) else value


def filled(_form: Any, field: Any) -> None:
    """Refuse an empty text."""
    if not field.data:
        raise ValidationError(_l("Please write something first."))


class TextForm(Form):
    """One text, with a key from the page so that sending it twice makes it once."""

    most = 2000
    text = TextAreaField(filters=[stripped])
    key = HiddenField(validators=[Length(max=64)])

    def validate_text(self, field: Any) -> None:
        """Between one character and the most."""
        filled(self, field)
        if len(field.data) > self.most:
            raise ValidationError(
                _l(
                    "This is too long: %(length)d of at most %(most)d characters.",
                    length=len(field.data),
                    most=self.most,
                )
            )
