import pytest

from app.extensions import db
from app.forums.models import Post
from tests.forums.posts import comment


def test_the_preview_is_safe_html(participant):
    answer = participant.post("/preview", {"text": "**bold** <script>alert(1)</script>"})
    assert answer.status_code == 200
    assert "<strong>bold</strong>" in answer.text
    assert "<script" not in answer.text


def test_there_is_no_preview_for_nobody(browser):
    assert browser().post("/preview", data={"text": "x"}).status_code == 401


@pytest.mark.parametrize("text", ["", "x" * 4001])
def test_there_is_no_preview_of_nothing_and_of_too_much(participant, text):
    assert participant.post("/preview", {"text": text}).status_code == 422


@pytest.mark.usefixtures("limited")
def test_previews_are_limited_for_each_person(participant, host):
    answers = [participant.post("/preview", {"text": "x"}).status_code for _ in range(121)]
    assert answers[0] == 200
    assert answers[-1] == 429
    assert host.post("/preview", {"text": "x"}).status_code == 200


def test_without_a_script_the_form_comes_back_with_the_preview(proposal, participant):
    url = f"/threads/{proposal.thread_id}/posts"
    answer = participant.post(url, {"text": "a *word*", "key": "k7", "preview": "1"})
    assert answer.status_code == 200
    assert "a <em>word</em>" in answer.text
    assert ">a *word*</textarea>" in answer.text
    assert 'value="k7"' in answer.text
    assert db.session.query(Post).count() == 0


def test_an_edit_can_be_previewed_too(proposal, participant, host):
    post = comment(proposal, participant, "First")
    answer = participant.post(f"/posts/{post.id}", {"text": "*Second*", "preview": "1"})
    assert "<em>Second</em>" in answer.text
    assert db.session.query(Post).one().text == "First"
    assert host.post(f"/posts/{post.id}", {"text": "x", "preview": "1"}).status_code == 403
    reply = host.post(f"/posts/{post.id}/replies", {"text": "*Third*", "preview": "1"})
    assert "<em>Third</em>" in reply.text
