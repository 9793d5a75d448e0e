import re
from html import unescape

import pytest
from sqlalchemy import select, update

from app.accounts.models import Account
from app.commitments import State
from app.database import now, transaction
from app.events import actions as events
from app.events.models import Participant
from app.extensions import db
from app.permissions import Role
from app.proposals.models import OfficialAnswer
from app.requests.models import Request
from tests.browsers import Visitor
from tests.carryover.conferences import hold, make_event
from tests.factories import look_again, make_account, make_municipality
from tests.requests.test_forum_reports import hand_in


@pytest.fixture
def conference(browser):
    """Hold a conference of a space; the host's answer commits itself to something."""

    def have(space, organisation="The centre", state="in_progress"):
        event = make_event(space.id)
        with transaction():
            people = [events.join(event, name=name) for name in ("Paula", "Otto")]
            people.append(events.join(event, name="Verena Engel", role=Role.HOST))
        visitors = [Visitor(browser(), event.id) for _ in people]
        for visitor, person in zip(visitors, people, strict=True):
            visitor.browser.become(person)
        held = hold(event, *visitors)
        answer = db.session.query(OfficialAnswer).order_by(OfficialAnswer.id.desc()).first()
        form = {"text": "We *fund* it.", "state": state, "why": "From autumn"}
        visitors[2].post(f"/answers/{answer.id}", {**form, "organisation": organisation})
        look_again()
        return held, visitors[2]

    return have


def archive(who, space, **wish):
    return who.get(f"/spaces/{space.id}/commitments", query_string=wish)


def names(page):
    return re.findall(r'<li id="((?:answer|request)-\d+)"', page)


def listed(page):
    return len(names(page))


def next_page(page):
    link = re.search(r'rel="next" href="([^"]+)"', page)
    return unescape(link[1]) if link else None


def account_named(name):
    return db.session.scalars(select(Account).where(Account.name == name)).one()


def enter(event, account):
    """Let a member take part in an event."""
    with transaction():
        return events.join(event, name=account.name, account_id=account.id)


def test_it_tells_what_was_promised_where_by_whom_and_whether_it_is_done(
    conference, programme, people
):
    held, host = conference(programme.group)
    page = archive(people["member"], programme.group).text
    for words in ("Reaching parents", "We <em>fund</em> it.", "The centre", "Host"):
        assert words in page
    assert 'is-in_progress">taken up<' in page
    assert "From autumn" in page
    assert held.event.title in page
    answer = db.session.query(OfficialAnswer).one()
    host.post(f"/answers/{answer.id}/fulfilment")
    assert 'is-done">done<' in archive(people["member"], programme.group).text


def test_names_are_told_to_those_who_take_part_in_the_event_and_to_nobody_else(
    conference, programme, people
):
    held, host = conference(programme.group)
    (asked,) = db.session.query(Request).all()
    request_id = asked.id
    form = {"text": "It comes.", "key": "r", "state": "in_progress"}
    host.post(f"/reports/{asked.report_id}/answers", form)
    member, other = people["member"], people["coordinator"]
    urls = [f"/spaces/{programme.group.id}/commitments", f"/requests/{request_id}"]
    for url in urls:
        assert "Verena Engel" not in member.get(url).text
        assert "Host" in member.get(url).text
    person_id = enter(held.event, account_named("Mia Member")).id
    for url in urls:
        assert "Verena Engel" in member.get(url).text
        assert "Verena Engel" not in other.get(url).text, "each asks for themselves"
    with transaction():
        events.remove_person(db.session.get_one(Participant, person_id))
    for url in urls:
        assert "Verena Engel" not in member.get(url).text, "who was taken out knows nobody"


def test_who_took_part_in_one_event_knows_nobody_of_another(conference, programme, people):
    held, _host = conference(programme.group)
    conference(programme.group)
    enter(held.event, account_named("Mia Member"))
    page = archive(people["member"], programme.group).text
    assert page.count("Verena Engel") == 1


def test_where_the_name_is_not_told_the_function_is(conference, programme, people):
    _held, host = conference(programme.group)
    account = make_account(name="Verena Engel", function="head of the centre")
    with transaction():
        host.person.account_id = account.id
    page = archive(people["member"], programme.group).text
    assert "head of the centre" in page
    assert "Verena Engel" not in page


def test_what_was_promised_at_the_same_moment_is_on_one_page_each(
    conference, programme, people, monkeypatch
):
    monkeypatch.setattr("app.requests.archive.SHOWN", 2)
    _held, host = conference(programme.group)
    aspect_id = db.session.query(OfficialAnswer).one().aspect_id
    for number in range(6):
        form = {"text": f"Number {number}.", "key": f"n{number}", "state": "examined"}
        host.post(f"/aspects/{aspect_id}/answers", form)
    with transaction() as session:
        session.execute(update(OfficialAnswer).values(state_at=now()))
    found, page = [], archive(people["member"], programme.group).text
    while True:
        found += names(page)
        if (following := next_page(page)) is None:
            break
        page = people["member"].get(following).text
    assert len(found) == len(set(found)) == 7


@pytest.mark.parametrize("place", ["nonsense", "2026-01-01_answer-1", "_", "x_answer-y", "%00"])
def test_a_place_that_is_none_is_the_beginning(conference, programme, people, place):
    conference(programme.group)
    assert listed(archive(people["member"], programme.group, after=place).text) == 1


def test_what_commits_itself_to_nothing_is_not_in_it(conference, programme, people):
    conference(programme.group, state="")
    assert "Nothing has been promised yet" in archive(people["member"], programme.group).text


