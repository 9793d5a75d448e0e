import pytest

from app.extensions import db
from app.forums import queries as forum_queries
from app.forums.models import Forum, Post, Reading, Thread
from app.moderation.models import ModerationEntry
from app.spaces.identity import member_of
from tests.factories import look_again


def hide(who, post, reason="Rude"):
    return who.post(f"/posts/{post.id}/hiding", {"reason": reason})


def counts(group):
    look_again()
    thread = db.session.get_one(Thread, group.thread.id)
    return thread.post_count, thread.last_post_id


def test_a_hidden_post_leaves_its_place_and_the_reason(group):
    post = group.post("Zwiebelturm")
    answer = hide(group.as_coordinator, post, "Please be kind")
    assert answer.status_code == 303
    for who in (group.as_member, group.as_reader, group.as_coordinator, group.as_author):
        page = group.page(who)
        assert "Zwiebelturm" not in page
        assert "Please be kind" in page
        assert f'id="post-{post.id}"' in page


def test_a_reason_is_needed(group):
    post = group.post("Zwiebelturm")
    assert hide(group.as_coordinator, post, " ").status_code == 422
    assert "Zwiebelturm" in group.page(group.as_member)


def test_coordinators_and_its_author_still_read_it(group):
    post = group.post("Zwiebelturm")
    hide(group.as_coordinator, post)
    url = f"/posts/{post.id}/hiding"
    for who in (group.as_coordinator, group.as_second, group.as_author):
        assert "Zwiebelturm" in who.get(url).text
    for who in (group.as_member, group.as_reader, group.as_sibling, group.as_outsider):
        assert who.get(url).status_code == 404
    assert group.nobody().get(url).status_code == 401


def test_it_goes_from_open_pages_and_comes_back(group):
    post = group.post("Zwiebelturm")
    ear = group.hear(group.thread.channel)
    hide(group.as_coordinator, post)
    assert "Zwiebelturm" not in ear.html
    assert "Rude" in ear.html
    group.as_coordinator.delete(f"/posts/{post.id}/hiding")
    assert "Zwiebelturm" in ear.html


def test_what_quotes_it_no_longer_does(group):
    post = group.post("Zwiebelturm")
    group.post("Indeed", group.member, reply_to_id=post.id)
    assert "Zwiebelturm" in group.page(group.as_member)
    ear = group.hear(group.thread.channel)
    hide(group.as_coordinator, post)
    assert "Zwiebelturm" not in group.page(group.as_member)
    assert "Indeed" in ear.html
    assert "Zwiebelturm" not in ear.html


def test_counts_leave_it_out(group):
    first = counts(group)
    post = group.post("Zwiebelturm")
    assert counts(group) == (2, post.id)
    hide(group.as_coordinator, post)
    assert counts(group) == first
    hide(group.as_coordinator, post, "Again")
    assert counts(group) == first
    for _ in range(2):
        group.as_coordinator.delete(f"/posts/{post.id}/hiding")
        assert counts(group) == (2, post.id)


def test_it_is_not_new_to_anybody(group):
    post = group.post("Zwiebelturm")
    ids = [group.thread.id]
    assert forum_queries.unread_by_thread(group.member.id, ids) == {group.thread.id: 2}
    hide(group.as_coordinator, post)
    assert forum_queries.unread_by_thread(group.member.id, ids) == {group.thread.id: 1}


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("reader", 403),
        ("member", 403),
        ("author", 403),
        ("sibling", 404),
        ("outsider", 404),
        (None, 401),
    ],
)
def test_who_may_not_hide(group, who, status):
    post = group.post("Words")
    visitor = getattr(group, f"as_{who}") if who else group.nobody()
    assert hide(visitor, post).status_code == status
    assert visitor.delete(f"/posts/{post.id}/hiding").status_code == status
    assert visitor.get(f"/posts/{post.id}/hiding").status_code == status
    url = f"/threads/{group.thread.id}/hiding"
    assert visitor.get(url).status_code == status
    assert visitor.post(url, {"reason": "No"}).status_code == status
    assert visitor.delete(url).status_code == status
    look_again()
    assert db.session.get_one(Post, post.id).hidden_at is None


