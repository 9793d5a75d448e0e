"""Who is named for the round that is next is told so, they alone, and may say no."""

import pytest

from app.breakouts import actions, queries
from app.breakouts.models import Nomination, Part
from app.database import locked, transaction
from app.events import actions as event_actions
from app.events.models import Participant
from app.extensions import db
from app.permissions import Role
from app.realtime import View
from tests.breakouts.plans import end_choosing, plan
from tests.breakouts.rounds import come, item, start
from tests.breakouts.test_calls import letters

LEADS, NOTES = Part.FACILITATOR, Part.NOTES
WILL_LEAD = "In “Round 1” you will lead the talk"
WILL_WRITE = "In “Round 1” you will take notes"


@pytest.fixture
def round_(event):
    """The round that comes after the flash poll, which is now."""
    start(event, "Flash poll")
    return plan(event, mode="automatic")


def name(round_, *people, part=LEADS, number=None):
    with transaction():
        actions.name_for(locked(type(round_), round_.id), people, part, number)


def page_of(visitor, event):
    db.session.rollback()
    return visitor.get(f"/e/{event.code}").text


def own(visitor, round_):
    return f"/rounds/{round_.id}/me/nomination"


def minds(round_, visitor):
    db.session.rollback()
    return db.session.get_one(Nomination, (round_.id, visitor.participant_id)).declined_at


def test_the_stage_tells_who_is_named_and_nobody_else(event, round_, participant, join):
    other, writes = join(event, "Other"), join(event, "Writer")
    name(round_, participant.person)
    name(round_, writes.person, part=NOTES, number=2)
    page = page_of(participant, event)
    assert f"{WILL_LEAD}." in page
    assert page.index(WILL_LEAD) < page.index("live-hall")
    assert f"{WILL_WRITE}, in room 2 · Political anchoring." in page_of(writes, event)
    assert "Round 1” you" not in page_of(other, event)


@pytest.mark.parametrize(("mode", "room"), [("manual", "Binding agreements"), ("municipality", "")])
def test_a_room_is_told_where_it_is_known_beforehand(event, participant, mode, room):
    start(event, "Flash poll")
    round_ = plan(event, mode=mode)
    name(round_, participant.person)
    if mode == "manual":
        with transaction():
            held = locked(type(round_), round_.id)
            actions.prepare(held, {participant.participant_id: 3})
    page = page_of(participant, event)
    assert (f"{WILL_LEAD}, in room 3 · {room}." if room else f"{WILL_LEAD}.") in page


def test_a_round_that_comes_later_is_not_told_before_the_hall_comes_near(
    app, event, participant, round_
):
    later = plan(event, "Round 2", mode="automatic")
    name(later, participant.person)
    assert "Round 2” you" not in page_of(participant, event)
    read = letters(app, event, participant)
    start(event, "Round 1")
    assert "In “Round 2” you will lead the talk." in read()[0]


def test_naming_and_taking_it_back_are_heard_by_those_people_alone(
    app, event, round_, participant, join, hear
):
    other, third = join(event, "Other"), join(event, "Third")
    hall, cockpit = hear(event), hear(event, View.COCKPIT)
    read = letters(app, event, participant, other, third)
    name(round_, participant.person, other.person)
    first, second, nothing = read()
    assert WILL_LEAD in first
    assert WILL_LEAD in second
    assert nothing == ""
    with transaction():
        actions.name_no_more(locked(type(round_), round_.id), participant.person)
    first, again, nothing = read()
    assert "In “Round 1” you do not lead the talk any more." in first
    assert first.rpartition("<section")[2].count("role-ahead") == 0
    assert again == second
    assert nothing == ""
    for ear in (hall, cockpit):
        assert "Round 1” you" not in ear.html
    assert WILL_LEAD not in page_of(participant, event)
    assert WILL_LEAD in page_of(other, event)


def test_who_was_told_nothing_is_not_told_that_it_is_over(app, event, round_, participant):
    later = plan(event, "Round 2", mode="automatic")
    name(later, participant.person)
    read = letters(app, event, participant)
    with transaction():
        actions.name_no_more(locked(type(later), later.id), participant.person)
    assert read() == [""]


