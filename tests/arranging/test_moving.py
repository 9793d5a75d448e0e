import pytest

from app.database import transaction
from app.errors import DomainError
from app.extensions import db
from app.forums.models import Forum, Reading, Thread
from app.forums.tags import tags_of
from app.moderation.models import ModerationEntry
from app.permissions import SpaceRole
from app.spaces import actions as space_actions
from tests.factories import look_again, make_post


@pytest.fixture
def mover(group):
    """Somebody who coordinates both groups."""
    with transaction():
        space_actions.admit(group.other_space, group.coordinator, SpaceRole.COORDINATOR)
    return group.as_coordinator


def move(group, who, forum):
    return who.post(f"/threads/{group.thread.id}/place", {"forum": forum.id})


def count_of(forum):
    return db.session.get_one(Forum, forum.id).thread_count


def test_a_thread_moves_to_another_forum_of_its_space(group):
    page = group.as_coordinator.get(f"/threads/{group.thread.id}/place").text
    assert "Dates" in page
    assert "Elsewhere" not in page
    ear = group.hear(group.space.channel)
    thread_ear = group.hear(group.thread.channel)
    assert move(group, group.as_coordinator, group.second_forum).status_code == 303
    assert "Evening hours" in group.as_member.get(f"/forums/{group.second_forum.id}").text
    assert "Evening hours" not in group.as_member.get(f"/forums/{group.forum.id}").text
    assert (count_of(group.forum), count_of(group.second_forum)) == (0, 1)
    assert f'action="remove" target="thread-{group.thread.id}"' in ear.html
    assert not thread_ear.is_closed
    entry = db.session.query(ModerationEntry).one()
    assert (entry.deed, entry.detail) == ("moved", "Topics → Dates")


def test_moving_to_where_it_stands_changes_nothing(group):
    assert move(group, group.as_coordinator, group.forum).status_code == 303
    assert count_of(group.forum) == 1
    assert db.session.query(ModerationEntry).count() == 0


def test_who_may_read_it_follows_the_new_space(group, mover):
    post = group.post("Words")
    group.as_member.audience(group.thread.channel)
    assert move(group, mover, group.other_forum).status_code == 303
    urls = [f"/threads/{group.thread.id}", f"/posts/{post.id}/versions"]
    for url in urls:
        for who in (group.as_member, group.as_reader, group.as_author, group.as_second):
            assert who.get(url).status_code == 404
        assert group.as_sibling.get(url).status_code == 200
        assert mover.get(url).status_code == 200
    group.as_sibling.audience(group.thread.channel)
    with pytest.raises(DomainError):
        group.as_member.audience(group.thread.channel)
    assert (count_of(group.forum), count_of(group.other_forum)) == (0, 1)


def test_those_who_look_at_it_are_shut_out_and_nobody_else(group, mover):
    looking = group.hear(group.thread.channel)
    elsewhere = group.hear(group.space.channel)
    move(group, mover, group.other_forum)
    assert looking.is_closed
    assert not elsewhere.is_closed


def test_its_old_space_hears_nothing_of_it_any_more(group, mover):
    """What was announced before the move is drawn after it: it must not show what is new."""
    old, thread_id = group.hear(group.space.channel), group.thread.id
    looking = group.hear(group.thread.channel)
    group.post("Words before")
    move(group, mover, group.other_forum)
    thread = db.session.get_one(Thread, thread_id)
    make_post(thread, group.sibling, "Zwiebelturm")
    with transaction():
        from app.arranging import actions
        from app.spaces.identity import member_of

        thread = db.session.get_one(Thread, thread_id)
        member = member_of(group.other_space, group.sibling)
        actions.rename(thread, member, "Zwiebelturm")
    for ear in (old, looking):
        assert "Zwiebelturm" not in ear.html


