"""Windows of a long thread: none is missing, none is shown twice, and none is counted off."""

import re

import pytest

from app.forums.queries.windows import LEADING_UP, SIZE
from tests.factories import make_post
from tests.forums.spaces import fill, shown_in


@pytest.fixture
def long_thread(world, ada):
    thread = world.thread(ada)
    first = thread.last_post_id
    return thread, [first, *fill(thread, ada.account, 4 * SIZE - 1)]


def _link(page, label):
    found = re.search(rf'href="([^"]+)"[^>]*>{label}<', page)
    return found.group(1).replace("&amp;", "&") if found else None


def test_going_on_by_links_shows_every_post_once(long_thread, ben):
    thread, ids = long_thread
    seen, url = [], f"/threads/{thread.id}"
    while url:
        page = ben.page(url)
        seen += shown_in(page)
        url = _link(page, "Later posts")
    assert seen == ids


def test_going_back_by_links_shows_every_post_once(long_thread, ben):
    thread, ids = long_thread
    seen, url = [], f"/threads/{thread.id}/last"
    while url:
        page = ben.page(url)
        seen = shown_in(page) + seen
        url = _link(page, "Earlier posts")
    assert seen == ids


def test_the_last_window_takes_in_new_posts_and_others_do_not(long_thread, ben):
    thread, ids = long_thread
    last, first = ben.page(f"/threads/{thread.id}/last"), ben.page(f"/threads/{thread.id}")
    assert f'id="latest-{thread.id}"' in last
    assert f'id="window-{thread.id}"' in first
    assert shown_in(last) == ids[-SIZE:]
    assert shown_in(first) == ids[:SIZE]


def test_a_post_is_shown_among_those_around_it(long_thread, ben):
    thread, ids = long_thread
    answer = ben.get(f"/posts/{ids[60]}")
    assert answer.location == f"/threads/{thread.id}?at={ids[60]}#post-{ids[60]}"
    assert shown_in(ben.page(answer.location)) == ids[60 - LEADING_UP : 60 - LEADING_UP + SIZE]


def test_a_window_begins_where_it_began_when_more_was_written(long_thread, ben, ada):
    thread, _ids = long_thread
    url = ben.get(f"/threads/{thread.id}/last").location.partition("#")[0]
    before = shown_in(ben.page(url))
    new = [make_post(thread, ada.account).id for _ in range(3)]
    assert shown_in(ben.page(url)) == before + new


def test_hidden_and_withdrawn_posts_leave_no_gap_in_a_window(long_thread, ben, ada):
    thread, ids = long_thread
    ada.delete(f"/posts/{ids[3]}")
    page = ben.page(f"/threads/{thread.id}")
    assert shown_in(page) == [id for id in ids[: SIZE + 1] if id != ids[3]]


def test_an_answered_post_is_shown_and_one_tap_away(long_thread, ben):
    _thread, ids = long_thread
    answer = ben.post(f"/posts/{ids[0]}/replies", {"text": "At last an answer", "key": "k"})
    page = ben.page(answer.location)
    assert "In reply to Ada Adler: “First words”" in page
    assert f'href="/posts/{ids[0]}" data-post="post-{ids[0]}"' in page


def test_where_a_window_was_is_asked_for_by_nonsense_the_start_is_shown(long_thread, ben):
    thread, ids = long_thread
    assert shown_in(ben.page(f"/threads/{thread.id}?at=x&after=y")) == ids[:SIZE]
    assert shown_in(ben.page(f"/threads/{thread.id}?at=999999")) == ids[-LEADING_UP:]
    assert shown_in(ben.page(f"/threads/{thread.id}?after=999999")) == []
