"""Letters in the language of who reads them."""

import pytest

from app.database import transaction
from app.mail import letters

pytestmark = pytest.mark.parametrize("database", ["sqlite"])
LETTERS = ("invitation", "reset", "password_changed")


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_letter_has_a_subject_and_its_link(app, letter, language):
    with app.test_request_context(headers={"Accept-Language": "en"}), transaction():
        mail = letters.post(
            letter,
            "mia@example.org",
            language,
            name="Mia",
            inviter="Ada",
            link="https://x.example/y?a=1&b=2",
        )
    assert mail.language == language
    assert mail.subject
    assert "\n" not in mail.subject
    assert "Mia" in mail.text
    assert "https://x.example/y?a=1&b=2\n" in mail.text


def test_nothing_in_a_letter_is_turned_into_html(app):
    with transaction():
        mail = letters.post("reset", "mia@example.org", "en", name="Mia & <Co>", link="https://x")
    assert "Mia & <Co>" in mail.text
