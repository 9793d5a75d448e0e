"""A second round: asked anew in a step of its own, beside the first, which stays as it was."""

import csv
import io
import json

import pytest

from app import identity
from app.database import transaction
from app.events import actions as event_actions
from app.events.repeating import MOST_ROUNDS
from app.extensions import db
from app.identity import TokenKind
from app.livepolls.comparing import all_rounds, comparison
from app.livepolls.models import FlashPoll
from app.permissions import Role
from app.realtime import View
from tests.factories import item_of_kind, look_again
from tests.livepolls.polls import open_poll, support, write
from tests.together import together


def ask_again(visitor, poll):
    return visitor.post(f"/e/{poll.event.code}/items/{poll.item_id}/again")


def close(visitor, poll):
    assert visitor.post(f"/polls/{poll.id}/closure").status_code == 303


def newest():
    look_again()
    return db.session.query(FlashPoll).order_by(FlashPoll.id.desc()).first()


def choose(visitor, poll, **aspects):
    """Gather concerns into aspects, and choose them."""
    close(visitor, poll)
    for title, concerns in aspects.items():
        form = {"title": title, "concern": [concern.id for concern in concerns]}
        assert visitor.post(f"/polls/{poll.id}/aspects", form).status_code == 303
    assert visitor.post(f"/polls/{poll.id}/choice").status_code == 303


@pytest.fixture
def first(poll, people, moderator):
    """A round with two aspects, behind which three people stand."""
    families, money = write(poll, people[0], "Childcare"), write(poll, people[1], "Money")
    support(families, people[2])
    choose(moderator, poll, Families=[families], Money=[money])
    return poll


@pytest.fixture
def second(first, moderator):
    """The round after it, open."""
    assert ask_again(moderator, first).status_code == 303
    return newest()


def test_it_is_asked_in_a_step_behind_the_first(event, first, second):
    assert [item.title for item in event.items] == [
        "Welcome",
        "Flash poll",
        "Flash poll, round 2",
    ]
    assert (second.round, second.is_open, second.question) == (2, True, first.question)
    assert event.current_item_id == second.item_id
    assert all_rounds(first) == all_rounds(second) == [first, second]


def test_it_stands_before_what_the_agenda_had_planned_next(event, poll, moderator):
    with transaction():
        event_actions.add_item(event, "welcome", "Coffee")
    close(moderator, poll)
    ask_again(moderator, poll)
    look_again()
    titles = [item.title for item in event.items]
    assert titles == ["Welcome", "Flash poll", "Flash poll, round 2", "Coffee"]


def test_it_asks_as_the_first_did(event, moderator):
    poll = open_poll(event, item_of_kind(event, "poll"), moderated="yes", most="2", countdown="5")
    close(moderator, poll)
    ask_again(moderator, poll)
    second = newest()
    assert (second.is_moderated_before, second.most_per_person) == (True, 2)
    assert second.closes_at is not None


def test_what_is_said_belongs_to_the_new_round_alone(first, second, people, moderator):
    write(second, people[0], "Meetings")
    page = people[0].get(f"/e/{second.event.code}").text
    assert "1 concern from 1 person" in page
    assert f'id="concerns-{second.id}"' in page
    board = moderator.get(f"/e/{second.event.code}/cockpit").text
    assert "Meetings" in board
    assert "Childcare" not in board.split('class="board"')[1]
    assert len(first.aspects) == 2


def test_the_first_stays_readable_with_its_aspects_and_figures(first, second, people):
    page = people[0].get(f"/e/{first.event.code}/steps/{first.item_id}").text
    assert "Families" in page
    assert "Childcare" in page
    hall = people[0].get(f"/e/{first.event.code}").text
    assert "Compare the rounds" in hall
    assert "<td>2 people</td>" in hall
    assert f"/e/{first.event.code}/steps/{first.item_id}" in hall


def test_the_supports_of_the_first_stay_as_they_were(poll, people, moderator):
    concern = write(poll, people[0], "Childcare")
    support(concern, people[1])
    close(moderator, poll)
    ask_again(moderator, poll)
    answer = people[2].post(f"/concerns/{concern.id}/support")
    assert answer.status_code == 409
    assert "A new round has begun" in answer.text
    page = people[2].get(f"/e/{poll.event.code}/steps/{poll.item_id}").text
    assert "1 person says: me too" in page
    assert "data-support=" not in page
    assert people[0].post(f"/concerns/{concern.id}", {"text": "Other"}).status_code == 409


