"""Whatever moderators do can be undone and done again, and never at somebody else's expense."""

import pytest
from sqlalchemy import select

from app.database import transaction
from app.extensions import db
from app.realtime import View
from tests.factories import look_again
from tests.livepolls.board.boards import suggestion

START = {"One": ["Concern 0", "Concern 1"], "Two": ["Concern 2"]}


@pytest.fixture
def gathered(table, concerns):
    """Two aspects, and two concerns in none."""
    return table.gather("One", *concerns[:2]), table.gather("Two", concerns[2])


@pytest.mark.parametrize(
    ("method", "url", "form", "after"),
    [
        (
            "POST",
            "/polls/{poll}/aspects",
            {"title": "Three", "concern": "{c3}"},
            {**START, "Three": ["Concern 3"]},
        ),
        (
            "POST",
            "/polls/{poll}/aspects",
            {"title": "Split", "concern": "{c1}"},
            {"One": ["Concern 0"], "Two": ["Concern 2"], "Split": ["Concern 1"]},
        ),
        (
            "POST",
            "/aspects/{one}/concerns",
            {"concern": "{c2}"},
            {"One": ["Concern 0", "Concern 1", "Concern 2"]},
        ),
        (
            "POST",
            "/polls/{poll}/loose",
            {"concern": "{c0}"},
            {"One": ["Concern 1"], "Two": ["Concern 2"]},
        ),
        (
            "POST",
            "/aspects/{one}/title",
            {"title": "Better"},
            {"Better": ["Concern 0", "Concern 1"], "Two": ["Concern 2"]},
        ),
        (
            "POST",
            "/aspects/{one}/merger",
            {"into": "{two}"},
            {"Two": ["Concern 0", "Concern 1", "Concern 2"]},
        ),
        ("DELETE", "/aspects/{one}", {}, {"Two": ["Concern 2"]}),
        (
            "POST",
            "/polls/{poll}/off-topic",
            {"concern": "{c0}", "reason": "another day"},
            {"One": ["Concern 1"], "Two": ["Concern 2"]},
        ),
        (
            "POST",
            "/polls/{poll}/hidden",
            {"concern": "{c0}", "reason": "a name"},
            {"One": ["Concern 1"], "Two": ["Concern 2"]},
        ),
    ],
    ids=["gather", "split", "move", "free", "rename", "merge", "dissolve", "off topic", "hide"],
)
def test_a_gesture_is_undone_and_done_again(table, gathered, concerns, method, url, form, after):
    one, two = (aspect.id for aspect in gathered)
    names = {f"c{n}": concern.id for n, concern in enumerate(concerns)}
    names |= {"poll": table.poll_id, "one": one, "two": two}
    form = {name: value.format(**names) for name, value in form.items()}
    assert table.send(method, url.format(**names), **form).status_code == 303
    assert table.aspects == after
    assert table.undo().status_code == 303
    assert table.aspects == START
    assert {a.title: a.id for a in table.poll.aspects} == {"One": one, "Two": two}
    assert table.redo().status_code == 303
    assert table.aspects == after
    assert table.redo().status_code == 409
    assert table.undo().status_code == 303
    assert table.aspects == START


def test_one_after_the_other_is_undone_back_to_the_beginning(table, gathered, concerns):
    table.move(concerns[3], gathered[0])
    table.send("DELETE", f"/aspects/{gathered[1].id}")
    for _ in range(4):
        assert table.undo().status_code == 303
    assert (table.aspects, len(table.loose)) == ({}, 5)
    assert table.undo().status_code == 409
    for _ in range(4):
        assert table.redo().status_code == 303
    assert table.aspects == {"One": ["Concern 0", "Concern 1", "Concern 3"]}


def test_who_does_something_new_does_not_do_again_what_was_undone(table, gathered, concerns):
    table.undo()
    table.move(concerns[4], gathered[0])
    assert table.redo().status_code == 409
    assert table.aspects == {"One": ["Concern 0", "Concern 1", "Concern 4"]}


def test_an_accepted_suggestion_comes_back_beside_the_board(table, poll, concerns):
    id = suggestion(poll, *concerns[:2])
    table.send("POST", f"/suggestions/{id}/acceptance")
    assert table.aspects == {"Alike": ["Concern 0", "Concern 1"]}
    assert table.board.suggestions == []
    table.undo()
    assert table.aspects == {}
    (card,) = table.board.suggestions
    assert [c.concern.text for c in card.cards] == ["Concern 0", "Concern 1"]
    table.redo()
    assert table.board.suggestions == []
    assert table.aspects == {"Alike": ["Concern 0", "Concern 1"]}


