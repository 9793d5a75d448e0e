"""A form that is sent after the sign-in has ended keeps its text."""

from app.accounts.models import Account
from app.database import transaction
from app.extensions import db
from tests.browsers import STREAMS

HERE = "http://localhost/profile?tab=1"
TYPED = {"name": "What I typed", "new_password": "my secret word", "key": "k-e-y-1"}


def lost(browser, member):
    mia = browser().sign_in(member)
    with transaction():
        db.session.get_one(Account, member.id).end_sessions()
    return mia


def test_a_plain_form_comes_back_with_the_text_and_a_way_to_sign_in(browser, member):
    answer = lost(browser, member).post("/profile", data=TYPED, headers={"Referer": HERE})
    assert answer.status_code == 401
    assert "What I typed" in answer.text
    assert "/sign-in?next=/profile?tab%3D1" in answer.text
    assert 'target="_blank"' in answer.text


def test_but_never_with_what_is_secret(browser, member):
    answer = lost(browser, member).post("/profile", data=TYPED)
    assert "my secret word" not in answer.text
    assert "k-e-y-1" not in answer.text


def test_a_live_page_keeps_its_form_and_gets_the_way_beside_it(browser, member):
    answer = lost(browser, member).post(
        "/profile", data=TYPED, headers={"Accept": STREAMS, "Referer": HERE}
    )
    assert answer.status_code == 401
    assert answer.content_type.startswith("text/vnd.turbo-stream.html")
    assert 'target="notices"' in answer.text
    assert "/sign-in?next=/profile?tab%3D1" in answer.text
    assert 'action="visit"' not in answer.text


def test_a_page_of_another_host_is_no_way_back(browser, member):
    answer = lost(browser, member).post(
        "/profile", data=TYPED, headers={"Referer": "https://evil.example//evil.example/"}
    )
    link = answer.text.split('href="/sign-in?next=')[1].split('"')[0]
    page = browser().get(f"/sign-in?next={link}")
    assert 'name="next" value="/"' in page.text


def test_a_program_is_told_so(app, browser):
    assert browser().post("/profile/tokens", data={}).status_code == 401
