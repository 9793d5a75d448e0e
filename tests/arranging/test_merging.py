import pytest

from app.database import transaction
from app.extensions import db
from app.forums.models import Forum, Post, Thread
from app.forums.tags import tags_of
from app.permissions import SpaceRole
from app.spaces import actions as space_actions
from tests.factories import look_again, make_thread


@pytest.fixture
def other(group):
    """Another thread of the forum, newer than the first."""
    return make_thread(group.forum, group.member, "Opening times")


def merge(group, thread, into, who=None):
    form = {"into": into.id}
    return (who or group.as_coordinator).post(f"/threads/{thread.id}/merging", form)


def test_posts_stand_in_the_order_in_which_they_were_written(group, other):
    group.post("One")
    group.post("Two", group.member, thread=other)
    group.post("Three")
    page = group.as_coordinator.get(f"/threads/{group.thread.id}/merging").text
    assert "Opening times" in page
    answer = merge(group, group.thread, other)
    assert answer.location.endswith(f"/threads/{other.id}")
    page = group.page(group.as_reader, other)
    assert page.index(">One<") < page.index(">Two<") < page.index(">Three<")
    look_again()
    into = db.session.get_one(Thread, other.id)
    newest = db.session.query(Post.id).order_by(Post.id.desc()).first()[0]
    assert (into.post_count, into.last_post_id) == (5, newest)
    assert db.session.get_one(Thread, group.thread.id).post_count == 0
    assert db.session.get_one(Forum, group.forum.id).thread_count == 1


def test_the_old_address_leads_to_the_new_one(group, other):
    post = group.post("One")
    merge(group, group.thread, other)
    answer = group.as_reader.get(f"/threads/{group.thread.id}?at={post.id}")
    assert answer.status_code == 302
    assert answer.location == f"/threads/{other.id}?at={post.id}"
    assert group.as_outsider.get(f"/threads/{group.thread.id}").status_code == 404
    assert group.nobody().get(f"/threads/{group.thread.id}").status_code == 401


def test_a_marker_remains_in_the_forum(group, other):
    merge(group, group.thread, other)
    page = group.as_reader.get(f"/forums/{group.forum.id}").text
    assert "Evening hours" in page
    assert "Merged into another thread" in page


def test_addresses_of_threads_merged_earlier_follow(group, other):
    third = make_thread(group.second_forum, group.member, "Hours")
    merge(group, group.thread, other)
    merge(group, other, third)
    answer = group.as_reader.get(f"/threads/{group.thread.id}")
    assert answer.location == f"/threads/{third.id}"


def test_open_pages_go_along(group, other):
    old, new = group.hear(group.thread.channel), group.hear(other.channel)
    merge(group, group.thread, other)
    assert f'action="visit" href="/threads/{other.id}"' in old.html
    assert "catch-up" in new.html


def test_nobody_writes_in_a_marker(group, other):
    merge(group, group.thread, other)
    url = f"/threads/{group.thread.id}/posts"
    assert group.as_member.post(url, {"text": "Late", "key": "k"}).status_code == 409
    assert merge(group, group.thread, other).status_code == 409
    assert merge(group, other, group.thread).status_code == 409
    form = {"forum": group.second_forum.id}
    assert group.as_coordinator.post(f"/threads/{group.thread.id}/place", form).status_code == 409


def test_a_thread_is_not_merged_into_itself(group):
    assert merge(group, group.thread, group.thread).status_code == 422


def test_a_thread_is_found_by_its_title(group, other):
    url = f"/threads/{group.thread.id}/merging"
    assert "Opening times" in group.as_coordinator.get(f"{url}?q=opening").text
    page = group.as_coordinator.get(f"{url}?q=100%25").text
    assert "Opening times" not in page
    assert "No other thread was found." in page


def test_nobody_merges_into_where_they_do_not_coordinate(group):
    theirs = make_thread(group.other_forum, group.sibling, "Zwiebelturm")
    assert "Zwiebelturm" not in group.as_coordinator.get(f"/threads/{group.thread.id}/merging").text
    assert merge(group, group.thread, theirs).status_code == 404
    with transaction():
        space_actions.admit(group.other_space, group.coordinator, SpaceRole.MEMBER)
    assert merge(group, group.thread, theirs).status_code == 404


def test_into_another_space_only_its_readers_follow(group):
    theirs = make_thread(group.other_forum, group.sibling, "Theirs")
    with transaction():
        space_actions.admit(group.other_space, group.coordinator, SpaceRole.COORDINATOR)
    group.post("Words")
    looking = group.hear(group.thread.channel)
    assert merge(group, group.thread, theirs).status_code == 303
    assert looking.is_closed
    assert f"/threads/{theirs.id}" not in looking.html
    assert group.as_member.get(f"/threads/{group.thread.id}").status_code == 404
    assert group.as_sibling.get(f"/threads/{theirs.id}").status_code == 200
    page = group.as_member.get(f"/forums/{group.forum.id}").text
    assert "Merged into another thread" in page
    assert f"/threads/{theirs.id}" not in page


def test_a_marker_carries_no_tags(group, other):
    group.as_coordinator.post(f"/threads/{group.thread.id}/tags", {"words": "Childcare"})
    merge(group, group.thread, other)
    assert tags_of([group.thread.id]) == {}
