"""Rooms ask for help, and those who lead speak to them."""

from app.breakouts.models import HelpCall, RoomMessage
from app.events.models import Participant
from app.extensions import db
from app.realtime import Audience, View
from tests.breakouts.rounds import come, joined, room_of
from tests.ears import Ear


def count(table):
    return db.session.query(table).count()


def test_a_room_asks_for_help_once_and_the_cockpit_sees_it(event, participant, room, hear):
    cockpit, hall = hear(event, View.COCKPIT), hear(event)
    inside = hear(event, View.ROOM, source=room.channel)
    for _time in range(2):
        assert participant.post(f"/rooms/{room.id}/help").location == f"/rooms/{room.id}"
    assert count(HelpCall) == 1
    assert "1 room asks for help" in cockpit.html
    assert "asks for help since" in cockpit.html
    assert "has asked the moderators for help" in inside.html
    assert "help" not in hall.html


def test_a_moderator_says_that_they_come_and_that_it_is_done(
    event, participant, moderator, room, hear
):
    participant.post(f"/rooms/{room.id}/help")
    inside = hear(event, View.ROOM, source=room.channel)
    moderator.post(f"/rooms/{room.id}/help/answer")
    assert f"{moderator.person.name} is coming to you." in inside.html
    assert f"{moderator.person.name} is coming" in moderator.get(f"/e/{event.code}/cockpit").text
    moderator.delete(f"/rooms/{room.id}/help")
    assert count(HelpCall) == 0
    assert "Get help" in inside.messages[-1]["html"]


def test_the_room_says_itself_that_it_needs_no_help_any_more(participant, room):
    participant.post(f"/rooms/{room.id}/help")
    for _time in range(2):
        participant.delete(f"/rooms/{room.id}/help")
    assert count(HelpCall) == 0


def test_with_the_round_calls_are_over(participant, moderator, room):
    participant.post(f"/rooms/{room.id}/help")
    moderator.delete(f"/rounds/{room.round_id}/opening")
    assert count(HelpCall) == 0
    assert participant.post(f"/rooms/{room.id}/help").status_code == 409


def test_only_its_people_ask_for_a_room(event, participant, room, host, observer, outsider, join):
    stranger = join(event, "Stella Stranger")
    while room_of(room.round, stranger.person).id == room.id:
        stranger = join(event, "Stella Stranger")
    for visitor in (stranger, host, observer, outsider):
        answer = visitor.post(f"/rooms/{room.id}/help")
        assert answer.status_code in (401, 403, 404)
    participant.post(f"/rooms/{room.id}/help")
    for visitor in (stranger, host, observer, outsider):
        assert visitor.delete(f"/rooms/{room.id}/help").status_code in (401, 403, 404)
    assert count(HelpCall) == 1


def test_what_is_said_to_all_is_read_in_all_rooms_and_stays(
    event, moderator, participant, room, hear
):
    ears = [hear(event, View.ROOM, source=each.channel) for each in room.round.rooms]
    hall, cockpit = hear(event), hear(event, View.COCKPIT)
    form = {"text": "Lunch is <b>ready</b>", "room": "", "key": "k"}
    moderator.post(f"/rounds/{room.round_id}/messages", form)
    for ear in ears:
        assert "Lunch is &lt;b&gt;ready&lt;/b&gt;" in ear.html
        assert 'action="notice"' not in ear.html
    assert "Lunch" in cockpit.html
    assert "Lunch" not in hall.html
    page = participant.get(f"/rooms/{room.id}").text
    assert "From the moderators to all rooms" in page
    late = come(event)[0]
    assert late.id
    assert "Lunch" in participant.get(f"/rooms/{room.id}").text


def test_what_is_said_to_one_room_is_read_there_alone(event, moderator, participant, room, hear):
    other = next(each for each in room.round.rooms if each.id != room.id)
    here, there = (hear(event, View.ROOM, source=each.channel) for each in (room, other))
    form = {"text": "Please speak up", "room": other.id, "key": "k"}
    moderator.post(f"/rounds/{room.round_id}/messages", form)
    assert "Please speak up" in there.html
    assert here.messages == []
    assert "Please speak up" not in participant.get(f"/rooms/{room.id}").text


def letters(app, event, *visitors):
    """What each of these people hears on any page of the event: how to read it."""
    ear = Ear.of(app, event, View.HALL, "en", None)
    channels = [Participant.channel_of(visitor.participant_id) for visitor in visitors]
    with app.app_context():
        for channel in channels:
            ear.publisher.join(Audience(channel, channel, View.PERSON, "en"))

    def read():
        said = ear.messages
        return ["".join(m["html"] for m in said if m["channel"] == each) for each in channels]

    return read


def test_each_hears_it_on_whatever_page_of_the_event_they_look_at(
    app, event, moderator, participant, host, room, join
):
    stranger = joined(join, room, "Stella Stranger", inside=False)
    read = letters(app, event, participant, stranger, host, moderator)
    url = f"/rounds/{room.round_id}/messages"
    moderator.post(url, {"text": "Please <b>speak</b> up", "room": room.id, "key": "k"})
    here, there, out, leads = read()
    assert here.count('action="notice"') == 1
    assert "Please &lt;b&gt;speak&lt;/b&gt; up" in here
    assert "speak" not in there + out + leads
    moderator.post(url, {"text": "Lunch is ready", "room": "", "key": "l"})
    here, there, out, leads = read()
    assert here.count("Lunch is ready") == there.count("Lunch is ready") == 1
    assert "Lunch" not in out + leads


def test_to_say_it_to_many_asks_as_often_as_to_say_it_to_few(
    app, event, moderator, room, statements
):
    ear, asked = Ear.of(app, event, View.HALL, "en", None), []
    for number in (1, 9):
        come(event, number)
        ear.listen()
        statements.clear()
        moderator.post(
            f"/rounds/{room.round_id}/messages",
            {"text": f"Hello {number}", "room": room.id, "key": f"k{number}"},
        )
        ear.listen()
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_sent_twice_it_is_said_once(moderator, room):
    form = {"text": "Once", "room": "", "key": "k"}
    for _time in range(2):
        assert moderator.post(f"/rounds/{room.round_id}/messages", form).status_code == 303
    assert count(RoomMessage) == 1


def test_what_was_said_to_all_is_not_said_to_one_by_the_same_key(moderator, room):
    url = f"/rounds/{room.round_id}/messages"
    assert moderator.post(url, {"text": "Once", "room": "", "key": "k"}).status_code == 303
    again = moderator.post(url, {"text": "Once", "room": room.id, "key": "k"})
    assert again.status_code == 409


def test_nonsense_is_not_said(event, moderator, room):
    other_round = start_again(event)
    url = f"/rounds/{room.round_id}/messages"
    for text, where, status in (
        ("", "", 422),
        ("x" * 501, "", 422),
        ("Hello", "x", 422),
        ("Hello", "99999", 404),
    ):
        answer = moderator.post(url, {"text": text, "room": where, "key": "k"})
        assert answer.status_code == status
    assert count(RoomMessage) == 0
    assert other_round.id != room.round_id


def start_again(event):
    """Another round of the event, which is not open."""
    from app.breakouts import queries
    from tests.breakouts.rounds import item

    return queries.round_of(item(event, "Round 3"))


def test_to_a_round_that_is_over_nothing_is_said(moderator, room):
    moderator.delete(f"/rounds/{room.round_id}/opening")
    form = {"text": "Hello", "room": "", "key": "k"}
    assert moderator.post(f"/rounds/{room.round_id}/messages", form).status_code == 409
