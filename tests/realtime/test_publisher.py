import contextvars
import logging
from collections import Counter

import pytest
from sqlalchemy import delete

from app import outbox
from app.database import now, transaction
from app.events.facts import EventChanged, HighlightChanged, ParticipantChanged
from app.extensions import db
from app.livepolls import actions as poll_actions
from app.livepolls import broadcasts as poll_broadcasts
from app.livepolls.models import Concern
from app.outbox import announce
from app.realtime import ACCESS, Audience, Publisher, Stream, View, drawing
from app.realtime import partials as partials_module
from tests.ears import KeepingSocket
from tests.factories import item_of_kind
from tests.livepolls.polls import open_poll, support, write


@pytest.fixture
def poll(event):
    return open_poll(event, item_of_kind(event, "poll"))


@pytest.fixture
def people(event, join):
    """Five people with browsers."""
    return [join(event) for _ in range(5)]


@pytest.fixture
def crowd(app, poll, participant):
    """Twenty people without browsers."""
    from app.events import actions as event_actions

    people = []
    for number in range(20):
        with transaction():
            people.append(event_actions.join(poll.event, name=f"Guest {number}"))
    return people


def test_a_hundred_supports_within_a_tick_are_one_message_to_each_audience(
    poll, participant, crowd, hear
):
    concerns = [write(poll, participant, f"Concern {n}") for n in range(5)]
    hall, cockpit = hear(poll.event), hear(poll.event, View.COCKPIT)
    for concern in concerns:
        for person in crowd:
            with transaction():
                poll_actions.support(db.session.get_one(Concern, concern.id), person, True)
    assert len(hall.facts) == 100
    assert len(hall.messages) == len(cockpit.messages) == 1
    for concern in concerns:
        assert hall.html.count(f'id="concern-{concern.id}"') == 1


def test_each_partial_is_loaded_once_and_drawn_once_for_each_audience(
    app, poll, participant, crowd, monkeypatch
):
    concern = write(poll, participant, "Childcare")
    loaded, drawn = Counter(), Counter()
    real_stream = partials_module.Partial.stream

    def counting(self, id, context, view, version):
        drawn[self.template, view, id] += 1
        return real_stream(self, id, context, view, version)

    monkeypatch.setattr(partials_module.Partial, "stream", counting)
    original = poll_broadcasts.concern.load
    object.__setattr__(
        poll_broadcasts.concern,
        "load",
        lambda ids: (loaded.update({"concern": 1}), original(ids))[1],
    )
    try:
        audiences = [
            Audience(f"event:{poll.event.code}", poll.event.channel, View.HALL, language)
            for language in ("de", "en")
        ]
        publisher = Publisher(app, KeepingSocket())
        for audience in audiences:
            publisher.join(audience)
        for person in crowd:
            with transaction():
                poll_actions.support(db.session.get_one(Concern, concern.id), person, True)
        contextvars.Context().run(publisher.tick)
    finally:
        object.__setattr__(poll_broadcasts.concern, "load", original)
    assert loaded["concern"] == 1
    assert drawn["livepolls/_concern.html", View.HALL, concern.id] == 2
    assert len(publisher.socketio.sent) == 2


def test_a_tick_asks_the_database_as_often_for_many_changes_as_for_one(
    poll, participant, people, hear, statements
):
    """No query in a loop: a full hall would wait for it four times a second."""
    asked = []
    for number in (1, 10):
        ears = [hear(poll.event, view) for view in (View.HALL, View.COCKPIT)]
        for n in range(number):
            write(poll, people[n % len(people)], f"Concern {number} {n}")
        for ear in ears:
            statements.clear()
            ear.listen()
            asked.append(len(statements))
            assert f"Concern {number} 0" in ear.html
    assert asked[:2] == asked[2:]


def test_each_language_gets_its_own_words(app, event, hear):
    german, english = hear(event, View.COCKPIT, "de"), hear(event, View.COCKPIT, "en")
    with transaction():
        announce(EventChanged(event.id), event.channel)
    assert german.audience.key != english.audience.key
    assert len(german.messages) == len(english.messages) == 1
    assert german.html != english.html


def test_revisions_rise_by_one_and_versions_with_the_channel(poll, participant, join, hear):
    hall = hear(poll.event)
    concern = write(poll, participant, "Childcare")
    first = hall.messages
    support(concern, join(poll.event))
    second = hall.messages
    assert [m["revision"] for m in second] == [1, 2]
    assert first[0]["position"] < second[1]["position"] == outbox.position(poll.event.channel)
    for message in second:
        assert f'data-version="{message["position"]}"' in message["html"]
        assert message["channel"] == f"event:{poll.event.code}"


