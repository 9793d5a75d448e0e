"""What is asked: planned in the agenda, asked at once, and changed where it stands."""

from datetime import timedelta

import pytest
from flask_babel import gettext

from app.ballots.models import Ballot, Source
from app.ballots.queries import ballot_of
from app.database import transaction
from app.errors import Conflict
from app.events import actions as event_actions
from app.extensions import db
from app.livepolls import actions as livepolls
from app.livepolls.queries import poll_of
from app.permissions import Role
from app.proposals import actions as proposals
from app.proposals.models import Proposal
from app.realtime import View
from app.richtext import RichText
from tests.ballots.asking import ask, cast, options, plan
from tests.factories import item_of_kind, look_again
from tests.livepolls.polls import write
from tests.proposals.test_merging import merge


def form_of(kind, **settings):
    named = {f"setting-{kind}-{name}": value for name, value in settings.items()}
    return {"kind": kind, "title": "A vote", "text": "Which one?", "minutes": "5", **named}


def newest():
    look_again()
    return db.session.query(Ballot).order_by(Ballot.id.desc()).first()


def test_the_agenda_plans_a_choice(event, moderator):
    sent = form_of("choice", options="Red\n\n  Green \nRed\nBlue", most="2", live="yes")
    assert moderator.post(f"/e/{event.code}/items/new", sent).status_code == 303
    ballot = newest()
    assert list(options(ballot)) == ["Red", "Green", "Blue"]
    assert (ballot.question, ballot.most, ballot.shows_live) == ("Which one?", 2, True)
    page = moderator.get(f"/e/{event.code}/items/{ballot.item_id}").text
    assert "Green" in page


def test_the_agenda_plans_a_scale(event, moderator):
    sent = form_of("scale", lowest="0", highest="7", lowest_label="never", countdown="3")
    moderator.post(f"/e/{event.code}/items/new", sent)
    ballot = newest()
    assert (ballot.lowest, ballot.highest, ballot.lowest_label) == (0, 7, "never")
    assert ballot.seconds == 180


@pytest.mark.parametrize("nonsense", ["", "-1", "soon", "99999", None])
def test_nonsense_in_the_agenda_is_passed_over(event, nonsense):
    names = ("most", "lowest", "highest", "source", "countdown")
    ballot = ballot_of(plan(event, "dots", **dict.fromkeys(names, nonsense)))
    assert (ballot.most, ballot.source, ballot.seconds) == (3, Source.GIVEN, None)
    ballot = ballot_of(plan(event, "scale", **dict.fromkeys(names, nonsense)))
    assert (ballot.lowest, ballot.highest) == (1, 5)


def test_a_template_brings_its_ballots_with_it(event):
    plan(event, "dots", most="5")
    with transaction():
        copy = event_actions.event_from(event, "Another time")
    ballot = ballot_of(item_of_kind(copy, "dots"))
    assert (ballot.most, list(options(ballot))) == (5, ["Apples", "Pears", "Plums"])


def test_a_planned_ballot_goes_with_its_step(event, moderator):
    item = plan(event, "choice")
    assert moderator.delete(f"/e/{event.code}/items/{item.id}").status_code == 303
    assert newest() is None


def test_without_options_the_step_starts_and_the_vote_waits_for_them(event, moderator):
    ballot = ask(event, "choice", options="Only one")
    assert ballot.opened_at is None
    assert "There are no options yet" in moderator.get(f"/e/{event.code}/cockpit").text
    assert moderator.post(f"/ballots/{ballot.id}/opening").status_code == 409
    sent = {"question": "Which one?", "setting-choice-options": "A\nB"}
    assert moderator.post(f"/ballots/{ballot.id}", sent).status_code == 303
    assert moderator.post(f"/ballots/{ballot.id}/opening").status_code == 303
    assert newest().is_open


@pytest.fixture
def topics(event, participant):
    """Two chosen aspects with a proposal each."""
    with transaction():
        event_actions.start_step(event, item_of_kind(event, "poll"))
    poll = poll_of(item_of_kind(event, "poll"))
    concerns = [write(poll, participant, f"Concern {n}") for n in range(2)]
    with transaction() as session:
        poll = session.merge(poll)
        livepolls.close_poll(poll)
        aspects = [
            livepolls.create_aspect(poll, f"Topic {n}", [c.id]) for n, c in enumerate(concerns)
        ]
        livepolls.choose_aspects(poll, [aspect.id for aspect in aspects])
    with transaction() as session:
        for n, aspect in enumerate(aspects):
            words = RichText(f"Let us **try {n}**", f"<p>Let us <strong>try {n}</strong></p>")
            proposals.write_proposal(session.merge(aspect), participant.person, words, "")
    return aspects


def test_dots_go_over_the_chosen_aspects(event, topics):
    ballot = ask(event, "dots", source="aspects", options="")
    assert [(o.text, o.aspect_id) for o in ballot.options] == [
        (aspect.title, aspect.id) for aspect in topics
    ]


