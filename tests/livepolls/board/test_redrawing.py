"""A gesture redraws what it touches: never the whole step, and never more for a larger board."""

import re

import pytest

from app.database import transaction
from app.extensions import db
from app.livepolls import actions
from app.livepolls.models import FlashPoll
from app.realtime import View
from tests.livepolls.board.boards import suggestion
from tests.livepolls.polls import support, write

MANY = 60


@pytest.fixture
def crowd(poll, moderator):
    """Many more concerns in the inbox."""

    def come(number):
        with transaction():
            held = db.session.get_one(FlashPoll, poll.id)
            held.most_per_person = 1000
            for n in range(number):
                actions.write_concern(held, moderator.person, f"Of the crowd {n}", f"c{n}")

    return come


def targets(html):
    return re.findall(r'target="([^"]*)"', html)


def last(cockpit):
    return cockpit.messages[-1]["html"]


def test_a_move_redraws_the_card_the_heads_and_what_counts(table, concerns, poll, hear, crowd):
    one, two = table.gather("One", concerns[0]), table.gather("Two", concerns[1])
    cockpit = hear(poll.event, View.COCKPIT)
    table.move(concerns[2], one)
    small = last(cockpit)
    assert targets(small) == [
        f"aspect-cards-{one.id}",
        f"board-head-{one.id}",
        f"board-head-{two.id}",
        f"board-targets-{poll.id}",
        f"board-log-{poll.id}",
        "step-foot",
    ]
    assert "2 people" in small
    crowd(MANY)
    assert "Of the crowd" in last(cockpit)
    table.move(concerns[3], one)
    assert len(last(cockpit)) < 1.3 * len(small) + 1500
    assert "Of the crowd" not in last(cockpit)


def test_a_new_aspect_comes_empty_and_then_its_cards(table, concerns, poll, hear):
    cockpit = hear(poll.event, View.COCKPIT)
    aspect = table.gather("One", *concerns[:2])
    order = targets(last(cockpit))
    assert order[:3] == [f"aspects-{poll.id}"] + [f"aspect-cards-{aspect.id}"] * 2
    column = last(cockpit).split("</turbo-stream>")[0]
    assert "Concern 0" not in column.split("<ul")[1]


def test_a_dissolved_aspect_goes_after_its_cards_have_left_it(table, concerns, poll, hear):
    aspect = table.gather("One", *concerns[:2])
    id, cockpit = aspect.id, hear(poll.event, View.COCKPIT)
    table.send("DELETE", f"/aspects/{id}")
    order = targets(last(cockpit))
    assert order[:3] == [f"loose-{poll.id}", f"loose-{poll.id}", f"board-aspect-{id}"]


def test_the_big_button_follows(table, concerns, poll, hear):
    table.send("POST", f"/polls/{poll.id}/closure")
    cockpit = hear(poll.event, View.COCKPIT)
    table.gather("One", concerns[0])
    assert "Choose the aspects" in last(cockpit)
    table.undo()
    assert "Choose the aspects" not in last(cockpit)


def test_me_too_is_counted_above_the_aspect_at_once(table, concerns, people, poll, hear):
    aspect = table.gather("One", *concerns[:2])
    cockpit = hear(poll.event, View.COCKPIT)
    support(concerns[0], people[3], people[4], people[1])
    head = last(cockpit).split(f'id="board-head-{aspect.id}"')[1].split("</p>")[0]
    assert "4 people" in head, "who wrote one and supports another is one person"
    assert "2 concerns" in head
    assert "+3 me too" in head


@pytest.fixture
def outside(moderator, people, poll, concerns):
    """What is done to the first concern elsewhere than on the board."""
    hidden, own = f"/e/{poll.event.code}/hidden/concern/{concerns[0].id}", concerns[0].id
    return {
        "hide": lambda: moderator.post(hidden),
        "show": lambda: moderator.delete(hidden),
        "withdraw": lambda: people[0].delete(f"/concerns/{own}"),
        "edit": lambda: people[0].post(f"/concerns/{own}", {"text": "Reworded"}),
    }


