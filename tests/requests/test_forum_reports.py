import pytest

from app.accounts import own_data
from app.accounts.models import Account
from app.database import transaction
from app.extensions import db
from app.requests.facts import ForumReportWritten, RequestAsked
from app.requests.models import ForumReport, Reporter, Request
from tests.factories import look_again


def hand_in(browser, forum, version=0, **parts):
    form = {"discussed": "", "request": "", "ideas": "", "version": version, **parts}
    return browser.post(f"/forums/{forum.id}/report", data=form)


def account_named(name):
    look_again()
    return db.session.query(Account).filter_by(name=name).one()


def test_a_coordinator_hands_in_and_everybody_in_the_space_reads_it(people, forum, announced):
    answer = hand_in(people["coordinator"], forum, request="Please write a guide.", ideas="Visits")
    assert answer.location == f"/forums/{forum.id}"
    page = people["member"].get(f"/forums/{forum.id}").text
    assert "Please write a guide." in page
    assert "Visits" in page
    request = db.session.query(Request).one()
    assert (request.forum_id, request.text, request.state) == (
        forum.id,
        "Please write a guide.",
        "open",
    )
    assert announced(forum.channel)[-2:] == [
        ForumReportWritten(forum.id),
        RequestAsked(request.id),
    ]


def test_it_is_revised_and_the_request_follows(people, forum):
    hand_in(people["coordinator"], forum, request="Please write a guide.")
    hand_in(people["coordinator"], forum, 1, request="Please write two guides.")
    look_again()
    assert db.session.query(ForumReport).one().version == 2
    assert db.session.query(Request).one().text == "Please write two guides."
    hand_in(people["coordinator"], forum, 2, discussed="Only this.")
    look_again()
    assert db.session.query(Request).one().text == ""
    assert "guides" not in people["centre"].get(f"/spaces/{forum.space.root_id}/requests").text


def test_who_began_from_an_older_state_loses_nothing(people, forum):
    hand_in(people["coordinator"], forum, discussed="What Cora wrote.")
    answer = hand_in(people["coordinator"], forum, discussed="What else she wrote.")
    assert answer.status_code == 409
    for text in ("What Cora wrote.", "What else she wrote.", 'value="1"'):
        assert text in answer.text
    look_again()
    assert db.session.query(ForumReport).one().discussed == "What Cora wrote."


def test_a_member_writes_it_once_a_coordinator_has_named_them(people, forum):
    assert hand_in(people["member"], forum, discussed="Mine").status_code == 403
    assert "/report" not in people["member"].get(f"/forums/{forum.id}").text
    mia, outside = account_named("Mia Member"), account_named("Nora Neighbour")
    form = {"person": [str(mia.id), str(outside.id), "x"]}
    answer = people["coordinator"].post(f"/forums/{forum.id}/reporters", data=form)
    assert answer.location == f"/forums/{forum.id}/report"
    look_again()
    assert [each.account_id for each in db.session.query(Reporter)] == [mia.id]
    assert "/report" in people["member"].get(f"/forums/{forum.id}").text
    assert hand_in(people["member"], forum, discussed="Ours").status_code == 303
    people["coordinator"].post(f"/forums/{forum.id}/reporters", data={})
    assert hand_in(people["member"], forum, 1, discussed="Mine again").status_code == 403


@pytest.mark.parametrize(
    ("who", "status"),
    [("centre", 404), ("somebody", 404), ("neighbour", 404), ("stranger", 404), ("nobody", 401)],
)
def test_others_neither_write_nor_find_it(who, status, people, forum):
    assert people[who].get(f"/forums/{forum.id}/report").status_code == status
    assert hand_in(people[who], forum, discussed="Not mine").status_code == status
    assert people[who].post(f"/forums/{forum.id}/reporters").status_code == status
    assert db.session.query(ForumReport).count() == 0


def test_a_plain_member_names_nobody(people, forum):
    assert people["member"].post(f"/forums/{forum.id}/reporters").status_code == 403


def test_too_long_is_refused_and_kept(people, forum):
    answer = hand_in(people["coordinator"], forum, ideas="z" * 4001)
    assert answer.status_code == 422
    assert "z" * 4001 in answer.text
    assert db.session.query(ForumReport).count() == 0


def test_what_somebody_handed_in_is_in_their_export_and_stays_without_their_name(people, forum):
    hand_in(people["coordinator"], forum, discussed="What Cora wrote.")
    cora = account_named("Cora Coordinator")
    assert "What Cora wrote." in str(own_data.export(cora)["requests"])
    with transaction():
        own_data.delete(db.session.merge(cora), keep_words=False)
    look_again()
    report = db.session.query(ForumReport).one()
    assert (report.discussed, report.changed_by_id) == ("What Cora wrote.", None)
