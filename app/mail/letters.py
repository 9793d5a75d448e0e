"""Letters: plain text from a template, in the language of who reads it."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import render_template
from flask_babel import force_locale

from app import jobs
from app.database import now
from app.extensions import db
from app.mail.delivery import send_due
from app.mail.models import Mail

MORE_THAN_A_BLANK_LINE = re.compile(r"\n{3,}")


def post(
    letter: str,
    recipient: str,
    language: str,
    *,
    good_for: timedelta | None = None,
    headers: Mapping[str, str] | None = None,
    **values: Any,
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
        text=MORE_THAN_A_BLANK_LINE.sub("\n\n", text.strip()) + "\n",
        language=language,
        headers=dict(headers or {}),
        good_until=now() + good_for if good_for else None,
    )
    db.session.add(mail)
    jobs.later(send_due)
    return mail
