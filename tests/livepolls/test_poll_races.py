"""What happens at the same moment, each with a browser or a device of its own."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.database import locked, transaction
from app.errors import Conflict
from app.events import actions as event_actions
from app.events.models import Event, Participant
from app.extensions import db
from app.livepolls import actions, queries
from app.livepolls.board.models import Suggestion
from app.livepolls.models import Aspect, Concern, ConcernSupport, FlashPoll
from tests.factories import item_of_kind, look_again
from tests.livepolls.polls import open_poll, write
from tests.together import failures, together

only_postgresql = pytest.mark.parametrize(
    "database", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)


def statuses(app, *requests):
    return together(app, *[lambda r=r: r().status_code for r in requests])


@only_postgresql
@pytest.mark.parametrize("attempt", range(3))
def test_no_concern_is_accepted_after_its_poll_is_closed(app, event, join, moderator, attempt):
    poll = open_poll(event, item_of_kind(event, "poll"))
    people, url = [join(event) for _ in range(8)], f"/polls/{poll.id}"
    random.Random(attempt).shuffle(people)
    close = lambda: moderator.post(f"{url}/closure")  # noqa: E731
    voice = [
        lambda p=p, n=n: p.post(f"{url}/concerns", {"text": f"Concern {n}", "key": "k"})
        for n, p in enumerate(people)
    ]
    answers = statuses(app, *voice[:4], close, *voice[4:])
    assert answers.pop(4) == 303
    assert set(answers) <= {303, 409}
    stored = db.session.scalars(select(Concern)).all()
    assert len(stored) == answers.count(303)
    assert not poll.is_open


@only_postgresql
def test_a_submission_that_holds_the_poll_makes_closing_wait_for_it(app, event, participant):
    """The order of the locks, without luck: the poll is closed after what it has taken."""
    import threading

    poll = open_poll(event, item_of_kind(event, "poll"))
    poll_id, person_id = poll.id, participant.participant_id
    holding, may_go, order = threading.Event(), threading.Event(), []

    def voice():
        with transaction() as session:
            held = locked(FlashPoll, poll_id, shared=True)
            holding.set()
            may_go.wait(10)
            person = session.get_one(Participant, person_id)
            actions.write_concern(held, person, "In time", "k")
            order.append("written")

    def close():
        holding.wait(10)
        with transaction():
            threading.Timer(0.2, may_go.set).start()
            actions.close_poll(locked(FlashPoll, poll_id))
            order.append("closed")

    def come_late():
        may_go.wait(10)
        while "closed" not in order:
            db.session.rollback()
        with transaction() as session:
            held = locked(FlashPoll, poll_id, shared=True)
            actions.write_concern(held, session.get_one(Participant, person_id), "Late", "k2")

    results = together(app, voice, close, come_late)
    assert order == ["written", "closed"]
    assert [type(error) for error in failures(results)] == [Conflict]
    assert [c.text for c in db.session.scalars(select(Concern))] == ["In time"]


@only_postgresql
def test_going_on_to_the_next_step_closes_as_surely(app, event, join):
    poll = open_poll(event, item_of_kind(event, "poll"))
    poll_id, event_id, welcome_id = poll.id, event.id, event.items[0].id
    ids = [join(event).participant_id for _ in range(6)]

    def voice(person_id):
        with transaction() as session:
            held = locked(FlashPoll, poll_id, shared=True)
            person = session.get_one(Participant, person_id)
            actions.write_concern(held, person, f"By {person_id}", "k")

    def go_on():
        from app.events.models import AgendaItem

        with transaction() as session:
            event_actions.start_step(
                session.get_one(Event, event_id), session.get_one(AgendaItem, welcome_id)
            )

    results = together(
        app,
        *[lambda i=i: voice(i) for i in ids[:3]],
        go_on,
        *[lambda i=i: voice(i) for i in ids[3:]],
    )
    assert all(isinstance(error, Conflict) for error in failures(results))
    look_again()
    assert not db.session.get_one(FlashPoll, poll_id).is_open
    accepted = results.count(None) - 1
    assert db.session.scalar(select(func.count(Concern.id))) == accepted


def test_the_same_support_twice_at_once_is_counted_once(app, poll, participant, join, announced):
    from app.livepolls.facts import ConcernSupported

    concern = write(poll, participant, "Childcare")
    other, url = join(poll.event), f"/concerns/{concern.id}/support"
    devices = [other.browser, *[second_device(app, other) for _ in range(3)]]
    assert statuses(app, *[lambda d=d: d.post(url) for d in devices]) == [303] * 4
    assert db.session.scalar(select(func.count()).select_from(ConcernSupport)) == 1
    facts = [f for f in announced(poll.event.channel) if isinstance(f, ConcernSupported)]
    assert len(facts) == 1


def second_device(app, visitor):
    """Another browser of the same person."""
    device = app.test_client()
    device.become(visitor.person)
    return device


def test_everybodys_support_at_once_is_counted(app, poll, participant, people):
    concern = write(poll, participant, "Childcare")
    url = f"/concerns/{concern.id}/support"
    assert statuses(app, *[lambda p=p: p.post(url) for p in people]) == [303] * len(people)
    look_again()
    assert queries.cards(Concern.id == concern.id)[0].supports == len(people)


def test_the_same_submission_twice_at_once_is_one_concern(app, poll, participant):
    url, form = f"/polls/{poll.id}/concerns", {"text": "Childcare", "key": "k"}
    devices = [participant.browser, *[second_device(app, participant) for _ in range(3)]]
    assert statuses(app, *[lambda d=d: d.post(url, data=form) for d in devices]) == [303] * 4
    assert db.session.scalar(select(func.count(Concern.id))) == 1


def test_two_devices_of_one_person_do_not_exceed_the_limit(app, poll, participant):
    for number in range(poll.most_per_person - 1):
        write(poll, participant, f"Concern {number}")
    url = f"/polls/{poll.id}/concerns"
    devices = [participant.browser, *[second_device(app, participant) for _ in range(3)]]
    answers = statuses(
        app,
        *[lambda d=d, n=n: d.post(url, data={"text": f"Last {n}"}) for n, d in enumerate(devices)],
    )
    assert sorted(answers) == [303, 409, 409, 409]
    assert db.session.scalar(select(func.count(Concern.id))) == poll.most_per_person


def test_withdrawing_while_somebody_supports_loses_nobodys_voice(app, poll, participant, join):
    for _ in range(4):
        concern = write(poll, participant, "Childcare")
        other, id = join(poll.event), concern.id
        withdrawn, supported = statuses(
            app,
            lambda i=id: participant.delete(f"/concerns/{i}"),
            lambda o=other, i=id: o.post(f"/concerns/{i}/support"),
        )
        assert withdrawn == 303
        look_again()
        if supported == 303:
            assert concern.withdrawn_at is None
            assert concern.participant_id is None
        else:
            assert supported == 404
            assert concern.withdrawn_at is not None


def test_two_moderators_accept_one_suggestion_once(app, poll, people, moderator):
    concerns = [write(poll, person, "Childcare in the evening") for person in people]
    with transaction() as session:
        suggestion = Suggestion(
            poll_id=poll.id, title="Evenings", certainty=1.0, concern_ids=[c.id for c in concerns]
        )
        session.add(suggestion)
    url = f"/suggestions/{suggestion.id}/acceptance"
    devices = [moderator.browser, second_device(app, moderator)]
    answers = statuses(app, *[lambda d=d: d.post(url) for d in devices])
    assert sorted(answers) == [303, 404]
    assert len(db.session.scalars(select(Aspect)).all()) == 1


def test_one_moderator_dissolves_what_another_renames(app, poll, people, moderator):
    concern = write(poll, people[0], "Childcare")
    with transaction():
        aspect_id = actions.create_aspect(poll, "Evenings", [concern.id]).id
    other = second_device(app, moderator)
    answers = statuses(
        app,
        lambda: moderator.delete(f"/aspects/{aspect_id}"),
        lambda: other.post(f"/aspects/{aspect_id}/title", data={"title": "Nights"}),
    )
    assert answers[0] == 303
    assert answers[1] in (303, 404)
    assert db.session.scalars(select(Aspect)).all() == []


def test_choosing_while_somebody_sorts_leaves_one_of_the_two_states(app, poll, people, moderator):
    concerns = [write(poll, person, f"Concern {n}") for n, person in enumerate(people)]
    with transaction():
        actions.create_aspect(poll, "One", [concerns[0].id])
        actions.close_poll(poll)
    other, moved = second_device(app, moderator), concerns[1].id
    answers = statuses(
        app,
        lambda: moderator.post(f"/polls/{poll.id}/choice"),
        lambda: other.post(f"/polls/{poll.id}/aspects", data={"title": "Two", "concern": moved}),
    )
    assert answers[0] == 303
    look_again()
    chosen = {a.title for a in poll.aspects if a.chosen}
    assert chosen == ({"One", "Two"} if answers[1] == 303 else {"One"})


deeds = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(0, 3), st.integers(0, 2)),
        st.tuples(st.just("support"), st.integers(0, 3), st.integers(0, 3)),
    ),
    max_size=12,
)


def outcome(event, poll_id):
    """Who voiced what, and who supports whom, without ids and times."""
    look_again()
    names = {
        p.id: p.name
        for p in db.session.scalars(select(Participant).where(Participant.event_id == event.id))
    }
    concerns = {
        c.id: (names[c.participant_id], c.text)
        for c in db.session.scalars(select(Concern).where(Concern.poll_id == poll_id))
    }
    supports = {
        (concerns[s.concern_id], names[s.participant_id])
        for s in db.session.scalars(select(ConcernSupport))
        if s.concern_id in concerns
    }
    return set(concerns.values()), supports, len(concerns)


@settings(max_examples=12)
@given(deeds, st.randoms(use_true_random=False))
def test_any_order_of_the_same_submissions_gives_the_same_result(app, given_deeds, chance):
    """Everything is sent in some order, some of it twice, as bad networks do."""
    shuffled = [*given_deeds, *chance.sample(given_deeds, len(given_deeds) // 2)]
    chance.shuffle(shuffled)
    results = []
    for order in (given_deeds, shuffled):
        with transaction():
            event = event_actions.create_event("Order", items=[{"kind": "poll", "title": "Poll"}])
            ids = [event_actions.join(event, name=f"P{n}").id for n in range(4)]
        poll = open_poll(event, event.items[0])
        first = [write_as(poll.id, id, "Base", "base") for id in ids]
        for deed, person, what in order:
            if deed == "write":
                write_as(poll.id, ids[person], f"Text {what}", f"key {what}")
            elif person != what:
                support_as(first[what], ids[person])
        results.append(outcome(event, poll.id))
    assert results[0] == results[1]


def write_as(poll_id, person_id, text, key):
    with transaction() as session:
        held = locked(FlashPoll, poll_id, shared=True)
        concern, _ = actions.write_concern(held, session.get_one(Participant, person_id), text, key)
        return concern.id


def support_as(concern_id, person_id):
    with transaction() as session:
        concern = session.get_one(Concern, concern_id)
        actions.support(concern, session.get_one(Participant, person_id), True)


@settings(max_examples=6)
@given(deeds)
def test_all_at_once_gives_the_same_result_as_one_after_the_other(app, given_deeds):
    results = []
    for run in (one_after_the_other, together):
        with transaction():
            event = event_actions.create_event("Once", items=[{"kind": "poll", "title": "Poll"}])
            ids = [event_actions.join(event, name=f"P{n}").id for n in range(4)]
        poll_id = open_poll(event, event.items[0]).id
        first = [write_as(poll_id, id, "Base", "base") for id in ids]
        things = [deed_of(deed, poll_id, ids, first) for deed in given_deeds]
        if things:
            assert failures(run(app, *[t for t in things])) == []
        results.append(outcome(event, poll_id))
    assert results[0] == results[1]


def one_after_the_other(_app, *things):
    return [thing() for thing in things]


def deed_of(deed, poll_id, ids, first):
    kind, person, what = deed
    if kind == "write":
        return lambda: write_as(poll_id, ids[person], f"Text {what}", f"key {what}")
    if person == what:
        return lambda: None
    return lambda: support_as(first[what], ids[person])
