import pytest
from sqlalchemy import select

from app.database import transaction
from app.extensions import db
from app.livepolls import suggesting
from app.livepolls.board import queries
from app.livepolls.board.models import Suggestion
from app.livepolls.models import FlashPoll
from app.livepolls.suggesting import suggest, suggest_where_wanted
from app.realtime import View
from tests.factories import look_again
from tests.livepolls.polls import support, write

TEXTS = (
    "Childcare in the evening is missing for parents",
    "Parents need childcare in the evening",
    "We need childcare for parents in the evening hours",
    "Our budget for network meetings is too small",
    "The budget for network meetings is far too small",
    "Data protection",
)


@pytest.fixture
def concerns(poll, people):
    return [write(poll, people[n % 5], text) for n, text in enumerate(TEXTS)]


def suggestions():
    look_again()
    return db.session.scalars(select(Suggestion).order_by(Suggestion.id)).all()


def test_closing_a_poll_asks_for_suggestions_which_come_by_themselves(
    poll, concerns, moderator, hear
):
    moderator.post(f"/polls/{poll.id}/closure")
    assert poll.suggestions_wanted
    hall, cockpit = hear(poll.event), hear(poll.event, View.COCKPIT)
    suggest_where_wanted()
    look_again()
    assert not poll.suggestions_wanted
    groups = [set(s.concern_ids) for s in suggestions()]
    assert {c.id for c in concerns[:3]} in groups
    assert {c.id for c in concerns[3:5]} in groups
    assert all(concerns[5].id not in group for group in groups)
    assert suggestions()[0].title in cockpit.html
    assert hall.messages == []


def test_nothing_is_computed_where_nothing_is_wanted(poll, concerns, monkeypatch):
    monkeypatch.setattr(suggesting, "suggest", lambda _id: pytest.fail("not wanted"))
    suggest_where_wanted()


def test_a_moderator_asks_for_new_ones(poll, concerns, moderator):
    assert moderator.post(f"/polls/{poll.id}/suggestions").status_code == 303
    suggest_where_wanted()
    assert len(suggestions()) == 2
    moderator.post(f"/polls/{poll.id}/suggestions")
    suggest_where_wanted()
    assert len(suggestions()) == 2


def test_an_accepted_suggestion_is_an_aspect(poll, concerns, moderator):
    suggest(poll.id)
    first = suggestions()[0]
    title, members = first.title, set(first.concern_ids)
    assert moderator.post(f"/suggestions/{first.id}/acceptance").status_code == 303
    look_again()
    card = queries.board(poll).aspects[0]
    assert card.aspect.title == title
    assert {c.concern.id for c in card.cards} == members
    assert len(suggestions()) == 1


def test_a_dismissed_suggestion_is_gone_and_nothing_else_changes(poll, concerns, moderator):
    suggest(poll.id)
    id = suggestions()[0].id
    assert moderator.delete(f"/suggestions/{id}").status_code == 303
    assert len(suggestions()) == 1
    assert queries.board(poll).aspects == []
    assert moderator.delete(f"/suggestions/{id}").status_code == 404
    assert moderator.post(f"/suggestions/{id}/acceptance").status_code == 404


def test_all_are_accepted_with_one_tap(poll, concerns, moderator):
    suggest(poll.id)
    assert moderator.post(f"/polls/{poll.id}/suggestions/acceptance").status_code == 303
    look_again()
    assert len(queries.board(poll).aspects) == 2
    assert suggestions() == []


def test_what_moderators_have_sorted_stays_and_is_added_to(poll, concerns, moderator):
    moderator.post(f"/polls/{poll.id}/aspects", {"title": "Evenings", "concern": [concerns[0].id]})
    suggest(poll.id)
    look_again()
    evening = next(s for s in suggestions() if s.aspect_id is not None)
    assert evening.title == "Evenings"
    assert set(evening.concern_ids) == {concerns[1].id, concerns[2].id}
    moderator.post(f"/suggestions/{evening.id}/acceptance")
    look_again()
    assert {a.title: len(a.concerns) for a in poll.aspects} == {"Evenings": 3}