def test_who_joins_later_starts_where_the_channel_stands(app, poll, participant):
    publisher = Publisher(app, KeepingSocket())
    audience = Audience("event:x", poll.event.channel, View.HALL, "en")
    at = outbox.position(poll.event.channel)
    progress = publisher.join(audience)
    assert (progress.revision, progress.position) == (0, at)
    write(poll, participant, "Childcare")
    contextvars.Context().run(publisher.tick)
    assert publisher.join(audience) is progress
    assert progress.revision == 1


def test_nothing_new_is_no_message(event, hear):
    hall = hear(event)
    hall.listen()
    assert hall.messages == []


def test_what_concerns_others_is_no_message(poll, participant, hear):
    """The hall is not told that somebody's own list has changed, nor that a board was sorted."""
    concerns = [write(poll, participant, f"Concern {n}") for n in range(2)]
    hall = hear(poll.event)
    with transaction():
        poll_actions.create_aspect(poll, "Families", [c.id for c in concerns])
    assert hall.facts
    assert hall.messages == []


def test_a_tick_that_fails_asks_pages_to_fetch_anew_and_the_next_one_works(
    app, event, hear, monkeypatch
):
    hall = hear(event, View.SCREEN)
    with monkeypatch.context() as broken:
        broken.setattr("app.realtime.publisher.changes_of", lambda _facts: 1 / 0)
        with transaction():
            announce(HighlightChanged(event.id), event.channel)
        with pytest.raises(ZeroDivisionError):
            hall.listen()
    assert [(name, m) for name, m, _ in hall.socket.sent] == [
        ("resync", {"channel": hall.audience.channel})
    ]
    with transaction():
        announce(HighlightChanged(event.id), event.channel)
    assert len(hall.messages) == 1


def test_the_loop_survives_a_failing_tick(app, caplog, monkeypatch):
    class Enough(Exception):
        pass

    class Impatient(KeepingSocket):
        naps = 0

        def sleep(self, _seconds):
            self.naps += 1
            if self.naps == 3:
                raise Enough

    publisher = Publisher(app, Impatient())
    publisher.wake()
    monkeypatch.setattr("app.realtime.publisher.LOOK", 0)
    monkeypatch.setattr(publisher, "tick", lambda: 1 / 0)
    with caplog.at_level(logging.ERROR), pytest.raises(Enough):
        publisher.run()
    assert caplog.text.count("a tick failed") == 3


def test_the_pulse_tells_everybody_how_far_they_should_be(poll, participant, hear):
    hall = hear(poll.event)
    write(poll, participant, "Childcare")
    revision = hall.messages[-1]["revision"]
    hall.publisher.pulse()
    name, message, to = hall.socket.sent[-1]
    assert (name, to) == ("pulse", hall.audience.key)
    position = outbox.position(poll.event.channel)
    assert message["channels"] == {
        hall.audience.channel: {"revision": revision, "position": position}
    }
    assert message["now"] > 1_600_000_000_000


def test_a_change_of_a_person_closes_their_connections_and_nobody_elses(
    event, participant, join, hear
):
    mine, theirs, hall = hear(participant), hear(join(event)), hear(event)
    person = participant.person
    with transaction():
        announce(ParticipantChanged(event.id, person.id), event.channel, person.channel)
    assert mine.is_closed
    assert not theirs.is_closed
    assert not hall.is_closed


def test_who_has_gone_is_forgotten_and_begins_anew(app, poll, participant):
    publisher = Publisher(app, KeepingSocket())
    audience = Audience("event:x", poll.event.channel, View.HALL, "en")
    publisher.join(audience)
    with pytest.MonkeyPatch.context() as gone:
        gone.setattr(publisher.socketio.manager, "get", lambda _key, _default=None: {})
        write(poll, participant, "Childcare")
        contextvars.Context().run(publisher.tick)
        assert publisher.socketio.sent == []
        assert publisher.join(audience).position == outbox.position(poll.event.channel)
        publisher.pulse()
        assert set(publisher.sources) == {ACCESS}


def test_a_whisper_goes_to_those_who_hear_the_channel_and_looks_at_nobody_else(app, monkeypatch):
    publisher = Publisher(app, KeepingSocket())
    cockpit = Audience("cockpit:x", "event:1", View.COCKPIT, "en")
    hall = Audience("event:x", "event:1", View.HALL, "en")
    notes = [Audience("notes:1", "notes:1", View.ROOM, language) for language in ("en", "de")]
    for audience in (cockpit, hall, *notes, Audience("notes:2", "notes:2", View.ROOM, "en")):
        publisher.join(audience)
    monkeypatch.delattr(Publisher, "_everybody")
    for channel in ("notes:1", "cockpit:x", "notes:3"):
        publisher.whisper(channel, "here", {})
    keys = [to for _name, _message, to in publisher.socketio.sent]
    assert keys == [each.key for each in (*notes, cockpit)]


