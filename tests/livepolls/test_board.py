import pytest
from sqlalchemy import select

from app.database import transaction
from app.events.models import AgendaItem
from app.extensions import db
from app.livepolls import actions, queries
from app.livepolls.board import queries as boards
from app.livepolls.models import Aspect, FlashPoll
from app.realtime import View
from tests.factories import look_again
from tests.livepolls.polls import support, write


@pytest.fixture
def concerns(poll, people):
    """Five concerns by five people."""
    return [write(poll, person, f"Concern {n}") for n, person in enumerate(people)]


def gather(moderator, poll, title, *concerns):
    answer = moderator.post(
        f"/polls/{poll.id}/aspects", {"title": title, "concern": [c.id for c in concerns]}
    )
    assert answer.status_code == 303, answer.text
    return db.session.scalars(select(Aspect).order_by(Aspect.id.desc())).first()


def board(poll):
    """Titles with the concerns below them, and what is in no aspect."""
    look_again()
    state = boards.board(db.session.get_one(FlashPoll, poll.id))
    aspects = {c.aspect.title: [card.concern.text for card in c.cards] for c in state.aspects}
    return aspects, [card.concern.text for card in state.loose]


def test_marked_concerns_become_an_aspect(poll, concerns, moderator):
    gather(moderator, poll, "  Families   first ", *concerns[:2])
    assert board(poll) == (
        {"Families first": ["Concern 0", "Concern 1"]},
        ["Concern 2", "Concern 3", "Concern 4"],
    )


def test_without_a_title_the_first_concern_is_one(poll, concerns, moderator):
    gather(moderator, poll, "", concerns[1], concerns[0])
    assert list(board(poll)[0]) == ["Concern 0"]


def test_a_long_title_is_shortened_at_a_word(poll, people, moderator):
    concern = write(poll, people[0], "word " * 90)
    aspect = gather(moderator, poll, "", concern)
    assert len(aspect.title) <= 120
    assert aspect.title.endswith("word…")


def test_without_marked_concerns_there_is_no_aspect(poll, concerns, moderator):
    assert moderator.post(f"/polls/{poll.id}/aspects", {"title": "Empty"}).status_code == 422
    for nothing in ("4711", "x"):
        answer = moderator.post(f"/polls/{poll.id}/aspects", {"title": "E", "concern": nothing})
        assert answer.status_code == 422
    assert board(poll)[0] == {}


def test_a_concern_moves_from_one_aspect_to_another_and_out(poll, concerns, moderator):
    one = gather(moderator, poll, "One", *concerns[:2])
    two = gather(moderator, poll, "Two", concerns[2])
    moderator.post(f"/aspects/{two.id}/concerns", {"concern": concerns[0].id})
    assert board(poll)[0] == {"One": ["Concern 1"], "Two": ["Concern 0", "Concern 2"]}
    moderator.post(f"/polls/{poll.id}/loose", {"concern": concerns[0].id})
    assert board(poll)[0] == {"One": ["Concern 1"], "Two": ["Concern 2"]}
    assert one


def test_the_keyboards_way_to_move_asks_where_to(poll, concerns, moderator):
    one = gather(moderator, poll, "One", concerns[0])
    page = moderator.get(f"/concerns/{concerns[1].id}/place")
    assert page.status_code == 200
    assert "One" in page.text
    for where, expected in (
        (str(one.id), {"One": ["Concern 0", "Concern 1"]}),
        ("", {"One": ["Concern 0"]}),
        ("new", {"One": ["Concern 0"], "Concern 1": ["Concern 1"]}),
    ):
        form = {"concern": concerns[1].id, "into": where}
        moderator.post(f"/polls/{poll.id}/places", form)
        assert board(poll)[0] == expected


def test_an_aspect_that_has_lost_its_last_concern_is_gone(poll, concerns, moderator):
    gather(moderator, poll, "One", concerns[0])
    gather(moderator, poll, "Two", concerns[0])
    assert list(board(poll)[0]) == ["Two"]


def test_splitting_is_making_an_aspect_of_some(poll, concerns, moderator):
    gather(moderator, poll, "All", *concerns)
    gather(moderator, poll, "Some", *concerns[3:])
    assert board(poll)[0] == {
        "All": ["Concern 0", "Concern 1", "Concern 2"],
        "Some": ["Concern 3", "Concern 4"],
    }


def test_two_aspects_become_one(poll, concerns, moderator):
    one = gather(moderator, poll, "One", concerns[0])
    two = gather(moderator, poll, "Two", concerns[1])
    moderator.post(f"/aspects/{two.id}/merger", {"into": one.id})
    assert board(poll)[0] == {"One": ["Concern 0", "Concern 1"]}


