"""What comes after the choice waits in a tray; nothing that was chosen moves."""

import threading

import pytest

from app.database import locked, transaction
from app.extensions import db
from app.livepolls import actions, suggesting
from app.livepolls.models import FlashPoll
from app.livepolls.suggesting import suggest_where_wanted
from app.realtime import View
from tests.factories import look_again
from tests.livepolls.polls import write
from tests.together import PATIENCE, together

TEXTS = (
    "Childcare in the evening is missing for parents",
    "Parents need childcare in the evening",
    "Our budget for network meetings is too small",
    "The budget for network meetings is far too small",
    "Data protection",
)
LATE = "We need childcare for parents in the evening hours"


@pytest.fixture
def frozen(table, concerns, people, poll):
    """Two chosen aspects and one concern in none; then the poll is opened again."""
    for author, concern, text in zip(people, concerns, TEXTS, strict=True):
        assert author.post(f"/concerns/{concern.id}", {"text": text}).status_code == 303
    table.gather("Childcare", *concerns[:2])
    table.gather("Budget", *concerns[2:4])
    table.freeze()
    assert table.send("DELETE", f"/polls/{poll.id}/closure").status_code == 303
    look_again()
    return table


def tray(table):
    return [card.concern.text for card in table.board.late]


def test_a_poll_is_opened_again_and_keeps_what_was_chosen(frozen, poll, participant):
    assert poll.is_open
    assert poll.is_frozen
    page = participant.get(f"/e/{poll.event.code}").text
    assert "Childcare" in page
    assert f'id="concern-text-{poll.id}"' in page


def test_a_late_concern_waits_in_the_tray_and_is_matched(frozen, poll, participant, concerns):
    before = frozen.aspects
    late = write(poll, participant, LATE)
    suggest_where_wanted()
    assert frozen.aspects == before
    assert tray(frozen) == [late.text]
    assert frozen.loose == ["Data protection"], "what was left over is not late"
    (card,) = frozen.board.suggestions
    assert (card.suggestion.title, [c.concern.id for c in card.cards]) == ("Childcare", [late.id])


def test_it_is_matched_once_and_not_again_and_again(frozen, poll, participant, monkeypatch):
    write(poll, participant, LATE)
    suggest_where_wanted()
    monkeypatch.setattr(suggesting, "suggest", lambda _id: pytest.fail("nothing new came"))
    suggest_where_wanted()


def test_one_that_is_being_sent_while_others_are_matched_is_matched_next(
    app, frozen, poll, participant, people, monkeypatch
):
    """It was written before and is committed after the look at what has come."""
    is_written, is_looked = threading.Event(), threading.Event()

    def send_slowly():
        with transaction():
            held = locked(FlashPoll, poll.id, shared=True)
            sent, _is_new = actions.write_concern(held, people[0].person, f"{LATE} too", "slow")
            db.session.flush()
            is_written.set()
            is_looked.wait(0.5)  # nobody looks as long as somebody sends
        return sent.id

    def match():
        is_written.wait(PATIENCE)
        suggest_where_wanted()

    def apart(function, *args, **kwargs):
        is_looked.set()
        return function(*args, **kwargs)

    first = write(poll, participant, LATE)
    monkeypatch.setattr(suggesting, "run_apart", apart)
    monkeypatch.setattr(suggesting, "embed_some", lambda _poll: True)
    sent, _none = together(app, send_slowly, match)
    suggest_where_wanted()
    (card,) = frozen.board.suggestions
    assert {each.concern.id for each in card.cards} == {first.id, sent}


def test_accepting_it_adds_it_where_all_see_it_and_moves_nothing_else(
    frozen, poll, participant, hear
):
    late = write(poll, participant, LATE)
    suggest_where_wanted()
    hall, before = hear(poll.event), frozen.aspects
    id = frozen.board.suggestions[0].suggestion.id
    assert frozen.send("POST", f"/suggestions/{id}/acceptance").status_code == 303
    assert frozen.aspects == {**before, "Childcare": [*before["Childcare"], late.text]}
    aspect = frozen.aspect("Childcare")
    assert f'target="gathered-{aspect.id}"' in hall.html
    assert "3 people" in hall.html
    assert 'id="stage"' not in hall.html


def test_a_late_concern_is_put_into_an_aspect_by_hand_and_out_again(frozen, poll, participant):
    late = write(poll, participant, "Something else")
    aspect = frozen.aspect("Budget")
    assert frozen.move(late, aspect, seen=":").status_code == 303
    assert late.text in frozen.aspects["Budget"]
    assert frozen.undo().status_code == 303
    assert tray(frozen) == [late.text]


def test_nothing_else_is_moved_and_no_aspect_is_made(frozen, poll, participant, concerns):
    late = write(poll, participant, "Something else")
    aspect, before = frozen.aspect("Budget"), frozen.aspects
    for concern in (concerns[0], concerns[4]):
        assert frozen.move(concern, aspect).status_code == 409
    form = {"concern": late.id, "title": "New"}
    assert frozen.send("POST", f"/polls/{poll.id}/aspects", **form).status_code == 409
    assert frozen.aspects == before


def test_what_is_shown_again_after_the_choice_is_late(frozen, poll, concerns):
    form = {"concern": concerns[4].id}
    frozen.send("POST", f"/polls/{poll.id}/hidden", **form)
    frozen.send("DELETE", f"/polls/{poll.id}/hidden", **form)
    assert tray(frozen) == ["Data protection"]


def test_late_ones_can_be_off_topic_too(frozen, poll, participant):
    late = write(poll, participant, "Something else")
    form = {"concern": late.id, "reason": "not today"}
    assert frozen.send("POST", f"/polls/{poll.id}/off-topic", **form).status_code == 303
    assert tray(frozen) == []


def test_the_hall_reads_late_concerns_among_the_further_ones(frozen, poll, participant, hear):
    hall, cockpit = hear(poll.event), hear(poll.event, View.COCKPIT)
    write(poll, participant, "Something late")
    assert f'target="further-{poll.id}"' in hall.html
    assert f'target="late-{poll.id}"' in cockpit.html


def test_a_poll_that_hides_until_it_is_closed_hides_only_what_is_new(
    quiet_poll, people, moderator, participant
):
    from tests.livepolls.board.boards import Table

    first = write(quiet_poll, people[0], "First")
    table = Table(quiet_poll.id, moderator)
    table.gather("One", first)
    table.freeze()
    table.send("DELETE", f"/polls/{quiet_poll.id}/closure")
    write(quiet_poll, people[1], "Late and hidden")
    page = participant.get(f"/e/{quiet_poll.event.code}").text
    assert "First" in page
    assert "Late and hidden" not in page
    table.send("POST", f"/polls/{quiet_poll.id}/closure")
    assert "Late and hidden" in participant.get(f"/e/{quiet_poll.event.code}").text


def test_whoever_was_late_sees_where_it_went(frozen, poll, participant, hear):
    late = write(poll, participant, "Something late")
    mine = hear(participant)
    frozen.move(late, frozen.aspect("Budget"))
    assert "Went into" in mine.html
    assert "Budget" in mine.html


def test_the_big_button_closes_it_again(frozen, poll, moderator):
    url = f"/e/{poll.event.code}/cockpit"
    assert "Next: Close the poll again" in moderator.get(url).text
    frozen.send("POST", f"/polls/{poll.id}/closure")
    assert "Close the poll again" not in moderator.get(url).text
