import pytest

from app.database import transaction
from app.extensions import db
from app.forums import actions as forum_actions
from app.moderation.models import PostReport
from app.realtime.audiences import View
from app.spaces import actions as space_actions
from app.spaces.models import Membership
from tests.together import together


def report(who, post, reason=""):
    return who.post(f"/posts/{post.id}/reports", {"reason": reason})


def queue(group, who):
    answer = who.get(f"/spaces/{group.space.id}/reports")
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_member_reports_a_post_and_coordinators_find_it(group):
    post = group.post("Rude words")
    assert "Rude words" in group.as_member.get(f"/posts/{post.id}/reports/new").text
    answer = report(group.as_member, post, "That is rude")
    assert answer.status_code == 303
    assert answer.location == f"/posts/{post.id}"
    page = queue(group, group.as_coordinator)
    assert "Rude words" in page
    assert "That is rude" in page
    assert "Reported by one person" in page


def test_a_reason_is_not_needed(group):
    assert report(group.as_member, group.post("Rude words")).status_code == 303
    assert "Rude words" in queue(group, group.as_second)


def test_one_report_for_a_person_and_a_post(group):
    post = group.post("Rude words")
    report(group.as_member, post, "First")
    assert report(group.as_member, post, "Second").status_code == 303
    stored = db.session.query(PostReport).one()
    assert stored.reason == "First"
    report(group.as_author, post)
    assert "Reported by 2 people" in queue(group, group.as_coordinator)


def test_the_same_report_twice_at_once_is_one(group):
    post = group.post("Rude words")
    second = group._browser().sign_in(group.member)
    url = f"/posts/{post.id}/reports"
    answers = together(
        group.app,
        lambda: group.as_member.post(url, {}).status_code,
        lambda: second.post(url, data={}).status_code,
    )
    assert answers == [303, 303]
    assert db.session.query(PostReport).count() == 1


def test_nobody_learns_who_reported(group):
    post = group.post("Rude words", author=group.second)
    report(group.as_member, post, "By me")
    for coordinator in (group.as_coordinator, group.as_second):
        assert group.member.name not in queue(group, coordinator)
    assert group.member.name not in group.as_coordinator.get(f"/spaces/{group.space.id}/log").text


def test_a_reported_coordinator_leaves_it_to_the_others(group):
    post = group.post("Rude words", author=group.coordinator)
    report(group.as_member, post, "I was at the meeting")
    own = queue(group, group.as_coordinator)
    assert "another coordinator decides" in own
    assert "I was at the meeting" not in own
    assert "I was at the meeting" in queue(group, group.as_second)
    url = f"/posts/{post.id}/reports/dismissal"
    assert group.as_coordinator.post(url).status_code == 409
    assert group.as_second.post(url).status_code == 303


def test_the_only_coordinator_decides_about_their_own_post(group):
    with transaction():
        space_actions.let_go(db.session.get_one(Membership, (group.space.id, group.second.id)))
    post = group.post("Rude words", author=group.coordinator)
    report(group.as_member, post)
    url = f"/posts/{post.id}/reports/dismissal"
    assert group.as_coordinator.post(url).status_code == 303


@pytest.mark.parametrize(
    ("who", "status"), [("reader", 403), ("sibling", 404), ("outsider", 404), (None, 401)]
)
def test_who_may_not_report(group, who, status):
    post = group.post("Rude words")
    visitor = getattr(group, f"as_{who}") if who else group.nobody()
    assert visitor.get(f"/posts/{post.id}/reports/new").status_code == status
    assert report(visitor, post).status_code == status
    assert db.session.query(PostReport).count() == 0


@pytest.mark.parametrize(
    ("who", "status"),
    [("reader", 403), ("member", 403), ("sibling", 404), ("outsider", 404), (None, 401)],
)
def test_who_may_not_see_or_decide(group, who, status):
    post = group.post("Rude words")
    report(group.as_author, post)
    visitor = getattr(group, f"as_{who}") if who else group.nobody()
    for url in (f"/spaces/{group.space.id}/reports", f"/spaces/{group.space.id}/log"):
        assert visitor.get(url).status_code == status
    url = f"/posts/{post.id}/reports/dismissal"
    assert visitor.post(url).status_code == status
    assert visitor.delete(url).status_code == status
    assert db.session.query(PostReport).one().outcome is None


def test_a_report_that_is_dismissed_can_be_taken_up_again(group):
    post = group.post("Strong words")
    report(group.as_member, post)
    url = f"/posts/{post.id}/reports/dismissal"
    assert group.as_coordinator.post(url).status_code == 303
    assert group.as_coordinator.post(url).status_code == 303
    assert "Nothing waits for you" in queue(group, group.as_coordinator)
    assert "Strong words" in group.page(group.as_member)
    assert group.as_second.delete(url).status_code == 303
    assert "Strong words" in queue(group, group.as_coordinator)


def test_the_one_who_reported_sees_what_became_of_it(group):
    first, second = group.post("One"), group.post("Two")
    for post in (first, second):
        report(group.as_member, post)
    assert group.as_member.get("/reports").text.count("Not decided yet") == 2
    ear = group.hear(f"account:{group.member.id}", View.PERSON)
    group.as_coordinator.post(f"/posts/{first.id}/hiding", {"reason": "Rude"})
    group.as_coordinator.post(f"/posts/{second.id}/reports/dismissal")
    assert "The post was hidden" in ear.html
    page = group.as_member.get("/reports").text
    assert "The post was hidden" in page
    assert "left the post where it is" in page
    group.as_coordinator.delete(f"/posts/{first.id}/hiding")
    assert "is shown again" in group.as_member.get("/reports").text
    assert "One" not in group.as_author.get("/reports").text
    assert group.nobody().get("/reports").status_code == 401


def test_coordinators_hear_of_reports_at_once_and_nobody_else_does(group):
    post = group.post("Rude words")
    coordinators = group.hear(f"reports:{group.space.id}")
    tab = group.hear(f"account:{group.coordinator.id}", View.PERSON)
    others = [
        group.hear(group.space.channel),
        group.hear(group.thread.channel),
        group.hear(f"account:{group.author.id}", View.PERSON),
    ]
    report(group.as_member, post)
    assert "catch-up" in coordinators.html
    assert f'id="reports-count-{group.space.id}"' in tab.html
    assert [ear.messages for ear in others] == [[], [], []]


def test_the_tab_says_how_many_wait(group):
    report(group.as_member, group.post("Rude words"))
    page = queue(group, group.as_coordinator)
    assert f'id="reports-count-{group.space.id}"' in page
    assert "moderation" not in group.as_member.get(f"/spaces/{group.space.id}").text


@pytest.mark.parametrize("who", ["member", "reader", "sibling", "outsider"])
def test_only_coordinators_may_hear_the_reports(group, who):
    from app.errors import DomainError

    group.as_coordinator.audience(f"reports:{group.space.id}")
    with pytest.raises(DomainError):
        getattr(group, f"as_{who}").audience(f"reports:{group.space.id}")


def test_what_is_not_there_cannot_be_reported(group):
    post = group.post("Rash words")
    with transaction():
        forum_actions.withdraw_post(db.session.merge(post), group.author)
    assert report(group.as_member, post).status_code == 404
    assert group.as_member.get(f"/posts/{10**6}/reports/new").status_code == 404