@pytest.mark.parametrize("what", ["hide", "withdraw"])
def test_what_goes_elsewhere_is_counted_above_its_aspect_no_longer(
    table, concerns, poll, hear, outside, what
):
    aspect = table.gather("One", *concerns[:2])
    cockpit, hall = hear(poll.event, View.COCKPIT), hear(poll.event)
    assert outside[what]().status_code == 303
    head = last(cockpit).split(f'id="board-head-{aspect.id}"')[1].split("</p>")[0]
    assert "1 person" in head
    assert "1 concern" in head
    assert "aspect-figures" not in hall.html, "while moderators still sort, the hall learns nothing"


def test_what_is_shown_again_elsewhere_is_counted_again(table, concerns, poll, hear, outside):
    aspect = table.gather("One", *concerns[:2])
    outside["hide"]()
    cockpit = hear(poll.event, View.COCKPIT)
    outside["show"]()
    head = last(cockpit).split(f'id="board-head-{aspect.id}"')[1].split("</p>")[0]
    assert "2 people" in head


@pytest.mark.parametrize("what", ["hide", "withdraw", "edit"])
def test_a_suggestion_follows_what_happens_elsewhere(table, concerns, poll, hear, outside, what):
    suggestion(poll, *concerns[:3])
    cockpit = hear(poll.event, View.COCKPIT)
    assert outside[what]().status_code == 303
    section = last(cockpit).split(f'id="suggestions-section-{poll.id}"')[1].split("</section>")[0]
    assert "Concern 1" in section
    assert "Concern 0" not in section
    assert ("Reworded" in section) is (what == "edit")


def test_the_log_says_what_was_changed_elsewhere_since(table, concerns, poll, hear, outside):
    url = f"/polls/{poll.id}/hidden"
    assert table.send("POST", url, concern=concerns[0].id, reason="x").status_code == 303
    cockpit = hear(poll.event, View.COCKPIT)
    outside["show"]()
    assert f"board-log-{poll.id}" in targets(last(cockpit))
    assert "changed since" in last(cockpit)


@pytest.mark.parametrize("what", ["hide", "withdraw"])
def test_once_chosen_the_halls_figures_follow_too(table, concerns, poll, hear, outside, what):
    aspect = table.gather("One", *concerns[:2])
    table.freeze()
    table.send("DELETE", f"/polls/{poll.id}/closure")
    hall, screen = hear(poll.event), hear(poll.event, View.SCREEN)
    assert outside[what]().status_code == 303
    for ear in (hall, screen):
        figures = last(ear).split(f'id="aspect-figures-{aspect.id}"')[1].split("</span>")[0]
        assert "1 person" in figures


def test_a_gesture_asks_as_often_on_a_large_board_as_on_a_small_one(
    table, concerns, poll, crowd, hear, statements
):
    one, two = table.gather("One", *concerns[:3]), table.gather("Two", concerns[3])
    hear(poll.event, View.COCKPIT)
    gestures = [
        lambda: table.move(concerns[0], two),
        lambda: table.move(concerns[0], one),
        lambda: table.undo(),
        lambda: table.redo(),
        lambda: table.send("POST", f"/aspects/{one.id}/title", title="One"),
    ]

    def asked():
        counts = []
        for do in gestures:
            statements.clear()
            assert do().status_code == 303
            counts.append(len(statements))
        return counts

    few = asked()
    crowd(MANY)
    many = asked()
    assert few == many
    assert max(many) <= 60


def test_the_cockpit_asks_as_often_with_a_long_log(table, concerns, moderator, poll, statements):
    counts = []
    one = table.gather("One", concerns[0])
    for number in (1, 8):
        for n in range(number):
            table.send("POST", f"/aspects/{one.id}/title", title=f"Title {number} {n}")
        statements.clear()
        moderator.get(f"/e/{poll.event.code}/cockpit")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_what_was_written_meanwhile_lies_in_the_inbox(table, poll, participant, hear):
    cockpit = hear(poll.event, View.COCKPIT)
    write(poll, participant, "New")
    assert f"loose-{poll.id}" in targets(last(cockpit))


def test_accepting_takes_the_suggestion_off_every_board(table, concerns, poll, hear):
    first = suggestion(poll, *concerns[:2])
    second = suggestion(poll, concerns[1], concerns[2])
    cockpit = hear(poll.event, View.COCKPIT)
    table.send("POST", f"/suggestions/{first}/acceptance")
    gone = re.findall(r'action="remove" target="(suggestion-\d+)"', last(cockpit))
    assert set(gone) == {f"suggestion-{first}", f"suggestion-{second}"}, "of two one is no group"