def test_all_accepted_suggestions_are_one_gesture(table, poll, concerns):
    suggestion(poll, *concerns[:2])
    suggestion(poll, *concerns[2:4], title="Also alike")
    table.send("POST", f"/polls/{poll.id}/suggestions/acceptance")
    assert len(table.aspects) == 2
    assert len(table.actions) == 1
    table.undo()
    assert table.aspects == {}
    assert len(table.board.suggestions) == 2


def test_a_dismissed_suggestion_comes_back(table, poll, concerns):
    id = suggestion(poll, *concerns[:2])
    table.send("DELETE", f"/suggestions/{id}")
    assert table.board.suggestions == []
    table.undo()
    assert len(table.board.suggestions) == 1


def test_the_choice_is_undone_and_done_again_for_the_hall_too(table, gathered, poll, hear):
    table.freeze()
    hall = hear(poll.event)
    table.undo()
    assert not table.poll.is_frozen
    assert not any(aspect.chosen for aspect in table.poll.aspects)
    table.redo()
    assert table.poll.is_frozen
    assert {a.title: a.position for a in table.poll.aspects} == {"One": 1, "Two": 2}
    assert "One" in hall.html


def test_what_another_has_chosen_again_is_not_undone_by_an_older_line(table, ben, gathered):
    table.freeze()
    first = table.actions[-1].id
    table.send("DELETE", f"/polls/{table.poll_id}/choice")
    table.by(ben).send("POST", f"/polls/{table.poll_id}/choice")
    clear = {line.action.id: line.is_clear for line in table.board.log}
    assert not clear[first], "its line says that it was changed since"
    assert table.send("POST", f"/board-actions/{first}/undoing").status_code == 409
    assert table.poll.is_frozen
    assert table.by(ben).undo().status_code == 303
    assert not table.poll.is_frozen


def test_ones_own_choice_is_taken_back_and_made_again_line_by_line(table, gathered):
    table.freeze()
    since = table.poll.frozen_at
    table.send("DELETE", f"/polls/{table.poll_id}/choice")
    for do, frozen_at in (
        (table.undo, since),
        (table.undo, None),
        (table.redo, since),
        (table.redo, None),
        (table.undo, since),
    ):
        assert do().status_code == 303
        assert table.poll.frozen_at == frozen_at


def test_what_is_chosen_is_not_undone_below_the_choice(table, gathered, ben):
    table.freeze()
    first = table.actions[0]
    assert table.by(ben).send("POST", f"/board-actions/{first.id}/undoing").status_code == 409
    assert table.aspects == START


def test_undo_is_of_ones_own_last_gesture(table, ben, gathered, concerns):
    table.by(ben).move(concerns[3], gathered[1])
    table.send("POST", f"/aspects/{gathered[0].id}/title", title="Uno")
    table.by(ben).undo()
    assert table.aspects == {"Uno": ["Concern 0", "Concern 1"], "Two": ["Concern 2"]}
    table.undo()
    assert table.aspects == START


def test_what_another_has_gone_on_with_is_left_and_said(table, ben, concerns, moderator):
    table.gather("One", *concerns[:3])
    table.by(ben).gather("Ben's", concerns[2])
    answer = table.undo()
    assert answer.status_code == 409
    assert "Ben Besides made the aspect “Ben’s”" in answer.text.replace("&#39;", "’")
    assert table.aspects == {"One": ["Concern 0", "Concern 1"], "Ben's": ["Concern 2"]}
    id = table.actions[0].id
    table.send("POST", f"/board-actions/{id}/undoing", rest="1")
    assert table.aspects == {"Ben's": ["Concern 2"]}


def test_an_aspect_that_has_got_others_since_does_not_vanish_under_them(table, ben, concerns):
    aspect = table.gather("One", concerns[0])
    table.by(ben).move(concerns[1], aspect)
    assert table.undo().status_code == 409
    assert table.aspects == {"One": ["Concern 0", "Concern 1"]}


