"""Letters: plain text from a template, in the language of who reads it."""

from datetime import timedelta

from flask import render_template
from flask_babel import force_locale

from app.database import now
from app.extensions import db
from app.mail.models import Mail


def post(
    letter: str,
    recipient: str,
    language: str,
    *,
    good_for: timedelta | None = None,
    **values: str,
) -> Mail:
    """Write the letter `mail/LETTER.txt` inside a transaction; it goes out after the commit.

    The first line of the template is the subject. Links that end are `good_for` some time, after
    which the letter would only be a nuisance.
    """
    with force_locale(language):
        subject, _, text = render_template(f"mail/{letter}.txt", **values).strip().partition("\n")
    mail = Mail(
        recipient=recipient,
        subject=" ".join(subject.split()),
        text=text.strip() + "\n",
        language=language,
        good_until=now() + good_for if good_for else None,
    )
    db.session.add(mail)
    return mail
