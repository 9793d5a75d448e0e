import pytest

from app.extensions import db
from app.forums.models import Thread
from app.moderation.models import ModerationEntry
from tests.factories import look_again


def thread_of(group):
    look_again()
    return db.session.get_one(Thread, group.thread.id)


def deeds():
    entries = db.session.query(ModerationEntry).order_by(ModerationEntry.id)
    return [(entry.deed, entry.account.name) for entry in entries]


@pytest.mark.parametrize(
    ("path", "column", "done", "undone"),
    [("pin", "pinned_at", "pinned", "unpinned"), ("closure", "closed_at", "closed", "reopened")],
)
def test_coordinators_pin_and_close_and_undo_it(group, path, column, done, undone):
    url = f"/threads/{group.thread.id}/{path}"
    ear = group.hear(group.space.channel)
    for _ in range(2):
        assert group.as_coordinator.post(url).status_code == 303
    assert getattr(thread_of(group), column)
    assert "Evening hours" in ear.html
    for _ in range(2):
        assert group.as_second.delete(url).status_code == 303
    assert getattr(thread_of(group), column) is None
    assert deeds() == [(done, "Cora Coordinator"), (undone, "Cleo Coordinator")]


def test_nobody_writes_in_a_closed_thread(group):
    url = f"/threads/{group.thread.id}"
    group.as_coordinator.post(f"{url}/closure")
    answer = group.as_member.post(f"{url}/posts", {"text": "Late", "key": "k"})
    assert answer.status_code == 409
    group.as_coordinator.delete(f"{url}/closure")
    answer = group.as_member.post(f"{url}/posts", {"text": "Late", "key": "k"})
    assert answer.status_code == 303


def test_a_pinned_thread_stands_first(group):
    from tests.factories import make_thread

    make_thread(group.forum, group.member, "Newer")
    url = f"/forums/{group.forum.id}"
    before = group.as_member.get(url).text
    assert before.index("Newer") < before.index("Evening hours")
    group.as_coordinator.post(f"/threads/{group.thread.id}/pin")
    after = group.as_member.get(url).text
    assert after.index("Evening hours") < after.index("Newer")


@pytest.mark.parametrize("who", ["coordinator", "author"])
def test_coordinators_and_the_author_say_what_solves_it(group, who):
    post, visitor = group.post("The answer", group.member), getattr(group, f"as_{who}")
    ear = group.hear(group.thread.channel)
    for _ in range(2):
        assert visitor.post(f"/posts/{post.id}/acceptance").status_code == 303
    assert thread_of(group).accepted_post_id == post.id
    assert f"/posts/{post.id}" in ear.html
    page = group.page(group.as_reader)
    assert "Solved" in page
    assert "solution" in page
    for _ in range(2):
        assert visitor.delete(f"/threads/{group.thread.id}/acceptance").status_code == 303
    assert thread_of(group).accepted_post_id is None
    assert "Solved" not in group.page(group.as_reader)


def test_another_post_solves_it_better(group):
    first, second = group.post("One"), group.post("Two")
    for post in (first, second):
        group.as_author.post(f"/posts/{post.id}/acceptance")
    assert thread_of(group).accepted_post_id == second.id


def test_what_is_hidden_solves_nothing(group):
    post = group.post("Zwiebelturm")
    group.as_author.post(f"/posts/{post.id}/acceptance")
    group.as_coordinator.post(f"/posts/{post.id}/hiding", {"reason": "Rude"})
    assert "Zwiebelturm" not in group.page(group.as_member)
    other = group.post("Hidden too")
    group.as_coordinator.post(f"/posts/{other.id}/hiding", {"reason": "Rude"})
    assert group.as_author.post(f"/posts/{other.id}/acceptance").status_code == 404


@pytest.mark.parametrize("who", ["coordinator", "author"])
def test_coordinators_and_the_author_rename_it(group, who):
    visitor, url = getattr(group, f"as_{who}"), f"/threads/{group.thread.id}/title"
    assert "Evening hours" in visitor.get(url).text
    assert visitor.post(url, {"title": "  Late\nhours "}).status_code == 303
    assert thread_of(group).title == "Late hours"
    assert "Late hours" in group.page(group.as_member)
    assert visitor.post(url, {"title": " "}).status_code == 422
    assert visitor.post(url, {"title": "x" * 151}).status_code == 422
    entry = db.session.query(ModerationEntry).one()
    assert (entry.deed, entry.detail) == ("renamed", "Evening hours")


OTHERS = [("member", 403), ("reader", 403), ("sibling", 404), ("outsider", 404), (None, 401)]


@pytest.mark.parametrize(("who", "status"), OTHERS)
def test_others_may_do_none_of_it(group, who, status):
    post = group.post("Words")
    visitor = getattr(group, f"as_{who}") if who else group.nobody()
    url = f"/threads/{group.thread.id}"
    for path in ("pin", "closure"):
        assert visitor.post(f"{url}/{path}").status_code == status
        assert visitor.delete(f"{url}/{path}").status_code == status
    assert visitor.post(f"/posts/{post.id}/acceptance").status_code == status
    assert visitor.delete(f"{url}/acceptance").status_code == status
    assert visitor.get(f"{url}/title").status_code == status
    assert visitor.post(f"{url}/title", {"title": "Mine"}).status_code == status
    thread = thread_of(group)
    assert (thread.pinned_at, thread.closed_at, thread.title) == (None, None, "Evening hours")
    assert deeds() == []


def test_the_author_may_not_pin_or_close(group):
    for path in ("pin", "closure"):
        assert group.as_author.post(f"/threads/{group.thread.id}/{path}").status_code == 403


def test_a_former_member_may_not_rename_their_thread(group):
    from app.database import transaction
    from app.spaces import actions
    from app.spaces.models import Membership

    with transaction():
        actions.let_go(db.session.get_one(Membership, (group.space.id, group.author.id)))
    url = f"/threads/{group.thread.id}/title"
    assert group.as_author.post(url, {"title": "Mine"}).status_code == 404


def test_what_is_said_in_an_event_is_not_arranged_here(group, event, participant):
    from tests.proposals.topics import choose_aspects, propose

    proposal = propose(choose_aspects(event, participant)[0], participant)
    for path in ("pin", "closure"):
        answer = group.as_coordinator.post(f"/threads/{proposal.thread_id}/{path}")
        assert answer.status_code == 404
