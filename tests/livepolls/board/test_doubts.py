"""What grouping is unsure of is told beside the suggestions, and who may not hear it doesn't."""

import re

import pytest

from app.database import transaction
from app.extensions import db
from app.livepolls.board import actions
from app.livepolls.board.models import Suggestion
from app.livepolls.board.offering import UNSURE, suggestions_from
from app.livepolls.grouping import Group, Grouping
from app.livepolls.models import FlashPoll
from app.realtime import View
from tests.factories import look_again
from tests.livepolls.board.boards import Table
from tests.livepolls.polls import write

SURE, DOUBTFUL = UNSURE + 0.3, UNSURE - 0.1


@pytest.fixture
def concerns(poll, people):
    texts = ("Buses in the evening", "Buses at night", "Buses and doctors", "Doctors", "A doctor")
    return [write(poll, person, text) for person, text in zip(people, texts, strict=True)]


@pytest.fixture
def table(poll, concerns, moderator):
    return Table(poll.id, moderator)


@pytest.fixture
def ids(concerns):
    return [str(concern.id) for concern in concerns]


def offer(poll, buses, doctors, by_meaning=True):
    """Put these two groups beside the board."""
    with transaction():
        held = db.session.get_one(FlashPoll, poll.id)
        made = suggestions_from(held, Grouping("some", (buses, doctors), 6, by_meaning))
        actions.replace_suggestions(held, made)
    look_again()


def a_group(title, ids, certainties, nearest, doubles=()):
    return Group(title, len(ids), tuple(ids), 0.9, (), certainties, (nearest,) * len(ids), doubles)


@pytest.fixture
def doctors(ids):
    return a_group("Doctors", ids[3:], (SURE, SURE), ids[0])


def buses(ids, last=SURE, doubles=()):
    return a_group("Buses", ids[:3], (SURE, SURE, last), ids[3], doubles)


def cockpit(moderator, poll):
    return moderator.get(f"/e/{poll.event.code}/cockpit").text


def line(page, id):
    """What stands about a member of a suggestion."""
    return page.split(f'value="{id}" id="member-')[1].split("</li>")[0]


def test_an_uncertain_member_is_marked_with_the_group_that_it_is_near_to(
    poll, ids, doctors, moderator
):
    offer(poll, buses(ids, last=DOUBTFUL), doctors)
    page = cockpit(moderator, poll)
    assert "uncertain" in line(page, ids[2])
    assert "Perhaps rather:" in line(page, ids[2])
    assert f'<a href="#card-{ids[3]}">Doctors</a>' in line(page, ids[2])
    assert f'id="card-{ids[3]}"' in page
    assert page.count("uncertain") == 1


def test_one_that_holds_two_concerns_is_marked_with_the_other_group(poll, ids, doctors, moderator):
    offer(poll, buses(ids, doubles=(ids[2],)), doctors)
    found = line(cockpit(moderator, poll), ids[2])
    assert "two concerns" in found
    assert "Also near:" in found
    assert f'<a href="#card-{ids[3]}">Doctors</a>' in found
    assert "uncertain" not in found


@pytest.mark.parametrize("is_marked", [True, False])
def test_whoever_splits_it_finds_the_marked_aspect_chosen(
    table, poll, ids, concerns, moderator, is_marked
):
    table.gather("Medicine", concerns[3])
    doubles = (ids[2],) if is_marked else ()
    offer(poll, buses(ids, doubles=doubles), a_group("?", ids[3:], (1.0, SURE), ids[0]))
    form = moderator.get(f"/concerns/{ids[2]}/parts").text
    look_again()
    (chosen,) = re.findall(r'name="into" value="(\d*)" checked', form)
    assert chosen == (str(concerns[3].aspect_id) if is_marked else "")


def test_of_those_that_are_sure_nothing_is_said(poll, ids, doctors, moderator):
    offer(poll, buses(ids), doctors)
    page = cockpit(moderator, poll)
    assert "Perhaps rather" not in page
    assert "Also near" not in page
    assert all(s.near == {} for s in db.session.query(Suggestion))


def test_an_aspect_is_named_as_it_is_called_now(table, poll, ids, concerns, moderator):
    table.gather("Medicine", concerns[3])
    offer(poll, buses(ids, last=DOUBTFUL), a_group("?", ids[3:], (1.0, SURE), ids[0]))
    assert "Medicine</a>" in line(cockpit(moderator, poll), ids[2])


def test_what_is_sorted_already_has_no_doubts(table, poll, ids, concerns, doctors):
    table.gather("Mine", concerns[2])
    offer(poll, buses(ids, last=DOUBTFUL, doubles=(ids[2],)), doctors)
    assert all(s.near == {} and s.unsure_ids == [] for s in db.session.query(Suggestion))


@pytest.mark.parametrize(("by_meaning", "told"), [(True, "by meaning"), (False, "by words")])
def test_the_board_says_how_suggestions_were_found(
    poll, ids, doctors, moderator, hear, by_meaning, told
):
    listening = hear(poll.event, View.COCKPIT)
    offer(poll, buses(ids), doctors, by_meaning)
    assert f"Found {told}" in cockpit(moderator, poll)
    assert f"Found {told}" in listening.html


def test_an_undone_gesture_brings_the_doubts_back(table, poll, ids, concerns, doctors, moderator):
    offer(poll, buses(ids, last=DOUBTFUL), doctors)
    (first, *_rest) = db.session.query(Suggestion).order_by(Suggestion.id)
    table.send("DELETE", f"/suggestions/{first.id}")
    assert "Perhaps rather" not in cockpit(moderator, poll)
    table.undo()
    page = cockpit(moderator, poll)
    assert "Perhaps rather" in line(page, ids[2])
    assert "Found by meaning" in page


def test_neither_the_hall_nor_its_pages_hear_of_it(poll, ids, doctors, participant, hear):
    hall = hear(poll.event)
    offer(poll, buses(ids, last=DOUBTFUL, doubles=(ids[2],)), doctors)
    assert hall.messages == []
    assert participant.get(f"/e/{poll.event.code}/cockpit").status_code == 403
    assert "Perhaps rather" not in participant.get(f"/e/{poll.event.code}").text
