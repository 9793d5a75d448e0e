import pytest

from app.extensions import db
from app.forums.models import Post
from tests.forums.posts import comment, page_of, reply
from tests.proposals.topics import propose


def test_a_comment_stands_on_the_page_with_its_author(proposal, join, event, municipality):
    ada = join(event, "Ada", municipality("Musterstadt"))
    comment(proposal, ada, "We do this **already**.")
    page = page_of(proposal, ada)
    assert "We do this <strong>already</strong>." in page
    assert "Ada" in page
    assert "Musterstadt" in page


def test_the_same_key_makes_one_post(proposal, participant):
    url = f"/threads/{proposal.thread_id}/posts"
    for _ in range(2):
        assert participant.post(url, {"text": "Twice?", "key": "k"}).status_code == 303
    assert db.session.query(Post).count() == 1


def test_the_same_key_with_another_text_is_a_conflict(proposal, participant):
    comment(proposal, participant, "One", key="k")
    url = f"/threads/{proposal.thread_id}/posts"
    assert participant.post(url, {"text": "Two", "key": "k"}).status_code == 409


def test_the_same_key_in_another_thread_is_a_conflict(proposal, participant):
    other = propose(proposal.aspect, participant, "Another one", "other")
    comment(proposal, participant, "One", key="k")
    answer = participant.post(f"/threads/{other.thread_id}/posts", {"text": "One", "key": "k"})
    assert answer.status_code == 409


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_nothing_and_too_much_are_refused(proposal, participant, text):
    answer = participant.post(f"/threads/{proposal.thread_id}/posts", {"text": text})
    assert answer.status_code == 422
    assert db.session.query(Post).count() == 0


def test_what_was_too_long_is_still_there(proposal, participant):
    answer = participant.post(f"/threads/{proposal.thread_id}/posts", {"text": "long " * 500})
    assert "long long" in answer.text


def test_a_live_page_hears_its_own_comment_in_the_answer(proposal, participant):
    url = f"/threads/{proposal.thread_id}/posts"
    answer = participant.post(url, {"text": "At once"}, live=True)
    post = db.session.query(Post).one()
    assert f'target="posts-{proposal.thread_id}"' in answer.text
    assert f"post-{post.id}" in answer.text.split("data-own=")[1]
    assert "csrf_token" not in answer.text


def test_observers_may_read_but_not_write(proposal, observer):
    page_of(proposal, observer)
    url = f"/threads/{proposal.thread_id}/posts"
    assert observer.post(url, {"text": "May I?"}).status_code == 403


def test_people_of_another_event_find_nothing(proposal, outsider):
    url = f"/threads/{proposal.thread_id}/posts"
    assert outsider.post(url, {"text": "May I?"}).status_code == 401
    assert outsider.get(f"/proposals/{proposal.id}").status_code == 401


def test_nobody_writes_without_joining(proposal, browser):
    answer = browser().post(f"/threads/{proposal.thread_id}/posts", data={"text": "May I?"})
    assert answer.status_code == 401


def test_a_reply_quotes_what_it_replies_to(proposal, participant, host):
    first = comment(proposal, participant, "How much does it cost?")
    second = reply(first, host, "Less than one thinks.")
    assert second.reply_to_id == first.id
    page = page_of(proposal, participant)
    assert "In reply to Paula Participant: “How much does it cost?”" in page
    assert f'href="#post-{first.id}"' in page


def test_the_page_for_a_reply_shows_what_it_is_about(proposal, participant, host):
    first = comment(proposal, participant, "How much does it cost?")
    page = host.get(f"/posts/{first.id}/replies/new")
    assert page.status_code == 200
    assert "How much does it cost?" in page.text


def test_nobody_replies_to_what_is_gone(proposal, participant, host):
    first = comment(proposal, participant, "How much does it cost?")
    participant.delete(f"/posts/{first.id}")
    assert host.get(f"/posts/{first.id}/replies/new").status_code == 404
    answer = host.post(f"/posts/{first.id}/replies", {"text": "Late"})
    assert answer.status_code == 422


def test_nobody_comments_on_a_hidden_proposal(proposal, join, event, moderator):
    moderator.post(f"/e/{event.code}/hidden/proposal/{proposal.id}")
    url = f"/threads/{proposal.thread_id}/posts"
    assert join(event).post(url, {"text": "May I?"}).status_code == 404