def test_its_old_log_does_not_name_where_it_went(group, mover):
    move(group, mover, group.other_forum)
    entries = {e.space_id: e for e in db.session.query(ModerationEntry)}
    assert entries[group.space.id].deed == "moved_out"
    assert entries[group.other_space.id].deed == "moved_in"
    page = group.as_second.get(f"/spaces/{group.space.id}/log").text
    assert "Elsewhere" not in page
    assert "Sibling" not in page


def test_readings_and_tags_come_along(group, mover):
    with transaction() as session:
        last = group.thread.last_post_id
        session.add(Reading(account_id=group.member.id, thread_id=group.thread.id, post_id=last))
    group.as_coordinator.post(f"/threads/{group.thread.id}/tags", {"words": "Childcare"})
    move(group, mover, group.other_forum)
    look_again()
    (tag,) = tags_of([group.thread.id])[group.thread.id]
    assert (tag.name, tag.space_id) == ("Childcare", group.other_space.id)
    assert db.session.get(Reading, (group.member.id, group.thread.id))


def test_nobody_moves_a_thread_to_where_they_do_not_coordinate(group):
    with transaction():
        space_actions.admit(group.other_space, group.coordinator, SpaceRole.MEMBER)
    assert move(group, group.as_coordinator, group.other_forum).status_code == 404
    assert move(group, group.as_second, group.other_forum).status_code == 404
    form = {"forum": "nonsense"}
    url = f"/threads/{group.thread.id}/place"
    assert group.as_coordinator.post(url, form).status_code == 422


def test_nothing_moves_to_a_closed_forum(group):
    from app.database import now

    with transaction():
        db.session.get_one(Forum, group.second_forum.id).archived_at = now()
    assert move(group, group.as_coordinator, group.second_forum).status_code == 409
    assert "Dates" not in group.as_coordinator.get(f"/threads/{group.thread.id}/place").text


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("author", 403),
        ("member", 403),
        ("reader", 403),
        ("sibling", 404),
        ("outsider", 404),
        (None, 401),
    ],
)
def test_who_may_not_move_split_or_merge(group, who, status):
    post = group.post("Words")
    visitor = getattr(group, f"as_{who}") if who else group.nobody()
    url = f"/threads/{group.thread.id}"
    assert move(group, visitor, group.second_forum).status_code == status
    form = {"title": "New", "posts": [post.id], "reach": "chosen"}
    assert visitor.post(f"{url}/parts", form).status_code == status
    assert visitor.post(f"{url}/merging", {"into": group.thread.id}).status_code == status
    for path in ("place", "parts", "merging"):
        assert visitor.get(f"{url}/{path}").status_code == status
    assert count_of(group.forum) == 1


def test_a_room_that_has_moved_is_heard_as_one_of_the_new_space(group, mover):
    """Each message is sent once, and whoever leaves the new space is shut out of it."""
    from app.realtime import Audience, View

    ear = group.hear(group.thread.channel)
    move(group, mover, group.other_forum)
    moved = Audience(group.thread.channel, group.thread.channel, View.SPACE, "en", 0)
    ear.publisher.join(moved)
    (audience,) = ear.publisher.sources[group.thread.channel].audiences
    assert audience == moved


@pytest.mark.socket
def test_a_socket_that_hears_a_thread_is_closed_when_that_moves_away(group, mover, live_server):
    from tests.sockets import Page

    pages = [Page(live_server, cookie=who.browser.cookie()) for who in (group.as_member, mover)]
    try:
        for page in pages:
            assert page.subscribe(group.thread.channel)["ok"]
        move(group, mover, group.other_forum)
        for page in pages:
            page.next("disconnect")
        pages = [Page(live_server, cookie=who.browser.cookie()) for who in (group.as_member, mover)]
        assert not pages[0].subscribe(group.thread.channel)["ok"]
        assert pages[1].subscribe(group.thread.channel)["ok"]
        thread = db.session.get_one(Thread, group.thread.id)
        make_post(thread, group.sibling, "Zwiebelturm")
        pages[1].hears_html(group.thread.channel, "Zwiebelturm")
        assert not pages[0].hears("change", 0.5)
    finally:
        for page in pages:
            page.close()