def test_a_later_title_is_not_overwritten(table, ben, gathered):
    url = f"/aspects/{gathered[0].id}/title"
    table.send("POST", url, title="Mine")
    table.by(ben).send("POST", url, title="Ben's")
    assert table.undo().status_code == 409
    assert "Ben's" in table.aspects


def test_hiding_meanwhile_does_not_keep_a_move_from_being_undone(table, ben, gathered, concerns):
    table.move(concerns[3], gathered[0])
    form = {"concern": concerns[3].id, "reason": "a name"}
    table.by(ben).send("POST", f"/polls/{table.poll_id}/hidden", **form)
    assert table.undo().status_code == 303
    look_again()
    assert concerns[3].aspect_id is None
    assert concerns[3].is_hidden, "what Ben did stays"


def test_any_line_of_the_log_is_undone_by_whoever_leads(table, ben, gathered):
    first = table.actions[0]
    assert table.by(ben).send("POST", f"/board-actions/{first.id}/undoing").status_code == 303
    assert table.aspects == {"Two": ["Concern 2"]}
    assert table.actions[0].undone_by_id == ben.participant_id
    assert table.send("POST", f"/board-actions/{first.id}/undoing").status_code == 409
    assert table.send("DELETE", f"/board-actions/{first.id}/undoing").status_code == 303
    assert table.aspects == START


def test_only_who_leads_this_event_undoes(table, gathered, participant, host, outsider, browser):
    urls = [f"/polls/{table.poll_id}/undoing", f"/board-actions/{table.actions[0].id}/undoing"]
    for url in urls:
        for method in ("POST", "DELETE"):
            assert participant.browser.open(url, method=method).status_code == 403
            assert host.browser.open(url, method=method).status_code == 403
            assert outsider.browser.open(url, method=method).status_code == 401
            assert browser().open(url, method=method).status_code == 401
    assert table.aspects == START


def test_undoing_is_heard_in_the_cockpit_only(table, gathered, poll, hear):
    hall, cockpit, two = hear(poll.event), hear(poll.event, View.COCKPIT), gathered[1].id
    table.undo()
    assert f'target="board-aspect-{two}"' in cockpit.html
    assert hall.messages == []


def test_the_log_says_who_did_what_and_when(table, ben, gathered, concerns, moderator, poll):
    table.by(ben).move(concerns[3], gathered[0])
    table.undo()
    page = moderator.get(f"/e/{poll.event.code}/cockpit").text
    log = page.split('class="board-log"')[1].split("</details>")[0]
    assert "Ben Besides moved 1 concern to “One”." in log
    assert "Mona Moderator made the aspect “Two” of 1 concern." in log
    assert "Undone by Mona Moderator." in log
    assert log.index("Ben Besides moved") < log.index("made the aspect “Two”")
    assert 'datetime="20' in log


def test_the_log_is_nobody_elses_business(table, gathered, participant, poll):
    page = participant.get(f"/e/{poll.event.code}").text
    assert "Mona Moderator" not in page
    assert "board-log" not in page


def test_an_undone_aspects_number_is_never_given_to_another(table, concerns):
    first = table.gather("One", concerns[0]).id
    table.undo()
    assert table.gather("Two", concerns[1]).id != first


def test_what_somebody_withdraws_meanwhile_does_not_come_back(table, gathered, people, concerns):
    table.send("DELETE", f"/aspects/{gathered[0].id}")
    people[0].delete(f"/concerns/{concerns[0].id}")
    assert table.undo().status_code == 303
    assert table.aspects["One"] == ["Concern 1"]


def test_what_people_wrote_under_an_aspect_keeps_it(table, gathered, concerns, participant, poll):
    from app.proposals.models import Proposal

    table.freeze()
    url = f"/aspects/{gathered[0].id}/proposals"
    assert participant.post(url, {"text": "Do this", "key": "k"}).status_code == 303
    table.send("DELETE", f"/polls/{poll.id}/choice")
    first = table.actions[0]
    assert table.send("POST", f"/board-actions/{first.id}/undoing").status_code == 409
    assert table.aspects == START
    assert db.session.scalar(select(Proposal.aspect_id)) == gathered[0].id


def test_a_guest_who_is_known_as_a_member_keeps_their_gestures(table, gathered, ben):
    from app.events import merging

    with transaction():
        merging.merge(table.who.person, ben.person)
    assert {action.participant_id for action in table.actions} == {ben.participant_id}
    assert table.by(ben).undo().status_code == 303