def test_aspects_chosen_after_the_agenda_was_made_are_taken_when_it_opens(event, request):
    item = plan(event, "dots", source="aspects", options="")
    assert options(ballot_of(item)) == {}
    request.getfixturevalue("topics")
    with transaction():
        event_actions.start_step(event, item)
    assert list(options(ballot_of(item))) == ["Topic 0", "Topic 1"]
    assert ballot_of(item).is_open


def test_dots_go_over_the_proposals(event, topics):
    ballot = ask(event, "dots", source="proposals", options="")
    assert [option.text for option in ballot.options] == ["Let us try 0", "Let us try 1"]
    assert all(option.proposal_id for option in ballot.options)


@pytest.mark.parametrize("kind", ["choice", "scale", "dots", "feedback"])
def test_one_click_asks_right_behind_what_is_on(event, moderator, participant, hear, kind):
    hall = hear(event)
    with transaction():
        event_actions.start_step(event, event.items[0])
    answer = moderator.post(f"/e/{event.code}/at-once/{kind}")
    assert (answer.status_code, answer.location) == (303, f"/e/{event.code}/cockpit")
    look_again()
    assert [item.kind for item in event.items] == ["welcome", kind, "poll"]
    assert event.current_item.kind == kind
    ballot = newest()
    assert ballot.is_open
    assert ballot.question in hall.html
    assert "data-paper=" in participant.get(f"/e/{event.code}").text


def test_one_click_before_the_start_asks_first_of_all_and_at_the_end_last(event, moderator):
    moderator.post(f"/e/{event.code}/at-once/scale")
    look_again()
    assert [item.kind for item in event.items] == ["scale", "welcome", "poll"]
    with transaction():
        event_actions.start_step(event, event.items[2])
    moderator.post(f"/e/{event.code}/at-once/choice")
    look_again()
    assert [item.kind for item in event.items] == ["scale", "welcome", "poll", "choice"]
    assert len({item.position for item in event.items}) == 4


def test_one_click_spreads_dots_over_the_topics_if_there_are_any(event, moderator, topics):
    moderator.post(f"/e/{event.code}/at-once/dots")
    assert list(options(newest())) == ["Topic 0", "Topic 1"]


def test_the_cockpit_has_a_chip_for_each_kind_and_a_template_none(event, moderator):
    page = moderator.get(f"/e/{event.code}/cockpit").text
    for kind in ("choice", "scale", "dots", "feedback"):
        assert f"/at-once/{kind}" in page
    with transaction() as session:
        session.merge(event).is_template = True
    assert "/at-once/" not in moderator.get(f"/e/{event.code}/cockpit").text
    assert moderator.post(f"/e/{event.code}/at-once/choice").status_code == 409


def test_only_moderators_ask_at_once_and_only_what_can_be(
    event, moderator, participant, host, observer, outsider
):
    for visitor in (participant, host, observer):
        assert visitor.post(f"/e/{event.code}/at-once/choice").status_code == 403
    assert outsider.post(f"/e/{event.code}/at-once/choice").status_code == 401
    for kind in ("welcome", "breakout", "party"):
        assert moderator.post(f"/e/{event.code}/at-once/{kind}").status_code == 404
    look_again()
    assert len(event.items) == 2


def test_words_are_changed_where_they_stand_and_everybody_sees_it(
    event, moderator, participant, hear
):
    moderator.post(f"/e/{event.code}/at-once/choice")
    ballot, hall = newest(), hear(event)
    kept = options(ballot)
    first = next(iter(kept))
    sent = {"question": "Shall we?", "setting-choice-options": f"{first}\nPerhaps"}
    assert moderator.post(f"/ballots/{ballot.id}", sent).status_code == 303
    look_again()
    assert (ballot.question, ballot.item.title) == ("Shall we?", "Shall we?")
    assert options(ballot)[first] == kept[first], "whoever has just marked it means the same"
    assert "Shall we?" in hall.html
    assert "Perhaps" in hall.html


def test_a_question_that_stands_below_a_title_leaves_the_title(event, choice, moderator):
    sent = {"question": "Shall we?", "setting-choice-options": "A\nB"}
    moderator.post(f"/ballots/{choice.id}", sent)
    look_again()
    assert (choice.item.title, choice.item.text) == ("A choice", "Shall we?")


@pytest.mark.parametrize("question", ["", "   ", "x" * 301])
def test_a_question_has_words_but_not_too_many(choice, moderator, question):
    sent = {"question": question, "setting-choice-options": "A\nB"}
    assert moderator.post(f"/ballots/{choice.id}", sent).status_code == 422
    assert choice.question == "Which do you like?"


def test_once_somebody_has_voted_the_words_stay(choice, participant, moderator, hear):
    cockpit = hear(choice.event, View.COCKPIT)
    assert "Save the words" in moderator.get(f"/e/{choice.event.code}/cockpit").text
    cast(choice, participant, dots={"Pears": 1})
    assert "question and options stay as they are" in cockpit.html
    for question, words in (("Another?", "Apples\nPears\nPlums"), ("Which do you like?", "A\nB")):
        sent = {"question": question, "setting-choice-options": words}
        assert moderator.post(f"/ballots/{choice.id}", sent).status_code == 409
    look_again()
    assert (choice.question, len(choice.options)) == ("Which do you like?", 3)


