"""Two moderators at the same moment: one of the two states, and never a mixture."""

import pytest
from sqlalchemy import select

from app.extensions import db
from app.livepolls.board.models import BoardAction
from app.livepolls.models import Aspect, Concern
from app.livepolls.queries import cards
from tests.factories import look_again
from tests.together import together


def statuses(app, *requests):
    return together(app, *[lambda r=r: r().status_code for r in requests])


@pytest.mark.parametrize("attempt", range(3))
def test_one_card_goes_where_the_first_put_it_and_the_second_is_asked(
    app, table, ben, concerns, attempt
):
    one, two = table.gather("One", concerns[0]), table.gather("Two", concerns[1])
    picked, urls = f"{concerns[2].id}:", [f"/aspects/{a.id}/concerns" for a in (one, two)]
    ids = [one.id, two.id]
    answers = statuses(
        app,
        lambda: table.who.post(urls[0], {"concern": picked}),
        lambda: ben.post(urls[1], {"concern": picked}),
    )
    assert sorted(answers) == [303, 409]
    look_again()
    assert concerns[2].aspect_id == ids[answers.index(303)]
    assert len(table.actions) == 3


def test_an_undo_and_a_later_move_leave_one_of_the_two(app, table, ben, concerns):
    one, two = table.gather("One", concerns[0]), table.gather("Two", concerns[1])
    table.move(concerns[2], one)
    ids, url = [one.id, two.id], f"/aspects/{two.id}/concerns"
    picked, undoing = f"{concerns[2].id}:{one.id}", f"/polls/{table.poll_id}/undoing"
    answers = statuses(
        app,
        lambda: table.who.post(undoing),
        lambda: ben.post(url, {"concern": picked}),
    )
    assert sorted(answers) == [303, 409]
    look_again()
    assert concerns[2].aspect_id == (None if answers[0] == 303 else ids[1])


def test_the_same_undo_twice_is_one(app, table, ben, concerns):
    table.gather("One", *concerns[:2])
    url = f"/board-actions/{table.actions[0].id}/undoing"
    answers = statuses(app, lambda: table.who.post(url), lambda: ben.post(url))
    assert sorted(answers) == [303, 409]
    assert table.aspects == {}


def test_two_titles_at_once_the_second_is_asked(app, table, ben, concerns):
    aspect = table.gather("One", concerns[0])
    url = f"/aspects/{aspect.id}/title"
    answers = statuses(
        app,
        lambda: table.who.post(url, {"title": "Mona's", "was": "One"}),
        lambda: ben.post(url, {"title": "Ben's", "was": "One"}),
    )
    assert sorted(answers) == [303, 409]
    look_again()
    title = db.session.scalar(select(Aspect.title))
    assert title == ("Mona's" if answers[0] == 303 else "Ben's")


def test_hiding_on_the_halls_page_is_not_taken_for_a_part_of_a_gesture(app, table, ben, concerns):
    hidden = f"/e/{table.poll.event.code}/hidden/concern/{concerns[3].id}"
    url, form = f"/polls/{table.poll_id}/aspects", {"title": "One", "concern": concerns[0].id}
    answers = statuses(app, lambda: table.who.post(url, form), lambda: ben.post(hidden))
    assert answers == [303, 303]
    look_again()
    (action,) = db.session.scalars(select(BoardAction)).all()
    assert list(action.changes["concerns"]) == [str(concerns[0].id)]
    assert concerns[3].is_hidden


def test_of_two_who_split_at_once_the_second_is_asked(app, table, ben, concerns):
    url, was = f"/concerns/{concerns[0].id}/parts", concerns[0].text
    answers = statuses(
        app,
        lambda: table.who.post(url, {"first": "Mona", "second": "Mona too", "was": was}),
        lambda: ben.post(url, {"first": "Ben", "second": "Ben too", "was": was}),
    )
    assert sorted(answers) == [303, 409]
    name = "Mona" if answers[0] == 303 else "Ben"
    assert {name, f"{name} too"} <= set(table.loose)
    assert len(table.loose) == 6


def test_a_split_and_an_edit_of_its_author_never_leave_words_of_both(app, table, people, concerns):
    url, was = f"/concerns/{concerns[0].id}", concerns[0].text
    form = {"first": "One", "second": "Two", "was": was}
    answers = statuses(
        app,
        lambda: table.who.post(f"{url}/parts", form),
        lambda: people[0].post(url, {"text": "Said differently"}),
    )
    assert answers[1] == 303
    assert "Said differently" in table.loose
    assert ("Two" in table.loose) == (answers[0] == 303)


def test_a_me_too_beside_a_split_and_its_undo_is_never_lost(app, table, people, concerns):
    url = f"/concerns/{concerns[0].id}"
    form = {"first": "One", "second": "Two"}
    for deed in (
        lambda: table.who.post(f"{url}/parts", form),
        lambda: table.who.post(f"/polls/{table.poll_id}/undoing"),
    ):
        supporter = people[len(table.actions) + 1]
        answers = statuses(app, deed, lambda who=supporter: who.post(f"{url}/support"))
        assert answers == [303, 303]
    (card,) = cards(Concern.id == concerns[0].id)
    assert card.supports == 2