def test_a_channel_that_nobody_hears_any_more_is_forgotten(app):
    publisher = Publisher(app, KeepingSocket())
    audience = Audience("notes:1", "notes:1", View.ROOM, "en")
    publisher.join(audience)
    with pytest.MonkeyPatch.context() as gone:
        gone.setattr(publisher.socketio.manager, "get", lambda _key, _default=None: {})
        publisher.pulse()
    publisher.whisper("notes:1", "here", {})
    assert publisher.socketio.sent == []
    publisher.join(audience)
    publisher.whisper("notes:1", "here", {})
    assert [name for name, _message, _to in publisher.socketio.sent] == ["here"]


def test_what_many_do_to_the_same_is_looked_at_once(app, poll, participant, hear):
    hall = hear(poll.event)
    concern = write(poll, participant, "Childcare")
    told = [
        outbox.Entry("a", at, kind, {"poll_id": poll.id, "concern_id": concern.id}, now())
        for at, kind in enumerate(["ConcernSupported", "ConcernWritten", "ConcernSupported"])
    ]
    assert [type(fact).__name__ for fact in outbox.facts_of(told)] == [
        "ConcernWritten",
        "ConcernSupported",
    ]
    assert hall.html.count(f'id="concern-{concern.id}"') == 1


def test_a_broadcast_holds_no_token_and_no_person(poll, participant, moderator, hear, app):
    app.config["WTF_CSRF_ENABLED"] = True
    hall = hear(poll.event)
    cockpit = hear(poll.event, View.COCKPIT)
    concern = write(poll, participant, "Childcare")
    with transaction():
        poll_actions.close_poll(poll)
    assert f'id="concern-{concern.id}"' in hall.html
    for html in (hall.html, cockpit.html):
        assert "csrf_token" not in html
    assert participant.person.name not in hall.html


def test_pages_can_be_told_what_to_do(event, hear, monkeypatch):
    monkeypatch.setattr(
        partials_module,
        "_redrawers",
        {
            EventChanged: [
                lambda _fact: [
                    Stream(
                        "visit",
                        views=frozenset({View.HALL}),
                        attributes=(("href", "/else?a=1&b=2"),),
                    )
                ]
            ]
        },
    )
    hall, cockpit = hear(event), hear(event, View.COCKPIT)
    with transaction():
        announce(EventChanged(event.id), event.channel)
    assert hall.html == (
        '<turbo-stream action="visit" href="/else?a=1&amp;b=2"><template></template></turbo-stream>'
    )
    assert cockpit.messages == []


def test_who_joins_in_the_middle_of_a_tick_disturbs_nobody(event, hear, monkeypatch):
    """On PostgreSQL a tick waits for its queries, and others go on meanwhile."""
    cockpit = hear(event, View.COCKPIT)
    publisher = cockpit.publisher
    projector = Audience("screen:x", event.channel, View.SCREEN, "de")
    real = drawing.load

    def load(told):
        publisher.join(projector)
        return real(told)

    monkeypatch.setattr(drawing, "load", load)
    with transaction():
        announce(HighlightChanged(event.id), event.channel)
    assert len(cockpit.messages) == 1
    assert "resync" not in [name for name, _, _ in cockpit.socket.sent]
    assert publisher.join(projector).position == outbox.position(event.channel)


def test_who_joins_where_others_listen_hears_all_that_they_have_not_been_told(event, hear):
    """A page that is as new as what was published misses nothing, and fetches nothing anew."""
    hall = hear(event)
    before = hall.from_position
    with transaction():
        announce(EventChanged(event.id), event.channel)
    projector = Audience("screen:x", event.channel, View.SCREEN, "en")
    progress = hall.publisher.join(projector)
    assert progress.position == before
    hall.listen()
    assert (progress.revision, progress.position) == (1, before + 1)


def test_after_a_tick_that_failed_pages_are_told_how_far_they_should_be(event, hear, monkeypatch):
    hall = hear(event, View.SCREEN)
    with monkeypatch.context() as broken:
        broken.setattr("app.realtime.publisher.changes_of", lambda _facts: 1 / 0)
        with transaction():
            announce(HighlightChanged(event.id), event.channel)
        with pytest.raises(ZeroDivisionError):
            hall.listen()
    assert hall.publisher.join(hall.audience).position == outbox.position(event.channel)


def test_facts_that_are_no_longer_kept_are_made_up_for_by_fetching_anew(event, hear):
    hall = hear(event, View.SCREEN)
    with transaction():
        announce(HighlightChanged(event.id), event.channel)
    with transaction() as session:
        session.execute(delete(outbox.OutboxEntry))
    hall.listen()
    assert [name for name, _, _ in hall.socket.sent] == ["resync"]