def test_once_the_talk_begins_there_is_nothing_to_tell(app, event, participant):
    start(event, "Flash poll")
    round_ = plan(event, mode="self_select")
    name(round_, participant.person)
    start(event, "Round 1")
    choice = participant.get(f"/rounds/{round_.id}/room").text
    assert WILL_LEAD in choice
    read = letters(app, event, participant)
    end_choosing(round_)
    assert WILL_LEAD not in read()[0]
    assert 'id="roles-ahead"' in read()[0]
    assert WILL_LEAD not in participant.get(f"/e/{event.code}/questions").text


def test_a_new_name_or_order_of_the_agenda_is_heard(app, event, round_, participant):
    name(round_, participant.person)
    read = letters(app, event, participant)
    with transaction():
        event_actions.change_item(item(event, "Round 1"), title="Talks <1>")
    assert "In “Talks &lt;1&gt;” you will lead the talk." in read()[0]
    with transaction():
        event_actions.move_item(item(event, "Talks <1>"), 1)
    assert "role-ahead" not in read()[0].rpartition("<section")[2]


def test_one_tap_declines_another_takes_it_back(event, round_, participant, moderator):
    name(round_, participant.person, number=2)
    answer = participant.delete(own(participant, round_), live=True)
    assert "You would rather not lead the talk in “Round 1”." in answer.text
    assert WILL_LEAD not in answer.text
    assert minds(round_, participant)
    assert queries.named_in(round_) == {}
    page = moderator.get(f"/rounds/{round_.id}/places").text
    assert "would rather not" in page.partition('id="named"')[2].partition("</ul>")[0]
    assert "I will do it after all" in page_of(participant, event)
    assert participant.delete(own(participant, round_)).location == f"/e/{event.code}"

    answer = participant.put(own(participant, round_), live=True)
    assert f"{WILL_LEAD}, in room 2 · Political anchoring." in answer.text
    assert queries.named_in(round_) == {participant.participant_id: LEADS}
    page = moderator.get(f"/rounds/{round_.id}/places").text
    assert "would rather not" not in page.partition('id="named"')[2].partition("</ul>")[0]


def test_the_moderators_hear_at_once_who_declines_and_the_hall_does_not(event, round_, join, hear):
    visitor = join(event, "Ada <3>")
    name(round_, visitor.person, part=NOTES)
    hall, cockpit, screen = hear(event), hear(event, View.COCKPIT), hear(event, View.SCREEN)
    german = hear(event, View.COCKPIT, language="de")
    for _twice in range(2):
        visitor.delete(own(visitor, round_), live=True)
    words = "Ada &lt;3&gt; would rather not take notes in “Round 1”."
    assert words in cockpit.html
    assert "Ada &lt;3&gt;" in german.html
    assert "Ada" not in hall.html + screen.html


def test_who_declines_stands_in_the_cockpit_until_it_is_settled(event, round_, join, moderator):
    def declined():
        page = moderator.get(f"/e/{event.code}/cockpit").text
        return page.partition('id="declined"')[2].partition("</div>")[0]

    ada, bea, cleo = (join(event, name) for name in ("Ada", "Bea", "Cleo"))
    assert "hidden" in declined()
    name(round_, ada.person, bea.person, cleo.person)
    for each in (ada, bea, cleo):
        each.delete(own(each, round_))
    assert [declined().count(f"{who} would") for who in ("Ada", "Bea", "Cleo")] == [1, 1, 1]
    assert f"/rounds/{round_.id}/places#named-title" in declined()
    ada.put(own(ada, round_))
    assert "Ada" not in declined()
    name(round_, bea.person, part=NOTES)
    assert "Bea" not in declined()
    start(event, "Round 1")
    assert "hidden" in declined()
    assert "Cleo" not in declined()


