import pytest

from app.accounts import own_data
from app.accounts.models import Account
from app.commitments import State
from app.database import transaction
from app.extensions import db
from app.permissions import Role
from app.proposals.models import OfficialAnswer
from app.realtime import Audience, View
from app.requests.facts import RequestAnswered, RequestMoved
from app.requests.models import Request, RequestAnswer
from tests.carryover.conferences import hold, make_event
from tests.ears import Ear
from tests.factories import look_again
from tests.requests.test_forum_reports import hand_in


@pytest.fixture
def request_(people, forum):
    """What the closed group's forum asks."""
    hand_in(people["coordinator"], forum, request="Please write a guide.")
    look_again()
    return db.session.query(Request).one()


def answer(browser, request_, text="We **will**.", key="k1"):
    return browser.post(f"/requests/{request_.id}/answers", data={"text": text, "key": key})


def state(request_):
    look_again()
    return db.session.get_one(Request, request_.id).state


def test_a_coordinator_of_the_programme_answers_and_those_who_ask_see_it(
    people, request_, forum, programme, announced
):
    top = programme.top.channel
    assert answer(people["centre"], request_).location == f"/requests/{request_.id}"
    assert state(request_) == "answered"
    made = db.session.query(RequestAnswer).one()
    for channel in (forum.channel, top):
        assert RequestAnswered(request_.id, made.id) in announced(channel)
    for page in (f"/requests/{request_.id}", f"/forums/{forum.id}"):
        text = people["member"].get(page).text
        assert "<strong>will</strong>" in text
        assert "Hanna Host" in text


def test_the_same_key_answers_once(people, request_):
    answer(people["centre"], request_)
    assert answer(people["centre"], request_).status_code == 303
    assert answer(people["centre"], request_, "Something else").status_code == 409
    assert db.session.query(RequestAnswer).count() == 1


def test_an_answer_is_edited_and_withdrawn_by_its_author(people, request_):
    answer(people["centre"], request_)
    made = db.session.query(RequestAnswer).one()
    url = f"/request-answers/{made.id}"
    assert people["centre"].get(f"{url}/edit").status_code == 200
    assert people["centre"].post(url, data={"text": "We shall."}).status_code == 303
    assert "We shall." in people["member"].get(f"/requests/{request_.id}").text
    for who, status in (("coordinator", 403), ("member", 403), ("stranger", 404), ("nobody", 401)):
        assert people[who].get(f"{url}/edit").status_code == status
        assert people[who].post(url, data={"text": "Mine"}).status_code == status
        assert people[who].delete(url).status_code == status
    assert people["centre"].delete(url).status_code == 303
    assert state(request_) == "open"
    look_again()
    gone = db.session.get_one(RequestAnswer, made.id)
    assert (gone.text, gone.html, gone.submitted_text) == ("", "", "")
    assert people["centre"].delete(url).status_code == 409


def test_a_preview_says_nothing_yet(people, request_):
    form = {"text": "We *will*.", "key": "k", "preview": "1"}
    page = people["centre"].post(f"/requests/{request_.id}/answers", data=form)
    assert "<em>will</em>" in page.text
    assert db.session.query(RequestAnswer).count() == 0


def test_where_it_stands_is_said_by_the_programme(people, request_, announced, programme):
    url = f"/requests/{request_.id}/state"
    assert people["centre"].post(url, data={"state": "declined"}).status_code == 303
    assert state(request_) == "declined"
    assert RequestMoved(request_.id) in announced(programme.top.channel)
    answer(people["centre"], request_)
    assert state(request_) == "declined"
    assert people["centre"].post(url, data={"state": "nonsense"}).status_code == 422
    assert people["centre"].post(url, data={"state": "done"}).status_code == 303
    assert "done" in people["member"].get(f"/requests/{request_.id}").text


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("coordinator", 403),
        ("member", 403),
        ("somebody", 404),
        ("neighbour", 404),
        ("stranger", 404),
        ("nobody", 401),
    ],
)
def test_nobody_else_answers_or_moves_it(who, status, people, request_):
    assert answer(people[who], request_).status_code == status
    moved = people[who].post(f"/requests/{request_.id}/state", data={"state": "done"})
    assert moved.status_code == status
    assert state(request_) == State.OPEN
    assert db.session.query(RequestAnswer).count() == 0