def test_a_hidden_thread_is_there_for_coordinators_only(group):
    url = f"/threads/{group.thread.id}"
    ear = group.hear(group.thread.channel)
    answer = group.as_coordinator.post(f"{url}/hiding", {"reason": "Not here"})
    assert answer.status_code == 303
    assert ear.is_closed
    for who in (group.as_member, group.as_reader, group.as_author):
        assert who.get(url).status_code == 404
        assert "Evening hours" not in who.get(f"/forums/{group.forum.id}").text
    assert "First words" in group.page(group.as_coordinator)
    assert "Evening hours" in group.as_second.get(f"/spaces/{group.space.id}/reports").text
    assert db.session.get_one(Forum, group.forum.id).thread_count == 0


def test_a_hidden_thread_is_not_heard_by_others(group):
    from app.errors import DomainError

    group.as_member.audience(group.thread.channel)
    group.as_coordinator.post(f"/threads/{group.thread.id}/hiding", {"reason": "Not here"})
    group.as_coordinator.audience(group.thread.channel)
    with pytest.raises(DomainError):
        group.as_member.audience(group.thread.channel)


def test_a_hidden_thread_is_shown_again(group):
    url = f"/threads/{group.thread.id}"
    for _ in range(2):
        group.as_coordinator.post(f"{url}/hiding", {"reason": "Not here"})
    for _ in range(2):
        assert group.as_second.delete(f"{url}/hiding").status_code == 303
    assert "First words" in group.page(group.as_member)
    assert "Evening hours" in group.as_member.get(f"/forums/{group.forum.id}").text
    assert db.session.get_one(Forum, group.forum.id).thread_count == 1


def test_reading_positions_stay(group):
    from app.forums import actions

    post = group.post("Words")
    from app.database import transaction

    with transaction() as session:
        session.add(Reading(account_id=group.member.id, thread_id=group.thread.id, post_id=post.id))
    hide(group.as_coordinator, post)
    group.as_coordinator.delete(f"/posts/{post.id}/hiding")
    assert forum_queries.unread_by_thread(group.member.id, [group.thread.id]) == {}
    assert actions
    assert member_of(group.space, group.member)


def test_a_restored_post_that_was_withdrawn_meanwhile_stays_away(group):
    post = group.post("Zwiebelturm")
    hide(group.as_coordinator, post)
    group.as_author.delete(f"/posts/{post.id}")
    group.as_coordinator.delete(f"/posts/{post.id}/hiding")
    assert counts(group)[0] == 1
    assert "Zwiebelturm" not in group.page(group.as_member)


def test_each_deed_is_in_the_log(group):
    post = group.post("Words")
    hide(group.as_coordinator, post, "Rude words")
    group.as_second.delete(f"/posts/{post.id}/hiding")
    group.as_second.post(f"/threads/{group.thread.id}/hiding", {"reason": "Not here"})
    entries = db.session.query(ModerationEntry).order_by(ModerationEntry.id).all()
    assert [(e.deed, e.account.name, e.reason) for e in entries] == [
        ("hid_post", "Cora Coordinator", "Rude words"),
        ("restored_post", "Cleo Coordinator", ""),
        ("hid_thread", "Cleo Coordinator", "Not here"),
    ]
    page = group.as_coordinator.get(f"/spaces/{group.space.id}/log").text
    for words in ("hid a post", "Rude words", "Cleo Coordinator", "Evening hours"):
        assert words in page


def test_the_log_cannot_be_changed(group):
    from app.database import transaction

    hide(group.as_coordinator, group.post("Words"))
    for change in (lambda e, s: setattr(e, "reason", "Other"), lambda e, s: s.delete(e)):
        with pytest.raises(RuntimeError, match="written on"), transaction() as session:
            change(session.query(ModerationEntry).one(), session)


def test_the_log_has_pages(group):
    from app.moderation.queries import MOST

    post = group.post("Words")
    for number in range(MOST):
        hide(group.as_coordinator, post, f"Reason {number}.")
        group.as_coordinator.delete(f"/posts/{post.id}/hiding")
    first = group.as_coordinator.get(f"/spaces/{group.space.id}/log").text
    assert f"Reason {MOST - 1}." in first
    assert "Reason 0." not in first
    oldest = db.session.query(ModerationEntry.id).order_by(ModerationEntry.id).first()[0]
    url = f"/spaces/{group.space.id}/log?before={oldest + 3}"
    assert "Reason 0." in group.as_coordinator.get(url).text
