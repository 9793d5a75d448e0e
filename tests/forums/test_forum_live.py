"""What those hear who look at a thread, at its forum, or at another."""

import contextvars

import pytest

from app.errors import NeedsSignIn, NotFound
from app.realtime import View
from app.realtime.audiences import audience_for
from tests.factories import make_post


@pytest.fixture
def thread(world, ada):
    return world.thread(ada)


@pytest.fixture
def in_thread(listen, thread):
    return listen(thread.channel, thread.forum.space_id)


@pytest.fixture
def in_space(listen, thread):
    return listen(thread.forum.channel, thread.forum.space_id)


def test_a_new_post_is_added_to_the_last_window_only(thread, in_thread, ben):
    post = make_post(thread, ben.account, "New here")
    assert f'action="append" target="latest-{thread.id}"' in in_thread.html
    assert f'id="post-{post.id}"' in in_thread.html
    assert f'data-author="account-{ben.account.id}"' in in_thread.html
    assert "csrf_token" not in in_thread.html
    assert "2 posts" in in_thread.html


def test_the_space_hears_the_numbers_and_not_the_words(thread, in_space, ben):
    make_post(thread, ben.account, "New here")
    assert f'target="thread-{thread.id}"' in in_space.html
    assert f'target="forum-{thread.forum_id}"' in in_space.html
    assert "New here" not in in_space.html


def test_a_new_thread_is_added_to_its_forum(world, thread, in_space, ada):
    world.thread(ada, "Another", thread.forum)
    assert f'action="prepend" target="threads-{thread.forum_id}"' in in_space.html


def test_a_changed_post_is_drawn_where_it_stands(thread, in_thread, ada):
    ada.post(f"/posts/{thread.last_post_id}", {"text": "Better words"})
    assert f'action="replace" target="post-{thread.last_post_id}"' in in_thread.html
    assert "Better words" in in_thread.html
    assert "append" not in in_thread.html


def test_a_withdrawn_post_goes_and_the_quotes_of_it_too(thread, in_thread, ada, ben):
    first = thread.last_post_id
    post = make_post(thread, ben.account, "Words to withdraw")
    ben.delete(f"/posts/{post.id}")
    assert f'action="remove" target="post-{post.id}"' in in_thread.html
    answer = make_post(thread, ben.account, "Indeed", reply_to_id=first)
    ada.delete(f"/posts/{first}")
    assert f'target="post-{answer.id}"' in in_thread.html
    assert "no longer here" in in_thread.html


def test_whoever_writes_gets_the_card_and_is_led_to_it(thread, ben):
    answer = ben.post(f"/threads/{thread.id}/posts", {"text": "Here", "key": "k"}, live=True)
    assert f'target="latest-{thread.id}"' in answer.text
    assert 'action="arrive"' in answer.text
    assert f"/threads/{thread.id}?at=" in answer.text


def test_cards_are_the_same_for_everybody(thread, in_thread, ben):
    make_post(thread, ben.account, "New here")
    assert "is-own" not in in_thread.html
    assert "data-own-only hidden" in in_thread.html


def test_readers_of_the_space_may_listen_and_nobody_else(app, thread, ada, ole, rita):
    channel, space_id = thread.channel, thread.forum.space_id

    def look_up(headers):
        with app.test_request_context(headers=headers):
            return audience_for(channel)

    def audience(person):
        headers = {"Cookie": person.browser.cookie()} if person else {}
        return contextvars.Context().run(look_up, headers)

    assert audience(rita).view is View.SPACE
    assert audience(ada).space_id == space_id
    with pytest.raises(NotFound):
        audience(ole)
    with pytest.raises(NeedsSignIn):
        audience(None)