def test_a_request_of_a_closed_group_is_read_by_that_group_and_by_whom_it_asks(
    people, request_, programme
):
    for who in ("centre", "coordinator", "member"):
        assert people[who].get(f"/requests/{request_.id}").status_code == 200
        assert "Please write a guide." in people[who].get(_list(programme)).text
    for who in ("somebody", "neighbour", "stranger"):
        assert people[who].get(f"/requests/{request_.id}").status_code == 404
    assert people["nobody"].get(f"/requests/{request_.id}").status_code == 401
    assert "guide" not in people["somebody"].get(_list(programme)).text
    assert people["stranger"].get(_list(programme)).status_code == 404
    assert people["nobody"].get(_list(programme)).status_code == 401


def _list(programme):
    return f"/spaces/{programme.top.id}/requests"


def test_the_list_stands_at_the_top_of_the_tree_only(people, programme):
    assert people["member"].get(f"/spaces/{programme.group.id}/requests").status_code == 404
    assert f'href="{_list(programme)}"' in people["member"].get(f"/spaces/{programme.top.id}").text


def test_the_list_is_filtered_by_where_requests_stand(people, request_, programme):
    assert "guide" in people["centre"].get(f"{_list(programme)}?state=open").text
    assert "guide" not in people["centre"].get(f"{_list(programme)}?state=done").text
    assert "guide" in people["centre"].get(f"{_list(programme)}?state=nonsense").text
    assert "guide" not in people["centre"].get(f"{_list(programme)}?before={request_.id}").text


def test_the_list_is_read_in_windows(people, forum, programme, statements):
    from app.requests.queries import SHOWN
    from tests.factories import make_forum

    forums = [make_forum(programme.top, f"F{n}") for n in range(SHOWN + 2)]
    with transaction() as session:
        session.add_all(Request(forum_id=f.id, text=f"Request {f.id}!") for f in forums)
    del statements[:]
    first = people["centre"].get(_list(programme)).text
    few = len(statements)
    assert few < 40
    assert f"Request {forums[0].id}!" not in first
    older = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert f"Request {forums[0].id}!" in people["centre"].get(older).text


def test_asking_differently_after_the_answer_is_seen(people, request_, forum, programme):
    answer(people["centre"], request_)
    assert "asked differently" not in people["centre"].get(_list(programme)).text
    hand_in(people["coordinator"], forum, 1, request="Please write two guides.")
    assert "asked differently" in people["centre"].get(_list(programme)).text
    assert state(request_) == "answered"


@pytest.fixture
def conference(programme, join, appoint):
    """A conference of the programme, whose room asks for something."""
    event = make_event(programme.top.id)
    guest, other = join(event, "Paula"), join(event, "Otto")
    host = appoint(event, Role.HOST, "Hanna")
    return hold(event, guest, other, host), guest, host


def test_what_a_room_asks_stands_in_the_list_and_its_answer_in_the_events_results(
    conference, people, programme
):
    held, guest, _host = conference
    look_again()
    asked = db.session.query(Request).filter(Request.report_id.is_not(None)).one()
    assert "Please write a guide." in people["somebody"].get(_list(programme)).text
    answer(people["centre"], asked)
    assert "<strong>will</strong>" in guest.get(f"/e/{held.event.code}/results").text