def test_what_was_sorted_meanwhile_is_not_torn_away(poll, concerns, moderator):
    suggest(poll.id)
    first = next(s for s in suggestions() if concerns[0].id in s.concern_ids)
    moderator.post(f"/polls/{poll.id}/aspects", {"title": "Mine", "concern": [concerns[0].id]})
    moderator.post(f"/suggestions/{first.id}/acceptance")
    look_again()
    assert concerns[0].aspect.title == "Mine"
    assert concerns[1].aspect_id == concerns[2].aspect_id != concerns[0].aspect_id


def test_hidden_and_withdrawn_concerns_are_suggested_nowhere(poll, concerns, people, moderator):
    moderator.post(f"/e/{poll.event.code}/hidden/concern/{concerns[0].id}")
    people[1].delete(f"/concerns/{concerns[1].id}")
    suggest(poll.id)
    members = {id for s in suggestions() for id in s.concern_ids}
    assert members.isdisjoint({concerns[0].id, concerns[1].id})


def test_what_is_hidden_later_leaves_the_suggestion(poll, concerns, moderator):
    suggest(poll.id)
    first = next(s for s in suggestions() if concerns[0].id in s.concern_ids)
    moderator.post(f"/e/{poll.event.code}/hidden/concern/{concerns[0].id}")
    look_again()
    card = next(c for c in queries.board(poll).suggestions if c.suggestion.id == first.id)
    assert concerns[0].id not in {c.concern.id for c in card.cards}
    moderator.post(f"/suggestions/{first.id}/acceptance")
    assert concerns[0].aspect_id is None, "nobody accepted what they could not see"


def test_voices_of_a_suggestion_are_distinct_people(poll, concerns, people):
    support(concerns[0], people[1], people[4])
    suggest(poll.id)
    card = next(
        c for c in queries.board(poll).suggestions if concerns[0].id in c.suggestion.concern_ids
    )
    assert card.voices == 4  # persons 0, 1, 2 wrote, 1 and 4 support


def test_an_empty_poll_gets_no_suggestions(poll):
    suggest(poll.id)
    assert suggestions() == []


def test_the_computing_holds_no_transaction(poll, concerns, monkeypatch):
    seen = []

    def group_aside(function, *args, **kwargs):
        seen.append(db.session.in_transaction())
        return function(*args, **kwargs)

    monkeypatch.setattr(suggesting, "run_apart", group_aside)
    suggest(poll.id)
    assert seen == [False]


def test_a_frozen_poll_takes_no_suggestion(poll, concerns, moderator):
    suggest(poll.id)
    moderator.post(f"/polls/{poll.id}/closure")
    moderator.post(f"/polls/{poll.id}/aspects", {"title": "Mine", "concern": [concerns[5].id]})
    moderator.post(f"/polls/{poll.id}/choice")
    first = suggestions()[0]
    assert moderator.post(f"/suggestions/{first.id}/acceptance").status_code == 409
    with transaction():
        assert db.session.get_one(FlashPoll, poll.id).is_frozen


def test_of_two_processes_that_compute_the_same_the_slower_one_changes_nothing(
    poll, concerns, moderator, monkeypatch
):
    """Else what a moderator has dismissed meanwhile would come back."""
    moderator.post(f"/polls/{poll.id}/suggestions")
    real = suggesting.run_apart

    def slow(*args, **kwargs):
        monkeypatch.setattr(suggesting, "run_apart", real)
        suggest_where_wanted()
        moderator.delete(f"/suggestions/{suggestions()[0].id}")
        return real(*args, **kwargs)

    monkeypatch.setattr(suggesting, "run_apart", slow)
    suggest_where_wanted()
    look_again()
    assert len(suggestions()) == 1