def test_both_are_compared_by_the_titles_of_their_aspects(first, second, people, moderator):
    again, new = write(second, people[3], "Childcare"), write(second, people[4], "Meetings")
    choose(moderator, second, families=[again], Meetings=[new])
    compared = comparison(second)
    voices = {row.title: [f.voices if f else None for f in row.figures] for row in compared.rows}
    assert voices == {"families": [2, 1], "Money": [1, None], "Meetings": [None, 1]}
    assert [(each.concerns, each.people) for each in compared.rounds] == [(2, 2), (2, 2)]
    assert comparison(first) is None


def test_an_open_round_has_no_figures_yet_that_would_lag_behind(first, second, people, moderator):
    assert [each.poll for each in comparison(second).rounds] == [first]
    write(second, people[0], "Meetings")
    page = people[1].get(f"/e/{second.event.code}").text
    table = page.split(f'id="rounds-{second.id}"')[1].split("</details>")[0]
    assert 'scope="col">Round 1</th>' in table
    assert 'scope="col">Round 2</th>' not in table


def test_when_a_later_round_is_closed_the_hall_sees_its_figures(
    first, second, people, moderator, hear
):
    hall = hear(second.event)
    write(second, people[0], "Meetings")
    assert 'id="rounds-' not in hall.html
    close(moderator, second)
    table = hall.html.split(f'id="rounds-{second.id}"')[1].split("</details>")[0]
    assert 'scope="col">Round 2</th>' in table
    assert "<td>2</td><td>1</td>" in table
    moderator.delete(f"/polls/{second.id}/closure")
    table = hall.messages[-1]["html"].split(f'id="rounds-{second.id}"')[1].split("</details>")[0]
    assert 'scope="col">Round 2</th>' not in table


def test_where_nothing_is_compared_closing_does_not_draw_the_hall_anew(first, moderator, hear):
    moderator.delete(f"/polls/{first.id}/closure")
    hall = hear(first.event)
    close(moderator, first)
    assert 'target="stage"' not in hall.html


def test_two_aspects_of_one_title_are_compared_each_for_itself(poll, people, moderator):
    said = [write(poll, person, f"Childcare {n}") for n, person in enumerate(people[:3])]
    close(moderator, poll)
    for title, concerns in (("Families", said[:2]), ("families", said[2:])):
        form = {"title": title, "concern": [concern.id for concern in concerns]}
        assert moderator.post(f"/polls/{poll.id}/aspects", form).status_code == 303
    assert moderator.post(f"/polls/{poll.id}/choice").status_code == 303
    ask_again(moderator, poll)
    again = write(newest(), people[4], "Childcare")
    choose(moderator, newest(), FAMILIES=[again])
    rows = comparison(newest()).rows
    assert [[f.voices if f else None for f in row.figures] for row in rows] == [[2, 1], [1, None]]


@pytest.mark.parametrize("where", ["", "/cockpit", "/results"])
def test_everybody_reads_the_comparison(second, people, moderator, where):
    visitor = moderator if where == "/cockpit" else people[0]
    page = visitor.get(f"/e/{second.event.code}{where}").text
    assert f'id="rounds-{second.id}"' in page
    assert 'scope="col">Round 1</th>' in page


def test_the_moderators_drafts_of_a_round_are_compared_with_nothing(poll, people, moderator):
    concern = write(poll, people[0], "Childcare")
    moderator.post(f"/polls/{poll.id}/aspects", {"title": "A draft", "concern": concern.id})
    close(moderator, poll)
    ask_again(moderator, poll)
    assert "A draft" not in people[1].get(f"/e/{poll.event.code}").text
    (row,) = [each for each in comparison(newest()).rounds if each.poll == poll]
    assert (row.concerns, row.aspects) == (1, {})


def test_an_export_has_all_rounds_with_their_number(first, second, people, moderator):
    write(second, people[0], "Meetings")
    for poll in (first, second):
        table = moderator.get(f"/polls/{poll.id}/export?format=csv").data.decode("utf-8-sig")
        lines = list(csv.DictReader(io.StringIO(table)))
        assert {line["Concern"]: line["Round"] for line in lines} == {
            "Childcare": "1",
            "Money": "1",
            "Meetings": "2",
        }
    told = json.loads(people[0].get(f"/polls/{second.id}/export?format=json").data)
    assert [each["round"] for each in told["rounds"]] == [1, 2]
    assert {aspect["title"]: aspect["round"] for aspect in told["aspects"]} == {
        "Families": 1,
        "Money": 1,
    }


