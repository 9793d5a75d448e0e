from app.extensions import db
from app.forums.models import Post
from tests.forums.posts import comment, page_of, post_with, reply


def test_authors_say_it_differently(proposal, participant, host):
    post = comment(proposal, participant, "Frist")
    assert "Frist" in participant.get(f"/posts/{post.id}/edit").text
    assert participant.post(f"/posts/{post.id}", {"text": "First"}).status_code == 303
    page = page_of(proposal, host)
    assert "First" in page
    assert "Frist" not in page
    assert "edited" in page


def test_others_may_not(proposal, participant, host, moderator):
    post = comment(proposal, participant, "Mine")
    for other in (host, moderator):
        assert other.get(f"/posts/{post.id}/edit").status_code == 403
        assert other.post(f"/posts/{post.id}", {"text": "Yours"}).status_code == 403
        assert other.delete(f"/posts/{post.id}").status_code == 403
    assert post_with("Mine")


def test_a_late_retry_after_an_edit_is_still_the_same_post(proposal, participant):
    post = comment(proposal, participant, "Frist", key="k")
    participant.post(f"/posts/{post.id}", {"text": "First"})
    url = f"/threads/{proposal.thread_id}/posts"
    assert participant.post(url, {"text": "Frist", "key": "k"}).status_code == 303
    assert db.session.query(Post).one().text == "First"


def test_a_withdrawn_post_is_gone(proposal, participant, host):
    post = comment(proposal, participant, "Rash words")
    assert participant.delete(f"/posts/{post.id}").status_code == 303
    page = page_of(proposal, host)
    assert "Rash words" not in page
    assert f'id="post-{post.id}"' not in page
    db.session.refresh(post)
    assert (post.text, post.html, post.submitted_text) == ("", "", "")


def test_where_others_have_replied_its_place_remains(proposal, participant, host):
    post = comment(proposal, participant, "Rash words")
    answer = reply(post, host, "Indeed")
    participant.delete(f"/posts/{post.id}")
    page = page_of(proposal, host)
    assert "Rash words" not in page
    assert "This comment was withdrawn." in page
    assert "In reply to a comment that is no longer here" in page
    host.delete(f"/posts/{answer.id}")
    assert "This comment was withdrawn." not in page_of(proposal, host)


def test_withdrawing_twice_is_not_found(proposal, participant):
    post = comment(proposal, participant, "Rash words")
    participant.delete(f"/posts/{post.id}")
    assert participant.delete(f"/posts/{post.id}").status_code == 404
    assert participant.post(f"/posts/{post.id}", {"text": "Back"}).status_code == 404


def test_moderators_hide_a_post_and_show_it_again(proposal, event, participant, moderator):
    post = comment(proposal, participant, "Nonsense")
    moderator.post(f"/e/{event.code}/hidden/post/{post.id}")
    assert "Nonsense" not in page_of(proposal, participant)
    moderator.delete(f"/e/{event.code}/hidden/post/{post.id}")
    assert "Nonsense" in page_of(proposal, participant)


def test_others_do_not_hide_posts(proposal, event, participant, host):
    post = comment(proposal, participant, "Nonsense")
    assert host.post(f"/e/{event.code}/hidden/post/{post.id}").status_code == 403


def test_a_post_has_no_place_on_the_screen(proposal, event, participant, moderator):
    post = comment(proposal, participant, "Words")
    answer = moderator.post(f"/e/{event.code}/highlight/post/{post.id}")
    assert answer.status_code == 404
    assert moderator.get(f"/e/{event.code}/screen").status_code == 200


def test_one_takes_ones_posts_along_and_deletes_them(proposal, event, join, participant):
    ada = join(event, "Ada")
    post = comment(proposal, ada, "Rash words")
    reply(post, participant, "Indeed")
    assert ada.get(f"/e/{event.code}/me.json").json["posts"][0]["text"] == "Rash words"
    assert ada.delete(f"/e/{event.code}/me").status_code == 303
    db.session.refresh(post)
    assert (post.text, post.participant_id) == ("", None)
    page = page_of(proposal, participant)
    assert "Ada" not in page
    assert "This comment was withdrawn." in page
