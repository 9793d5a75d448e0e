import pytest

from app.accounts import own_data
from app.database import transaction
from app.extensions import db
from app.reactions.facts import OwnReactionsChanged, ReactionsChanged
from app.reactions.models import PostReaction, Reaction
from app.reactions.queries import counts_of
from tests.composing.towns import say


@pytest.fixture
def post(here):
    """A post by Ines."""
    return say(here, here.ines, "An idea")


def url(post, kind="thanks"):
    return f"/posts/{post.id}/reactions/{kind}"


def count(post, kind=Reaction.THANKS):
    db.session.rollback()
    return counts_of([post])[post.id][kind]


def test_a_reaction_counts_once_and_can_be_taken_back(here, post, browser):
    person = browser().sign_in(here.ole)
    for _ in range(2):
        assert person.put(url(post)).status_code == 303
    assert count(post) == 1
    for _ in range(2):
        assert person.delete(url(post)).status_code == 303
    assert count(post) == 0


def test_a_form_says_which_of_the_two_it_wants(here, post, browser):
    person = browser().sign_in(here.ole)
    person.post(url(post), data={"supported": "1"})
    person.post(url(post), data={"supported": "1"})
    assert count(post) == 1
    person.post(url(post), data={"supported": "0"})
    assert count(post) == 0


def test_somebody_can_say_several_things(here, post, browser):
    person = browser().sign_in(here.ole)
    person.put(url(post))
    person.put(url(post, "agree"))
    assert (count(post), count(post, Reaction.AGREE)) == (1, 1)


def test_what_is_not_on_the_list_cannot_be_said(here, post, browser):
    assert browser().sign_in(here.ole).put(url(post, "boo")).status_code == 404


def test_nobody_reacts_to_their_own(here, post, browser):
    assert browser().sign_in(here.ines).put(url(post)).status_code == 409
    assert count(post) == 0


def test_readers_and_others_may_not(here, elsewhere, reader, post, browser):
    assert browser().sign_in(reader).put(url(post)).status_code == 403
    assert browser().sign_in(elsewhere.ole).put(url(post)).status_code == 404
    assert browser().put(url(post)).status_code == 401
    assert count(post) == 0


def test_a_hidden_post_takes_no_reactions(here, post, browser):
    with transaction():
        post.hide(True)
    assert browser().sign_in(here.ole).put(url(post)).status_code == 404


def test_all_who_look_hear_the_count_and_each_what_is_their_own(here, post, browser, announced):
    person = browser().sign_in(here.ole)
    person.put(url(post))
    person.put(url(post))
    changed = [f for f in announced(here.thread.channel) if isinstance(f, ReactionsChanged)]
    assert changed == [ReactionsChanged(here.thread.id, post.id)]
    assert announced(here.ole.channel)[-1] == OwnReactionsChanged(here.ole.id, post.id)


def test_the_answer_marks_it_as_mine(here, post, browser):
    headers = {"Accept": "text/vnd.turbo-stream.html"}
    text = browser().sign_in(here.ole).put(url(post), headers=headers).text
    assert f'data-supported="reaction-{post.id}-thanks ' in text
    assert f'target="reactions-{post.id}"' in text
    assert 'aria-pressed="false"' in text  # the count itself is neutral


def test_ones_own_are_taken_along_and_deleted(here, post, browser):
    browser().sign_in(here.ole).put(url(post))
    assert own_data.export(here.ole)["reactions"] == [{"post": post.id, "said": "thanks"}]
    with transaction():
        own_data.delete(here.ole, keep_words=True)
    assert db.session.query(PostReaction).count() == 0