def test_an_answer_given_in_the_event_answers_it(conference, people, programme):
    held, _guest, host = conference
    look_again()
    asked = db.session.query(Request).one()
    host.post(f"/reports/{asked.report_id}/answers", {"text": "It is being printed.", "key": "k"})
    assert state(asked) == "answered"
    assert "It is being printed." in people["somebody"].get(f"/requests/{asked.id}").text
    made = held.event
    given = db.session.query(OfficialAnswer).filter_by(report_id=asked.report_id).one()
    host.delete(f"/answers/{given.id}")
    assert state(asked) == "open"
    assert made


def test_what_is_asked_in_an_event_without_a_space_is_in_no_list(conference, people, programme):
    held, _guest, _host = conference
    with transaction():
        db.session.merge(held.event).space_id = None
    asked = db.session.query(Request).one()
    assert "guide" not in people["centre"].get(_list(programme)).text
    assert people["centre"].get(f"/requests/{asked.id}").status_code == 404


def test_answers_are_their_authors_data_and_stay_without_the_name(people, request_):
    answer(people["centre"], request_)
    look_again()
    hanna = db.session.query(Account).filter_by(name="Hanna Host").one()
    assert "We **will**." in str(own_data.export(hanna)["requests"])
    with transaction():
        own_data.delete(db.session.merge(hanna), keep_words=False)
    look_again()
    made = db.session.query(RequestAnswer).one()
    assert (made.text, made.account_id) == ("We **will**.", None)
    assert "former member" in people["member"].get(f"/requests/{request_.id}").text


def test_open_pages_of_both_sides_fetch_the_answer_and_no_others(app, people, request_, programme):
    def ear(space):
        return Ear(app, Audience(space.channel, space.channel, View.SPACE, "en", space.id))

    asking, asked, between = map(ear, (programme.group, programme.top, programme.cluster))
    answer(people["centre"], request_)
    assert "catch-up" in asking.html
    assert "catch-up" in asked.html
    assert between.messages == []


@pytest.fixture
def committed(conference):
    """A request whose only answer, given in the event, declines it."""
    held, _guest, host = conference
    asked = db.session.query(Request).one()
    form = {"text": "No.", "key": "k", "state": "declined", "why": "No money"}
    host.post(f"/reports/{asked.report_id}/answers", form)
    given = db.session.query(OfficialAnswer).filter_by(report_id=asked.report_id).one()
    assert stands(asked) == ("declined", "No money")
    return asked, given, f"/e/{held.event.code}/hidden/answer/{given.id}"


@pytest.fixture
def moderates(conference, appoint):
    """A moderator of the conference."""
    return appoint(conference[0].event, Role.MODERATOR)


def stands(asked):
    return state(asked), db.session.get_one(Request, asked.id).why


def test_what_an_answer_commits_to_goes_with_it(committed, conference):
    asked, given, _hiding = committed
    conference[2].delete(f"/answers/{given.id}")
    assert stands(asked) == ("open", "")


def test_a_hidden_answer_commits_to_nothing_and_publishes_nothing(
    committed, conference, moderates, people
):
    asked, given, hiding = committed
    moderates.post(hiding)
    assert stands(asked) == ("open", "")
    form = {"text": "No!", "state": "examined", "why": "Hidden words"}
    assert conference[2].post(f"/answers/{given.id}", form).status_code == 303
    assert stands(asked) == ("open", "")
    url = f"/requests/{asked.id}/state"
    people["centre"].post(url, data={"state": "in_progress"})
    conference[2].post(f"/answers/{given.id}", {"text": "No?"})
    conference[2].delete(f"/answers/{given.id}")
    assert state(asked) == "in_progress"


def test_where_another_answer_stands_or_it_is_done_a_request_stays_where_it_is(
    committed, conference, moderates, people
):
    asked, _given, hiding = committed
    answer(people["centre"], asked)
    moderates.post(hiding)
    assert stands(asked) == ("declined", "No money")
    people["centre"].post(f"/requests/{asked.id}/state", data={"state": "done"})
    made = db.session.query(RequestAnswer).one()
    people["centre"].delete(f"/request-answers/{made.id}")
    assert state(asked) == "done"