def test_the_cockpit_asks_as_often_however_many_decline(event, join, moderator, statements):
    asked = []
    for title in ("Round 1", "Round 2", "Round 3"):
        visitor = join(event, f"Guest of {title}")
        planned = plan(event, title, mode="automatic")
        name(planned, visitor.person)
        visitor.delete(own(visitor, planned))
        statements.clear()
        panel = moderator.get(f"/e/{event.code}/cockpit").text.partition('id="declined"')[2]
        asked.append(sum("nomination" in each for each in statements))
        assert f"Guest of {title}" in panel.partition("</div>")[0]
    assert asked == [1, 1, 1]


@pytest.mark.parametrize("settled", ["agree", "removed", "opened"])
def test_the_cockpit_hears_that_it_is_settled(event, round_, join, hear, settled):
    visitor = join(event, "Ada")
    name(round_, visitor.person)
    visitor.delete(own(visitor, round_))
    cockpit = hear(event, View.COCKPIT)
    if settled == "agree":
        visitor.put(own(visitor, round_))
    elif settled == "removed":
        with transaction():
            event_actions.remove_person(visitor.person)
    else:
        start(event, "Round 1")
    panel = cockpit.html.partition('id="declined"')[2].partition("</div>")[0]
    assert panel
    assert "Ada" not in panel


def test_who_declines_gets_no_part_and_goes_where_everybody_goes(event, round_, join):
    visitors = [join(event, f"Guest {letter}") for letter in "ABC"]
    name(round_, *(visitor.person for visitor in visitors))
    for visitor in visitors[:2]:
        visitor.delete(own(visitor, round_))
    start(event, "Round 1")
    held = queries.duties_in([room.id for room in round_.rooms])
    assert [duty.participant_id for duty in held] == [visitors[2].participant_id]


def test_a_moderator_may_ask_them_anew(event, round_, participant):
    name(round_, participant.person)
    participant.delete(own(participant, round_))
    name(round_, participant.person, part=NOTES)
    assert minds(round_, participant) is None
    assert f"{WILL_WRITE}." in page_of(participant, event)


def test_in_the_room_it_is_too_late_to_decline(event, round_, participant):
    name(round_, participant.person)
    start(event, "Round 1")
    for answer in (participant.delete, participant.put):
        assert answer(own(participant, round_)).status_code == 409
    assert minds(round_, participant) is None


def test_nobody_declines_for_others_or_what_they_are_not_named_for(
    event, round_, participant, join, host, observer, moderator, outsider, browser
):
    named = join(event, "Named")
    name(round_, named.person)
    for visitor in (participant, host, observer, moderator, outsider, browser()):
        for answer in (visitor.delete, visitor.put):
            assert answer(own(visitor, round_)).status_code in (401, 403, 404)
    assert minds(round_, named) is None


def test_a_tick_asks_as_often_for_many_who_are_named_as_for_one(
    app, event, round_, join, statements
):
    asked = []
    for count in (1, 12):
        visitors = [join(event, f"Guest {count} {number}") for number in range(count)]
        read = letters(app, event, *visitors)
        name(round_, *(visitor.person for visitor in visitors), number=1)
        statements.clear()
        told = read()
        asked.append(len(statements))
        assert all(WILL_LEAD in each for each in told)
    assert max(asked) < 16  # a few again where garbage was collected meanwhile


def test_a_page_asks_nothing_more_for_who_is_named_for_nothing(
    event, round_, participant, join, statements
):
    named = join(event, "Named")

    def asked(visitor):
        visitor.get(f"/e/{event.code}/questions")
        statements.clear()
        visitor.get(f"/e/{event.code}/questions")
        return len(statements)

    before = asked(participant)
    name(round_, named.person)
    assert asked(participant) == before < asked(named)


def test_who_becomes_a_host_is_told_nothing(event, round_, participant):
    name(round_, participant.person)
    with transaction():
        person = locked(Participant, participant.participant_id)
        event_actions.change_person(person, role=Role.HOST)
    assert WILL_LEAD not in page_of(participant, event)


def test_the_hall_is_told_nothing_of_strangers(event, round_, hear):
    people = come(event, 3)
    hall, screen = hear(event), hear(event, View.SCREEN)
    name(round_, *people)
    assert hall.messages == screen.messages == []