def test_nor_does_the_agenda_change_them_then_but_its_title(choice, participant):
    cast(choice, participant, dots={"Pears": 1})
    with pytest.raises(Conflict), transaction() as session:
        event_actions.change_item(session.merge(choice).item, text="Another?")
    look_again()
    with transaction() as session:
        event_actions.change_item(session.merge(choice).item, title="Our fruit")
    look_again()
    assert (choice.item.title, choice.question) == ("Our fruit", "Which do you like?")


@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        ("choice", {"most": "3"}),
        ("choice", {"source": "aspects"}),
        ("dots", {"stacking": ""}),
        ("scale", {"highest": "7"}),
        ("scale", {"lowest_label": "never"}),
    ],
)
def test_nor_are_the_rules_changed_once_somebody_has_voted(event, participant, kind, settings):
    ballot = ask(event, kind)
    before = dict(ballot.item.settings)
    cast(ballot, participant, **({"value": 3} if kind == "scale" else {"dots": {"Pears": 1}}))
    with pytest.raises(Conflict), transaction() as session:
        event_actions.change_item(session.merge(ballot).item, settings=before | settings)
    look_again()
    assert ballot.item.settings == before
    with transaction() as session:
        item = session.merge(ballot).item
        event_actions.change_item(item, settings=before | {"live": "yes"})
    assert newest().shows_live


def proposal_ballot(event, participant):
    """A vote on the proposals, of which somebody has chosen the first."""
    ballot = ask(event, "choice", source="proposals", options="")
    cast(ballot, participant, dots={"Let us try 0": 1})
    return ballot, ballot.options[0].proposal_id


def test_a_hidden_proposal_is_not_read_in_a_vote_either_and_keeps_its_votes(
    event, topics, participant, moderator, hear
):
    ballot, proposal_id = proposal_ballot(event, participant)
    hall, url = hear(event), f"/e/{event.code}/hidden/proposal/{proposal_id}"
    moderator.post(url)
    assert list(options(ballot)) == ["This proposal is no longer there.", "Let us try 1"]
    assert "This proposal is no longer there." in hall.html
    for visitor in (participant, moderator):
        assert "Let us try 0" not in visitor.get(f"/e/{event.code}").text
    moderator.delete(f"/ballots/{ballot.id}/opening")
    page = participant.get(f"/e/{event.code}/results").text
    assert "This proposal is no longer there." in page
    assert "1 person voted." in page
    moderator.delete(url)
    assert list(options(ballot)) == ["Let us try 0", "Let us try 1"]


def test_nor_is_one_that_was_taken_back(event, topics, participant):
    ballot, proposal_id = proposal_ballot(event, participant)
    with transaction():
        proposal = db.session.get_one(Proposal, proposal_id)
        proposals.withdraw_proposal(proposal, participant.person)
    assert list(options(ballot)) == ["This proposal is no longer there.", "Let us try 1"]


def test_what_is_said_differently_later_was_voted_on_as_it_was(event, topics, participant):
    ballot, proposal_id = proposal_ballot(event, participant)
    with transaction():
        proposal = db.session.get_one(Proposal, proposal_id)
        proposals.edit_proposal(proposal, RichText("Other words", "<p>Other words</p>"))
    assert list(options(ballot)) == ["Let us try 0", "Let us try 1"]


def test_a_proposal_that_is_read_under_another_one_is_not_offered(
    event, topics, participant, moderator
):
    kept, other = db.session.query(Proposal).order_by(Proposal.id)
    assert merge(moderator, other, kept).status_code == 303
    ballot = ballot_of(plan(event, "choice", source="proposals", options=""))
    assert list(options(ballot)) == ["Let us try 0"]


def test_a_double_click_asks_once_and_a_later_click_once_more(event, moderator):
    def click():
        assert moderator.post(f"/e/{event.code}/at-once/choice").status_code == 303
        look_again()
        return [item.kind for item in event.items].count("choice")

    assert [click(), click()] == [1, 1]
    with transaction() as session:
        session.merge(event).current_item.started_at -= timedelta(seconds=4)
    assert click() == 2


def test_a_click_after_the_words_were_changed_asks_anew(event, moderator):
    moderator.post(f"/e/{event.code}/at-once/choice")
    sent = {"question": "Shall we?", "setting-choice-options": "A\nB"}
    moderator.post(f"/ballots/{newest().id}", sent)
    moderator.post(f"/e/{event.code}/at-once/choice")
    assert newest().question == "Do you agree?"


def test_a_click_asks_in_the_language_of_the_event(app, appoint):
    with transaction():
        event = event_actions.create_event("Konferenz", language="de")
    moderator = appoint(event, Role.MODERATOR, language="en")
    moderator.post(f"/e/{event.code}/at-once/choice")
    with app.test_request_context(headers={"Accept-Language": "de"}):
        assert newest().question == gettext("Do you agree?")
