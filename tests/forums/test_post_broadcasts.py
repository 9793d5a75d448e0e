import pytest

from app.errors import NeedsSignIn, NotFound
from app.realtime import View
from tests.forums.posts import comment, reply


@pytest.fixture
def readers(hear, event, proposal):
    return hear(event, View.HALL, source=f"thread:{proposal.thread_id}")


def test_those_who_look_at_the_thread_see_it_at_once(proposal, participant, readers):
    post = comment(proposal, participant, "New here")
    assert f'action="append" target="posts-{proposal.thread_id}"' in readers.html
    assert f'id="post-{post.id}"' in readers.html
    assert "csrf_token" not in readers.html


def test_the_hall_hears_only_how_many_there_are(proposal, participant, event, hear):
    hall = hear(event, View.HALL)
    comment(proposal, participant, "New here")
    assert "1 comment" in hall.html
    assert "New here" not in hall.html


def test_a_hidden_post_goes_away_with_its_words(
    proposal, participant, host, moderator, event, hear
):
    post = comment(proposal, participant, "Nonsense")
    reply(post, host, "Indeed")
    hall = hear(event, View.HALL)
    readers = hear(event, View.HALL, source=f"thread:{proposal.thread_id}")
    moderator.post(f"/e/{event.code}/hidden/post/{post.id}")
    assert f'action="remove" target="post-{post.id}"' in readers.html
    assert "no longer here" in readers.html
    assert "1 comment" in hall.html
    for html in (readers.html, hall.html):
        assert "Nonsense" not in html


def test_a_post_shown_again_comes_back(proposal, participant, moderator, event, hear):
    post = comment(proposal, participant, "Sensible after all")
    moderator.post(f"/e/{event.code}/hidden/post/{post.id}")
    readers = hear(event, View.HALL, source=f"thread:{proposal.thread_id}")
    moderator.delete(f"/e/{event.code}/hidden/post/{post.id}")
    assert "Sensible after all" in readers.html


def test_moderators_see_the_newest_comments(proposal, participant, moderator, event, hear):
    cockpit = hear(event, View.COCKPIT)
    post = comment(proposal, participant, "Nonsense")
    moderator.post(f"/e/{event.code}/hidden/post/{post.id}")
    assert f"/hidden/post/{post.id}?_method=DELETE" in cockpit.html


def test_ones_own_other_device_marks_the_post(proposal, participant, hear, host):
    mine, theirs = hear(participant), hear(host)
    post = comment(proposal, participant, "New here")
    assert f"post-{post.id}" in mine.html.split("data-own=")[1]
    assert theirs.html == ""


def test_who_may_read_may_listen(proposal, participant, outsider):
    channel = f"thread:{proposal.thread_id}"
    assert participant.audience(channel).view is View.HALL
    with pytest.raises(NeedsSignIn):
        outsider.audience(channel)


def test_nobody_listens_to_the_talk_about_a_hidden_proposal(proposal, event, moderator, join):
    moderator.post(f"/e/{event.code}/hidden/proposal/{proposal.id}")
    with pytest.raises(NotFound):
        join(event).audience(f"thread:{proposal.thread_id}")
    assert moderator.audience(f"thread:{proposal.thread_id}")


@pytest.mark.parametrize("id", ["0", "999", "x"])
def test_there_is_no_such_thread(participant, id):
    with pytest.raises(NotFound):
        participant.audience(f"thread:{id}")
