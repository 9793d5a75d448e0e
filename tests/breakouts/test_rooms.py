"""In a room: who is here, what is written, and who may see and write it."""

import pytest
from sqlalchemy import func, select

from app.breakouts.models import Contribution
from app.breakouts.timekeeping import keep_time
from app.database import transaction
from app.errors import NeedsSignIn, NotFound, Refused
from app.events import actions as event_actions
from app.extensions import db
from app.realtime import View


def write(visitor, room, text="It works like this.", kind="experience", key="k1", **options):
    form = {"kind": kind, "text": text, "key": key}
    return visitor.post(f"/rooms/{room.id}/contributions", form, **options)


def written(text="It works like this."):
    return db.session.scalar(select(Contribution).where(Contribution.text == text))


def count():
    return db.session.scalar(select(func.count()).select_from(Contribution))


def test_the_room_leads_by_the_hand(participant, room):
    page = participant.get(f"/rooms/{room.id}").text
    for words in (f"You are in room {room.number}", room.title, "with 1 other", "<count-down"):
        assert words in page
    assert "Paula Participant" in page
    assert f'data-channel="room:{room.id}"' in page


@pytest.mark.parametrize("kind", ["experience", "concern", "impulse"])
def test_what_is_written_is_heard_in_the_room_and_counted_in_the_cockpit(
    event, participant, room, hear, kind
):
    inside = hear(event, View.ROOM, source=room.channel)
    cockpit, hall, screen = (hear(event, v) for v in (View.COCKPIT, View.HALL, View.SCREEN))
    answer = write(participant, room, kind=kind, live=True)
    assert answer.status_code == 200
    assert "It works like this." in answer.text
    assert f"contribution--{kind}" in inside.html
    assert "It works like this." in inside.html
    assert "1 contribution" in cockpit.html
    for ear in (hall, screen):
        assert "It works like this." not in ear.html
    assert "csrf_token" not in inside.html


def test_another_room_hears_nothing(event, participant, room, hear):
    other = next(each for each in room.round.rooms if each.id != room.id)
    ear = hear(event, View.ROOM, source=other.channel)
    write(participant, room)
    assert ear.messages == []


def test_sent_twice_it_is_written_once(participant, room):
    for _time in range(2):
        assert write(participant, room).status_code == 303
    assert count() == 1
    assert write(participant, room, text="Another text").status_code == 409


def test_without_a_script_the_answer_leads_back_to_the_room(participant, room):
    assert write(participant, room).location == f"/rooms/{room.id}"


@pytest.mark.parametrize(
    ("text", "kind"), [("", "concern"), ("   ", "concern"), ("x" * 1001, "concern"), ("x", "joke")]
)
def test_nonsense_is_refused_and_kept(participant, room, text, kind):
    answer = write(participant, room, text=text, kind=kind)
    assert answer.status_code == 422
    assert count() == 0
    assert len(text) < 3 or text in answer.text


def test_people_of_another_room_neither_see_nor_write(stranger, room):
    assert stranger.get(f"/rooms/{room.id}").status_code == 302
    assert write(stranger, room).status_code == 404
    with pytest.raises(NotFound):
        stranger.audience(room.channel)
    assert count() == 0


@pytest.mark.parametrize("who", ["moderator", "host"])
def test_who_leads_visits_and_hears_but_does_not_write(who, room, request):
    visitor = request.getfixturevalue(who)
    page = visitor.get(f"/rooms/{room.id}").text
    assert f"You are visiting room {room.number}" in page
    assert visitor.audience(room.channel).view is View.ROOM
    assert write(visitor, room).status_code == 403
    overview = visitor.get(f"/rounds/{room.round_id}/room").text
    assert f'href="/rooms/{room.id}"' in overview


def test_an_observer_stays_outside(observer, room):
    assert observer.get(f"/rooms/{room.id}").status_code == 403
    overview = observer.get(f"/rounds/{room.round_id}/room").text
    assert room.title in overview
    assert f'href="/rooms/{room.id}"' not in overview
    with pytest.raises(Refused):
        observer.audience(room.channel)


def test_outsiders_hear_and_write_nothing(outsider, browser, room):
    assert write(outsider, room).status_code == 401
    with pytest.raises((NotFound, NeedsSignIn)):
        outsider.audience(room.channel)
    assert browser().get(f"/rooms/{room.id}").status_code == 401