def test_a_space_above_shows_what_its_reader_may_read_below(conference, programme, people):
    conference(programme.group, "Of the closed group")
    conference(programme.top, "Of the open programme")
    for who, sees_group in (
        ("member", True),
        ("coordinator", True),
        ("somebody", False),
        ("centre", False),
    ):
        page = archive(people[who], programme.top).text
        assert "Of the open programme" in page
        assert ("Of the closed group" in page) == sees_group
    assert "Of the open programme" not in archive(people["member"], programme.group).text


@pytest.mark.parametrize(
    ("who", "status"),
    [("somebody", 404), ("neighbour", 404), ("stranger", 404), ("centre", 404), ("nobody", 401)],
)
def test_the_archive_of_a_closed_group_is_for_that_group(
    conference, programme, people, who, status
):
    conference(programme.group)
    assert archive(people[who], programme.group).status_code == status


def test_it_is_narrowed_by_organisation_state_and_event(conference, programme, people):
    one, _ = conference(programme.group, "Auental")
    conference(programme.group, "Zechenau", "declined")
    member, group = people["member"], programme.group

    def seen(**wish):
        page = archive(member, group, **wish).text.partition('<ul class="request-list">')[2]
        return {name for name in ("Auental", "Zechenau") if f"<strong>{name}</strong>" in page}

    assert seen() == {"Auental", "Zechenau"}
    assert seen(organisation="Auental") == {"Auental"}
    assert seen(state="declined") == {"Zechenau"}
    assert seen(event=one.event.id) == {"Auental"}
    assert seen(organisation="Auental", state="declined") == set()
    assert seen(state="nonsense", event="nonsense") == {"Auental", "Zechenau"}


def test_a_request_stands_in_it_too_with_the_answer_that_said_so(
    people, forum, programme, conference
):
    hand_in(people["coordinator"], forum, request="Please write a guide.")
    look_again()
    asked = db.session.query(Request).one()
    form = {"text": "We write one.", "key": "k", "state": "examined", "why": "Until May"}
    people["centre"].post(f"/requests/{asked.id}/answers", data=form)
    look_again()
    stands = db.session.get_one(Request, asked.id)
    assert (stands.state, stands.why) == (State.EXAMINED, "Until May")
    for who in ("centre", "member"):
        page = archive(people[who], programme.top).text
        for words in ("Please write a guide.", "We write one.", "Hanna Host", "Programme"):
            assert words in page
        assert 'is-examined">being examined<' in page
    assert "Please write a guide." not in archive(people["somebody"], programme.top).text
    assert "Please write a guide." not in archive(people["neighbour"], programme.cluster).text


def test_a_coordinator_of_a_space_below_reads_no_requests_of_closed_groups_in_it(
    people, forum, programme
):
    from app.permissions import SpaceRole
    from tests.factories import make_member

    hand_in(people["coordinator"], forum, request="Please write a guide.")
    look_again()
    asked = db.session.query(Request).one()
    people["centre"].post(f"/requests/{asked.id}/state", data={"state": "in_progress"})
    leader = people["nobody"].sign_in(make_member(programme.cluster, SpaceRole.COORDINATOR))
    page = archive(leader, programme.cluster)
    assert page.status_code == 200
    assert "Please write a guide." not in page.text


def test_what_a_room_asks_stands_where_the_answer_in_the_event_says(conference, programme, people):
    held, host = conference(programme.group)
    asked = db.session.query(Request).one()
    form = {"text": "It comes.", "key": "r", "state": "in_progress", "why": "Printing"}
    assert host.post(f"/reports/{asked.report_id}/answers", form).status_code == 303
    look_again()
    assert db.session.get_one(Request, asked.id).state == State.IN_PROGRESS
    results = host.get(f"/e/{held.event.code}/results").text
    assert "Printing" in results
    page = archive(people["member"], programme.group).text
    assert "Please write a guide." in page
    assert "Printing" in page


def test_who_speaks_for_a_municipality_is_known_without_being_asked(conference, programme, people):
    _, host = conference(programme.group)
    municipality = make_municipality("Lippborg")
    with transaction():
        host.person.municipality_id = municipality.id
    (aspect_id,) = {db.session.query(OfficialAnswer).one().aspect_id}
    host.post(f"/aspects/{aspect_id}/answers", {"text": "Ours", "key": "x", "state": "declined"})
    assert "Lippborg" in archive(people["member"], programme.group).text


def test_long_archives_ask_no_more_and_nothing_is_cut_off(
    conference, programme, people, statements
):
    _, host = conference(programme.group)
    aspect_id = db.session.query(OfficialAnswer).one().aspect_id

    def asked():
        db.session.rollback()
        statements.clear()
        assert archive(people["member"], programme.group).status_code == 200
        return len([sent for sent in statements if sent.startswith("SELECT")])

    few = asked()
    for number in range(55):
        form = {"text": f"Number {number}.", "key": f"n{number}", "state": "declined"}
        host.post(f"/aspects/{aspect_id}/answers", form)
    assert asked() == few
    first = archive(people["member"], programme.group).text
    assert listed(first) == 50
    at_once = {"text": "Meanwhile.", "key": "late", "state": "declined"}
    host.post(f"/aspects/{aspect_id}/answers", at_once)
    second = people["member"].get(next_page(first)).text
    assert len({*names(first), *names(second)}) == 56, "what came meanwhile moves nothing"
    assert listed(second) == 6
    assert next_page(second) is None
    counted = re.search(r'aria-current="page">all <span class="count">(\d+)<', second)
    assert counted is not None
    assert counted[1] == "57"


def test_the_way_to_it_is_shown_to_those_who_may_read_it(conference, programme, people, browser):
    held, host = conference(programme.group)
    way = f"/spaces/{programme.group.id}/commitments"
    assert way not in host.get(f"/aspects/{held.aspects[0].id}").text
    assert way in people["member"].get(f"/spaces/{programme.group.id}").text
