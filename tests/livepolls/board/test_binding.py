"""What moderators confirm or separate is binding for later suggestions."""

import pytest

from app.livepolls.suggesting import suggest
from tests.livepolls.board.boards import Table
from tests.livepolls.polls import write

TEXTS = (
    "Childcare in the evening is missing for parents",
    "Parents need childcare in the evening",
    "We need childcare for parents in the evening hours",
    "Our budget for network meetings is too small",
    "The budget for network meetings is far too small",
)


@pytest.fixture
def concerns(poll, people):
    """Three about childcare, two about the budget."""
    return [write(poll, person, text) for person, text in zip(people, TEXTS, strict=True)]


@pytest.fixture
def table(poll, concerns, moderator):
    return Table(poll.id, moderator)


def offered(table):
    """What is suggested now: the title of an aspect or nothing, with the members' ids."""
    suggest(table.poll_id)
    return [
        (card.suggestion.aspect_id and card.suggestion.title, {c.concern.id for c in card.cards})
        for card in table.board.suggestions
    ]


def test_first_the_two_topics_are_found(table, concerns):
    ids = [concern.id for concern in concerns]
    assert (None, set(ids[:3])) in offered(table)
    assert (None, set(ids[3:])) in offered(table)


def test_what_was_taken_out_of_an_aspect_is_not_offered_to_it_again(table, concerns):
    table.gather("Evenings", *concerns[:3])
    table.move(concerns[0], None)
    assert not any(concerns[0].id in ids for title, ids in offered(table) if title)


def test_what_was_never_taken_out_is_offered(table, concerns):
    table.gather("Evenings", *concerns[:2])
    assert ("Evenings", {concerns[2].id}) in offered(table)


def test_who_puts_it_back_has_changed_their_mind(table, concerns):
    evening = table.gather("Evenings", *concerns[:3])
    table.move(concerns[0], None)
    table.move(concerns[0], evening)
    table.send("DELETE", f"/aspects/{evening.id}")
    assert (None, {c.id for c in concerns[:3]}) in offered(table)


def test_who_undoes_taking_it_out_has_separated_nothing(table, concerns):
    evening = table.gather("Evenings", *concerns[:3])
    table.move(concerns[0], None)
    table.undo()
    table.send("DELETE", f"/aspects/{evening.id}")
    assert (None, {c.id for c in concerns[:3]}) in offered(table)


def test_members_left_out_of_a_suggestion_stay_out(table, concerns):
    suggest(table.poll_id)
    card = next(c for c in table.board.suggestions if len(c.cards) == 3)
    id, members = card.suggestion.id, [c.concern.id for c in card.cards]
    kept, left_out = members[:2], members[2]
    form = {f"shown-{id}": members, f"member-{id}": kept}
    assert table.send("POST", f"/suggestions/{id}/acceptance", **form).status_code == 303
    (aspect,) = [c for c in table.board.aspects]
    assert {c.concern.id for c in aspect.cards} == set(kept)
    assert not any(left_out in ids for title, ids in offered(table) if title)


def test_of_a_suggestion_at_least_one_member_is_kept(table, concerns):
    suggest(table.poll_id)
    card = table.board.suggestions[0]
    id, members = card.suggestion.id, [c.concern.id for c in card.cards]
    answer = table.send("POST", f"/suggestions/{id}/acceptance", **{f"shown-{id}": members})
    assert answer.status_code == 409
    assert table.aspects == {}


def test_a_dismissed_group_does_not_come_again(table, concerns):
    suggest(table.poll_id)
    card = next(c for c in table.board.suggestions if len(c.cards) == 2)
    table.send("DELETE", f"/suggestions/{card.suggestion.id}")
    budget = {c.id for c in concerns[3:]}
    assert all(ids != budget for _title, ids in offered(table))
    table.undo()
    assert (None, budget) in offered(table)


def test_concerns_dismissed_from_an_aspect_are_not_offered_to_it_again(table, concerns):
    table.gather("Evenings", *concerns[:2])
    assert ("Evenings", {concerns[2].id}) in offered(table)
    card = next(c for c in table.board.suggestions if c.suggestion.aspect_id)
    table.send("DELETE", f"/suggestions/{card.suggestion.id}")
    assert all(title is None for title, _ids in offered(table))


def test_what_was_apart_from_one_aspect_is_apart_from_what_it_went_into(table, concerns):
    evening = table.gather("Evenings", *concerns[:3])
    table.move(concerns[0], None)
    other = table.gather("Budget", concerns[3])
    table.send("POST", f"/aspects/{evening.id}/merger", into=other.id)
    assert not any(concerns[0].id in ids for title, ids in offered(table) if title == "Budget")


def test_unsure_members_are_marked(table, concerns, moderator, poll):
    from app.database import transaction
    from app.extensions import db
    from app.livepolls.board.models import Suggestion

    suggest(poll.id)
    with transaction():
        card = db.session.query(Suggestion).order_by(Suggestion.id).first()
        card.unsure_ids = card.concern_ids[-1:]
        unsure = card.unsure_ids[0]
    page = moderator.get(f"/e/{poll.event.code}/cockpit").text
    line = page.split(f'value="{unsure}" id="member-')[1].split("</li>")[0]
    assert "uncertain" in line
    assert page.count("uncertain") == 1
