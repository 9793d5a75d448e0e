import re

import pytest

from app.security import HEADERS
from tests.factories import item_of_kind
from tests.livepolls.polls import open_poll


@pytest.fixture
def poll(event):
    return open_poll(event, item_of_kind(event, "poll"))


def test_every_answer_carries_the_headers(browser):
    for url in ("/", "/nowhere", "/health", "/static/dist/nothing.js"):
        answer = browser().get(url)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, (url, name)


def test_the_policy_allows_no_inline_script_no_inline_style_and_no_other_host(browser):
    policy = browser().get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "default-src 'self'" in policy
    for directive in ("object-src", "base-uri", "frame-ancestors"):
        assert f"{directive} 'none'" in policy


def test_pages_of_people_are_kept_by_no_cache_in_between(participant, event):
    assert participant.get(f"/e/{event.code}").headers["Cache-Control"] == "private, no-cache"


def test_transport_security_is_asked_for_over_https_only(app, browser, monkeypatch):
    from dataclasses import replace

    assert "Strict-Transport-Security" not in browser().get("/").headers
    secure = replace(app.extensions["settings"], public_url="https://dialog.example.org")
    monkeypatch.setitem(app.extensions, "settings", secure)
    assert "max-age" in browser().get("/").headers["Strict-Transport-Security"]


def test_no_page_has_inline_scripts_styles_or_handlers(browser, event, participant, moderator):
    pages = [browser().get("/"), browser().get(f"/join/{event.code}")]
    pages += [participant.get(f"/e/{event.code}{tail}") for tail in ("", "/me")]
    pages += [moderator.get(f"/e/{event.code}{tail}") for tail in ("/cockpit", "/screen")]
    for page in pages:
        assert page.status_code == 200
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page.text), page.request.path
        for script in re.findall(r"<script[^>]*>", page.text):
            assert "src=" in script, page.request.path


def test_the_cookie_is_not_for_scripts_and_not_for_other_sites(browser, event):
    answer = browser().post(f"/join/{event.code}", data={"name": "Ada"})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_a_form_without_its_token_changes_nothing_and_gives_the_text_back(
    poll, participant, forgery_checked, announced
):
    before = announced(poll.event.channel)
    answer = participant.post(f"/polls/{poll.id}/concerns", {"text": "My <careful> words"})
    assert answer.status_code == 422
    assert "My &lt;careful&gt; words" in answer.text
    assert announced(poll.event.channel) == before


def test_a_live_page_gets_a_fresh_token_and_can_send_again(poll, participant, forgery_checked):
    url = f"/polls/{poll.id}/concerns"
    answer = participant.post(url, {"text": "Childcare", "csrf_token": "old"}, live=True)
    assert answer.status_code == 422
    assert answer.mimetype == "text/vnd.turbo-stream.html"
    token = re.search(r'action="token" value="([^"]+)"', answer.text).group(1)
    again = participant.post(url, {"text": "Childcare", "csrf_token": token}, live=True)
    assert again.status_code == 200


def test_a_streamed_button_works_with_the_token_of_the_page(
    event, participant, poll, forgery_checked
):
    """The page-level form `act` carries the token; the button in a broadcast card only names it."""
    from tests.livepolls.polls import write

    concern = write(poll, participant, "Childcare")
    page = participant.get(f"/e/{event.code}").text
    form = re.search(r'<form[^>]*id="act".*?</form>', page, re.DOTALL).group(0)
    assert 'method="post"' in form
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form).group(1)
    answer = participant.post(f"/concerns/{concern.id}?_method=DELETE", {"csrf_token": token})
    assert answer.status_code == 303


def test_a_token_in_the_header_counts_too(event, participant, poll, forgery_checked):
    page = participant.get(f"/e/{event.code}").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page).group(1)
    answer = participant.post(
        f"/polls/{poll.id}/concerns", {"text": "Childcare"}, headers={"X-CSRFToken": token}
    )
    assert answer.status_code == 303


def test_each_form_of_a_page_has_a_token_field_with_an_id_of_its_own(event, moderator):
    page = moderator.get(f"/e/{event.code}/cockpit").text
    ids = re.findall(r'name="csrf_token" id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) > 1


def test_limits_are_told_politely(app, event, browser, limited):
    client = browser()
    statuses = [client.get("/return/wrong").status_code for _ in range(605)]
    assert statuses[:300] == [404] * 300
    answer = client.get("/return/wrong")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"]
    assert "wait a moment" in answer.text


def test_a_hall_behind_one_address_is_not_limited_together(app, event, join_by_form, poll, limited):
    """Fifty people with one address write one concern each."""
    people = [join_by_form(event) for _ in range(50)]
    answers = {p.post(f"/polls/{poll.id}/concerns", {"text": "Hello"}).status_code for p in people}
    assert answers == {303}


def test_one_person_is_limited(app, event, participant, poll, limited):
    answers = [
        participant.post(f"/polls/{poll.id}/concerns", {"text": "Hello", "key": "k"}).status_code
        for _ in range(41)
    ]
    assert answers[-1] == 429
    assert set(answers[:40]) == {303}