def test_an_export_tells_no_more_of_a_hidden_round_than_its_page(event, people, moderator):
    poll = open_poll(event, item_of_kind(event, "poll"), hides_until_closed="yes")
    write(poll, people[0], "Childcare")
    close(moderator, poll)
    ask_again(moderator, poll)
    write(newest(), people[0], "My secret")
    text = people[1].get(f"/polls/{poll.id}/export?format=csv").text
    assert "Childcare" in text
    assert "My secret" not in text


def test_programs_find_the_way_from_round_to_round(first, second, people):
    with transaction():
        token = identity.issue(TokenKind.API, participant_id=people[0].participant_id)
    headers = {"Authorization": f"Bearer {token}"}
    told = people[0].browser.get(f"/api/v1/polls/{second.id}", headers=headers).json
    assert told["round"] == 2
    assert told["rounds"] == [{"poll": first.id, "round": 1, "concerns": 2, "people": 2}]


def test_pressed_twice_it_is_asked_once(first, second, moderator):
    assert ask_again(moderator, first).status_code == 303
    assert newest() == second


def test_from_the_first_the_same_button_leads_to_the_round_that_is_there(
    event, first, second, moderator
):
    with transaction():
        event_actions.start_step(event, first.item)
    assert ask_again(moderator, first).status_code == 303
    look_again()
    assert (event.current_item_id, newest()) == (second.item_id, second)


def test_the_topics_are_those_of_the_round_that_was_chosen_last(first, second, people, moderator):
    from app.livepolls.queries import chosen_aspects

    assert [aspect.title for aspect in chosen_aspects(first.event_id)] == ["Families", "Money"]
    choose(moderator, second, Meetings=[write(second, people[0], "Meetings")])
    assert [aspect.title for aspect in chosen_aspects(first.event_id)] == ["Meetings"]


def test_an_open_poll_is_not_asked_anew_and_none_for_ever(poll, moderator):
    assert ask_again(moderator, poll).status_code == 409
    for _round in range(MOST_ROUNDS - 1):
        close(moderator, newest())
        assert ask_again(moderator, newest()).status_code == 303
    close(moderator, newest())
    assert ask_again(moderator, newest()).status_code == 409
    assert newest().round == MOST_ROUNDS
    assert newest().item.title == "Flash poll, round 4"


def test_elsewhere_in_the_agenda_it_is_not_asked_anew(event, poll, moderator):
    with transaction():
        event_actions.start_step(event, event.items[0])
    assert ask_again(moderator, poll).status_code == 409
    welcome = f"/e/{event.code}/items/{event.items[0].id}/again"
    assert moderator.post(welcome).status_code == 404
    look_again()
    assert len(event.items) == 2


def test_opened_again_a_poll_goes_on_in_its_own_round(poll, people, moderator, hear):
    close(moderator, poll)
    page = moderator.get(f"/e/{poll.event.code}/cockpit").text
    assert "Open again" in page
    assert "Ask once more, and compare" in page
    cockpit = hear(poll.event, View.COCKPIT)
    moderator.delete(f"/polls/{poll.id}/closure")
    write(poll, people[0], "Childcare")
    assert (poll.round, poll.next_id) == (1, None)
    assert "Ask once more, and compare" not in cockpit.html


@pytest.mark.parametrize("role", ["participant", "host", "observer"])
def test_only_moderators_ask_anew(poll, moderator, role, request):
    close(moderator, poll)
    assert ask_again(request.getfixturevalue(role), poll).status_code == 403
    assert newest() == poll


def test_strangers_do_not(poll, moderator, outsider):
    close(moderator, poll)
    assert ask_again(outsider, poll).status_code == 401
    assert poll.following is None


def test_a_first_round_asks_the_database_for_no_other(event, poll, participant, statements):
    statements.clear()
    participant.get(f"/e/{event.code}")
    assert not [each for each in statements if "next_id =" in each]


def test_two_moderators_at_once_begin_one_round(app, poll, moderator, appoint):
    ben = appoint(poll.event, Role.MODERATOR, "Ben Besides")
    close(moderator, poll)
    url = f"/e/{poll.event.code}/items/{poll.item_id}/again"
    answers = together(app, *[lambda w=w: w.post(url).status_code for w in (moderator, ben)])
    assert answers == [303, 303]
    assert [each.round for each in all_rounds(poll)] == [1, 2]
    assert len(poll.event.items) == 3
