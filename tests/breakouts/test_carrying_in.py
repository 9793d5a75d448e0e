"""What earlier rounds left behind lies ready in the rooms of later ones that the plan names."""

import re

import pytest
from sqlalchemy import select

from app.breakouts import queries
from app.breakouts.models import Contribution
from app.database import transaction
from app.events import actions as event_actions
from app.events.models import AgendaItem
from app.extensions import db
from tests.breakouts.rounds import item, room_of, start, where


@pytest.fixture
def plan(event):
    """Say what a round carries in: `plan("Round 2", "everything")`."""

    def say(title, what):
        with transaction():
            step = db.session.get_one(AgendaItem, item(event, title).id)
            step.settings = {**step.settings, "carry_in": what}

    return say


@pytest.fixture
def people(event, join, municipality):
    """Six people of two municipalities."""
    towns = municipality("Heimstadt"), municipality("Anderstadt", cluster="7", state="Berlin")
    return [join(event, f"Person {n}", towns[n % 2]) for n in range(6)]


def contribute(visitor, round_, text, kind="experience"):
    room = where(round_)[visitor.participant_id]
    form = {"kind": kind, "text": text, "key": text}
    assert visitor.post(f"/rooms/{room}/contributions", form).status_code == 303
    return db.session.get_one(type(round_.rooms[0]), room)


def hand_in(visitor, room, text):
    form = {"discussed": text, "request": "", "ideas": "", "version": 0}
    assert visitor.post(f"/rooms/{room.id}/report", form).status_code == 303


def choose(visitor, round_, topic):
    room = next(each for each in round_.rooms if each.title == topic)
    assert visitor.put(f"/rounds/{round_.id}/me", {"room": room.id}).status_code in (302, 303)
    return room


def carried(page):
    """What lies ready on a room's page."""
    found = re.search(r'<section class="room-carried".*?</section>', page.text, re.DOTALL)
    return found.group() if found else ""


def page_of(visitor, room):
    return visitor.get(f"/rooms/{room.id}")


def test_what_was_said_on_a_topic_lies_ready_in_its_next_room(event, people, moderator, plan):
    first = start(event, "Round 1")
    source = contribute(people[0], first, "From round one.")
    other = next(each for each in first.rooms if each.id != source.id)
    hand_in(people[0], source, "Handed in by round one.")
    plan("Round 2", "everything")
    second = start(event, "Round 2")
    same = next(each for each in second.rooms if each.aspect_id == source.aspect_id)
    ready = carried(page_of(moderator, same))
    assert "From round one." in ready
    assert "Handed in by round one." in ready
    assert f"from “Round 1”, room {source.number}: {source.title}" in ready
    elsewhere = next(each for each in second.rooms if each.aspect_id == other.aspect_id)
    ready = carried(page_of(moderator, elsewhere))
    assert "From round one." not in ready
    assert "Nothing was written on this in the rounds before." in ready


def test_unless_the_plan_says_so_topics_begin_anew(event, people, moderator, plan):
    first = start(event, "Round 1")
    source = contribute(people[0], first, "From round one.")
    second = start(event, "Round 2")
    same = next(each for each in second.rooms if each.aspect_id == source.aspect_id)
    assert carried(page_of(moderator, same)) == ""
    plan("Round 2", "everything")  # a plan may change while the round runs
    assert "From round one." in carried(page_of(moderator, same))


def test_the_plan_may_name_one_round(event, people, moderator, plan):
    first = start(event, "Round 1")
    contribute(people[0], first, "From round one.")
    plan("Round 3", "2")
    second = start(event, "Round 2")
    for each in second.rooms:
        with transaction():
            db.session.add(
                Contribution(
                    room_id=each.id,
                    participant_id=people[0].participant_id,
                    key=f"k{each.id}",
                    kind="concern",
                    text="From round two.",
                    submitted_text="From round two.",
                )
            )
    third = start(event, "Round 3")
    ready = carried(page_of(people[0], room_of(third, people[0].person)))
    assert "From round two." in ready
    assert "From round one." not in ready
    plan("Round 3", "nothing")
    assert carried(page_of(people[0], room_of(third, people[0].person))) == ""


def test_people_of_a_municipality_find_all_that_they_wrote(event, people, plan):
    first = start(event, "Round 1")
    contribute(people[0], first, "Ours, an experience.")
    contribute(people[1], first, "Theirs, an experience.")
    plan("Round 3", "everything")
    third = start(event, "Round 3")
    ready = carried(page_of(people[2], room_of(third, people[2].person)))
    assert "Ours, an experience." in ready
    assert "Theirs, an experience." not in ready