def test_an_aspect_is_not_merged_with_itself_or_nothing(poll, concerns, moderator):
    one = gather(moderator, poll, "One", concerns[0])
    for into in (one.id, "", "x"):
        answer = moderator.post(f"/aspects/{one.id}/merger", {"into": into})
        assert answer.status_code == 422
    assert board(poll)[0] == {"One": ["Concern 0"]}


def test_an_aspect_gets_another_title(poll, concerns, moderator):
    one = gather(moderator, poll, "One", concerns[0])
    moderator.post(f"/aspects/{one.id}/title", {f"title-{one.id}": "Better"})
    assert list(board(poll)[0]) == ["Better"]
    assert moderator.post(f"/aspects/{one.id}/title", {"title": "  "}).status_code == 422


def test_an_aspect_is_dissolved(poll, concerns, moderator):
    one = gather(moderator, poll, "One", *concerns[:2])
    assert moderator.delete(f"/aspects/{one.id}").status_code == 303
    assert board(poll) == ({}, [f"Concern {n}" for n in range(5)])


def test_counts_are_of_distinct_people(poll, people, moderator):
    ada, ben, cem, *_ = people
    first, second = write(poll, ada, "First"), write(poll, ada, "Second")
    third = write(poll, ben, "Third")
    support(first, ben, cem)
    support(second, cem)
    gather(moderator, poll, "Ada's", first, second)
    gather(moderator, poll, "Ben's", third)
    look_again()
    voices = {c.aspect.title: c.voices for c in boards.board(poll).aspects}
    assert voices == {"Ada's": 3, "Ben's": 1}


def test_most_voices_stand_first(poll, people, moderator):
    quiet, loud = write(poll, people[0], "Quiet"), write(poll, people[1], "Loud")
    support(loud, *people[2:])
    gather(moderator, poll, "Quiet", quiet)
    gather(moderator, poll, "Loud", loud)
    assert list(board(poll)[0]) == ["Loud", "Quiet"]


def test_hidden_concerns_are_not_counted_or_sorted(poll, concerns, moderator):
    gather(moderator, poll, "One", *concerns[:2])
    moderator.post(f"/e/{poll.event.code}/hidden/concern/{concerns[0].id}")
    look_again()
    card = boards.board(poll).aspects[0]
    assert ([c.concern.text for c in card.cards], card.voices) == (["Concern 1"], 1)


def test_sorting_is_heard_in_the_cockpit_only(poll, concerns, moderator, hear):
    hall, cockpit, screen = (hear(poll.event, v) for v in (View.HALL, View.COCKPIT, View.SCREEN))
    gather(moderator, poll, "Secret plans", *concerns[:2])
    assert "Secret plans" in cockpit.html
    assert hall.messages == screen.messages == []


@pytest.fixture
def sorted_poll(poll, concerns, moderator):
    """A closed poll with three aspects."""
    moderator.post(f"/polls/{poll.id}/closure")
    for number in range(3):
        gather(moderator, poll, f"Aspect {number}", concerns[number])
    look_again()
    return poll


def aspect_ids(poll):
    return {a.title: a.id for a in db.session.get_one(FlashPoll, poll.id).aspects}


def test_choosing_freezes_the_marked_aspects_and_shows_them_to_all(
    sorted_poll, moderator, people, hear
):
    poll, ids = sorted_poll, aspect_ids(sorted_poll)
    hall = hear(poll.event)
    marked = [ids["Aspect 0"], ids["Aspect 2"]]
    assert moderator.post(f"/polls/{poll.id}/choice", {"aspect": marked}).status_code == 303
    assert poll.is_frozen
    chosen = queries.chosen_aspects(poll.event_id)
    assert {a.title for a in chosen} == {"Aspect 0", "Aspect 2"}
    assert [a.position for a in chosen] == [1, 2]
    assert "Aspect 0" in hall.html
    page = people[3].get(f"/e/{poll.event.code}").text
    assert "Aspect 0" in page
    assert "Concern 4" in page, "the rest stays visible"


def test_each_author_sees_where_their_concern_went(sorted_poll, moderator, people):
    poll = sorted_poll
    moderator.post(f"/polls/{poll.id}/choice")
    mine = people[1].get(f"/e/{poll.event.code}").text.split('id="mine"')[1].split("</section>")[0]
    assert "Went into" in mine
    assert "Aspect 1" in mine
    loose = people[4].get(f"/e/{poll.event.code}").text.split('id="mine"')[1].split("</section>")[0]
    assert "Went into" not in loose