def test_no_channel_that_does_not_exist(participant, room):
    for name in ("room:0", "room:x", "room:", "room:99999", "room:" + "9" * 40):
        with pytest.raises(NotFound):
            participant.audience(name)


def test_own_contributions_are_edited_and_withdrawn(event, participant, room, hear):
    write(participant, room)
    own = written()
    ear = hear(event, View.ROOM, source=room.channel)
    page = participant.get(f"/contributions/{own.id}/edit").text
    assert "It works like this." in page
    answer = participant.post(f"/contributions/{own.id}", {"text": "Better said."})
    assert answer.location == f"/rooms/{room.id}"
    assert "Better said." in ear.html
    assert "edited" in ear.html
    for _time in range(2):
        participant.delete(f"/contributions/{own.id}")
    assert f'action="remove" target="contribution-{own.id}"' in ear.html
    assert "Better said." not in participant.get(f"/rooms/{room.id}").text


def test_a_withdrawn_contribution_is_offered_and_shown_no_longer(
    event, participant, moderator, room, hear
):
    remote = hear(event, View.REMOTE)
    write(participant, room)
    own = written()
    assert "It works like this." in remote.html
    participant.delete(f"/contributions/{own.id}")
    assert "It works like this." not in remote.messages[-1]["html"]
    url = f"/e/{event.code}/highlight/contribution/{own.id}"
    assert moderator.post(url, {"shown": "1"}).status_code == 404
    assert event.highlight_kind is None


def test_a_change_that_is_too_long_is_kept_in_the_field(participant, room):
    write(participant, room)
    answer = participant.post(f"/contributions/{written().id}", {"text": "y" * 1001})
    assert answer.status_code == 422
    assert "y" * 1001 in answer.text


def test_others_do_not_change_what_is_not_theirs(participant, host, stranger, room):
    write(participant, room)
    own = written()
    for visitor in (host, stranger):
        assert visitor.post(f"/contributions/{own.id}", {"text": "Mine"}).status_code == 403
        assert visitor.delete(f"/contributions/{own.id}").status_code == 403
        assert visitor.get(f"/contributions/{own.id}/edit").status_code == 403
    assert written() is not None


def test_my_own_devices_know_what_is_mine(participant, room, hear):
    own = hear(participant)
    write(participant, room)
    mark = f"contribution-{written().id}"
    assert mark in own.html
    assert mark in participant.get(f"/rooms/{room.id}").text.split("my-marks")[1]


def test_hidden_it_leaves_the_room_and_comes_back(event, participant, moderator, room, hear):
    write(participant, room)
    id = written().id
    ear = hear(event, View.ROOM, source=room.channel)
    moderator.post(f"/e/{event.code}/hidden/contribution/{id}")
    assert f'action="remove" target="contribution-{id}"' in ear.html
    assert "It works like this." not in participant.get(f"/rooms/{room.id}").text
    moderator.delete(f"/e/{event.code}/hidden/contribution/{id}")
    assert "It works like this." in ear.html


def test_on_the_screen_it_stands_without_a_name(event, participant, moderator, room):
    write(participant, room)
    moderator.post(f"/e/{event.code}/highlight/contribution/{written().id}")
    screen = moderator.get(f"/e/{event.code}/screen").text
    assert "It works like this." in screen
    assert "Paula Participant" not in screen


def test_what_was_begun_before_the_end_still_comes_in_for_a_while(event, participant, room, later):
    later(minutes=16)
    keep_time()
    assert room.round.is_over
    late = write(participant, room, text="Just finished typing.")
    assert late.location == f"/rooms/{room.id}/report"
    assert 'name="kind"' in participant.get(late.location).text
    later(minutes=11)
    answer = write(participant, room, text="Much too late.", key="k2")
    assert answer.status_code == 409
    assert "Much too late." in answer.text
    assert 'name="kind"' not in participant.get(late.location).text


def test_a_retry_after_the_end_is_still_the_same_contribution(participant, room, later):
    write(participant, room)
    later(minutes=60)
    keep_time()
    later(minutes=60)
    assert write(participant, room).status_code == 303
    assert count() == 1


def test_in_a_topic_room_lie_its_proposals(participant, room, event):
    with transaction():
        event_actions.add_item(event, "proposals", "Solutions")
    assert f'id="proposals-{room.aspect_id}"' in participant.get(f"/rooms/{room.id}").text