def test_where_nothing_is_said_a_municipality_finds_its_impulses(event, people):
    first = start(event, "Round 1")
    contribute(people[0], first, "Our impulse.", "impulse")
    contribute(people[0], first, "Our experience.")
    third = start(event, "Round 3")
    ready = carried(page_of(people[2], room_of(third, people[2].person)))
    assert "Our impulse." in ready
    assert "Our experience." not in ready
    other = carried(page_of(people[1], room_of(third, people[1].person)))
    assert "None of you wrote an impulse in the rounds before." in other


def test_what_was_hidden_or_withdrawn_is_not_carried_in(event, people, moderator, plan):
    first = start(event, "Round 1")
    contribute(people[0], first, "A hidden one.")
    contribute(people[0], first, "A withdrawn one.")
    written = {each.text: each.id for each in db.session.scalars(select(Contribution))}
    moderator.post(f"/e/{event.code}/hidden/contribution/{written['A hidden one.']}")
    people[0].delete(f"/contributions/{written['A withdrawn one.']}")
    plan("Round 2", "everything")
    second = start(event, "Round 2")
    for each in second.rooms:
        ready = carried(page_of(moderator, each))
        assert "A hidden one." not in ready
        assert "A withdrawn one." not in ready


def test_the_agendas_form_offers_the_rounds_that_come_before(event, moderator):
    step = item(event, "Round 3")
    page = moderator.get(f"/e/{event.code}/items/{step.id}").text
    assert "only from round 1: Round 1" in page
    assert "only from round 2: Round 2" in page
    assert "only from round 3" not in page
    form = {
        "kind": "breakout",
        "title": "Round 3",
        "setting-breakout-mode": "municipality",
        "setting-breakout-carry_in": "1",
    }
    assert moderator.post(f"/e/{event.code}/items/{step.id}", form).status_code == 303
    assert db.session.get_one(AgendaItem, step.id).settings["carry_in"] == "1"


def test_the_setting_goes_along_into_later_events(event, plan):
    plan("Round 2", "everything")
    with transaction():
        copy = event_actions.event_from(event, "Next year")
    assert item(copy, "Round 2").settings["carry_in"] == "everything"


def test_nonsense_carries_in_nothing(event, people, plan):
    start(event, "Round 1")
    for nonsense in ("99", "²", "x" * 50):
        plan("Round 2", nonsense)
    second = start(event, "Round 2")
    assert queries.carried_into(second.rooms[0]).rooms == []


def test_it_is_made_once_for_all_who_come_into_a_room(event, people, plan, statements):
    first = start(event, "Round 1")
    contribute(people[0], first, "Ours.")
    plan("Round 3", "everything")
    third = start(event, "Round 3")
    room = room_of(third, people[0].person)
    asked = []
    for visitor in (people[0], people[2], people[4]):
        statements.clear()
        assert "Ours." in carried(page_of(visitor, room))
        asked.append(list(statements))
    made = [sum("contribution.kind" in each for each in queries_) for queries_ in asked]
    assert made == [2, 1, 1]  # what is said here, and once what was said before
    assert len(asked[1]) == len(asked[2]) <= len(asked[0]) - 3


def test_what_is_hidden_meanwhile_is_gone_at_once_from_what_was_made(
    event, people, moderator, plan
):
    first = start(event, "Round 1")
    contribute(people[0], first, "Hidden soon.")
    plan("Round 3", "everything")
    room = room_of(start(event, "Round 3"), people[0].person)
    assert "Hidden soon." in carried(page_of(people[0], room))
    hidden = db.session.scalar(select(Contribution.id))
    moderator.post(f"/e/{event.code}/hidden/contribution/{hidden}")
    assert "Hidden soon." not in carried(page_of(people[2], room))
    moderator.delete(f"/e/{event.code}/hidden/contribution/{hidden}")
    assert "Hidden soon." in carried(page_of(people[2], room))


def test_each_room_and_each_language_has_its_own(event, people, join, plan, browser):
    first = start(event, "Round 1")
    contribute(people[0], first, "Ours.")
    plan("Round 3", "everything")
    third = start(event, "Round 3")
    one, other = (room_of(third, visitor.person) for visitor in people[:2])
    assert "Ours." in carried(page_of(people[0], one))
    assert "Ours." not in carried(page_of(people[1], other))
    people[2].browser.language = "de"
    german = carried(people[2].get(f"/rooms/{one.id}", headers={"Accept-Language": "de"}))
    assert "Ours." in german
    assert "aus „Round 1“" in german