def test_the_six_most_voiced_are_proposed(poll, join, event, moderator):
    for number in range(8):
        concern = write(poll, join(event), f"Concern {number}")
        for _ in range(number % 3):
            support(concern, join(event))
        gather(moderator, poll, f"Aspect {number}", concern)
    moderator.post(f"/polls/{poll.id}/closure")
    moderator.post(f"/polls/{poll.id}/choice")
    chosen = [a.title for a in queries.chosen_aspects(event.id)]
    assert chosen == [f"Aspect {n}" for n in (2, 5, 1, 4, 7, 0)]


def test_an_open_poll_is_closed_before_anything_is_chosen(poll, concerns, moderator):
    gather(moderator, poll, "One", concerns[0])
    assert moderator.post(f"/polls/{poll.id}/choice").status_code == 409
    assert not poll.is_frozen


def test_without_an_aspect_nothing_is_chosen(poll, moderator):
    moderator.post(f"/polls/{poll.id}/closure")
    assert moderator.post(f"/polls/{poll.id}/choice").status_code == 409


def test_what_is_frozen_is_not_sorted_any_more(sorted_poll, concerns, moderator):
    poll, ids = sorted_poll, aspect_ids(sorted_poll)
    moderator.post(f"/polls/{poll.id}/choice")
    before = board(poll)
    one = ids["Aspect 0"]
    answers = [
        moderator.post(f"/polls/{poll.id}/aspects", {"title": "x", "concern": concerns[4].id}),
        moderator.post(f"/aspects/{one}/concerns", {"concern": concerns[4].id}),
        moderator.post(f"/polls/{poll.id}/loose", {"concern": concerns[0].id}),
        moderator.post(f"/aspects/{one}/merger", {"into": ids["Aspect 1"]}),
        moderator.delete(f"/aspects/{one}"),
        moderator.post(f"/polls/{poll.id}/choice"),
    ]
    assert {answer.status_code for answer in answers} == {409}
    assert board(poll) == before


def test_a_chosen_aspect_may_still_get_a_better_title_which_all_see(sorted_poll, moderator, hear):
    moderator.post(f"/polls/{sorted_poll.id}/choice")
    hall = hear(sorted_poll.event)
    one = aspect_ids(sorted_poll)["Aspect 0"]
    moderator.post(f"/aspects/{one}/title", {"title": "A better title"})
    assert "A better title" in hall.html


def test_the_choice_is_taken_back_and_made_anew(sorted_poll, moderator):
    poll = sorted_poll
    moderator.post(f"/polls/{poll.id}/choice")
    assert moderator.delete(f"/polls/{poll.id}/choice").status_code == 303
    assert not poll.is_frozen
    assert queries.chosen_aspects(poll.event_id) == []
    assert moderator.delete(f"/polls/{poll.id}/choice").status_code == 303
    moderator.post(f"/polls/{poll.id}/choice", {"aspect": aspect_ids(poll)["Aspect 1"]})
    assert [a.title for a in queries.chosen_aspects(poll.event_id)] == ["Aspect 1"]


def test_aspects_of_another_poll_are_out_of_reach(poll, concerns, moderator, other_event, outsider):
    from tests.factories import item_of_kind
    from tests.livepolls.polls import open_poll

    other = open_poll(other_event, item_of_kind(other_event, "poll"))
    foreign = write(other, outsider, "Foreign")
    one = gather(moderator, poll, "One", concerns[0])
    moderator.post(f"/aspects/{one.id}/concerns", {"concern": foreign.id})
    assert foreign.aspect_id is None
    assert moderator.post(f"/polls/{other.id}/closure").status_code == 401
    assert moderator.get(f"/concerns/{foreign.id}/place").status_code == 401
    assert (
        moderator.post(
            f"/polls/{poll.id}/places",
            {"concern": concerns[1].id, "into": foreign_aspect(other, foreign)},
        ).status_code
        == 404
    )
    assert concerns[1].aspect_id is None


def foreign_aspect(poll, concern):
    with transaction():
        return actions.create_aspect(poll, "Foreign", [concern.id]).id


def test_the_big_button_closes_then_chooses_then_goes_on(poll, concerns, moderator, event):
    from app.events import steps

    def label():
        look_again()
        item = db.session.get_one(AgendaItem, poll.item_id)
        with moderator.browser.application.test_request_context(headers={"Accept-Language": "en"}):
            step = steps.kind_of(item).next_step(item)
            return step and str(step.label)

    assert label() == "Close the poll and gather aspects"
    moderator.post(f"/polls/{poll.id}/closure")
    assert label() is None
    gather(moderator, poll, "One", concerns[0])
    assert label() == "Choose the aspects"
    moderator.post(f"/polls/{poll.id}/choice")
    assert label() is None
