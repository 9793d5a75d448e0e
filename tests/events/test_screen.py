import re

import pytest
from sqlalchemy import select

from app.extensions import db
from app.identity import Token, TokenKind, digest
from app.realtime import View
from tests.browsers import Visitor
from tests.factories import item_of_kind
from tests.livepolls.polls import open_poll, write


@pytest.fixture
def link(event, moderator):
    """The projector's link, as the page shows it once."""
    page = moderator.post(f"/e/{event.code}/screen-link").text
    return re.search(r"/screen/[\w-]+", page).group(0)


@pytest.fixture
def projector(event, browser):
    return Visitor(browser("de"), event.id)


def test_the_link_opens_the_screen_which_says_how_to_join(event, link, projector):
    answer = projector.get(link)
    assert (answer.status_code, answer.location) == (302, f"/e/{event.code}/screen")
    page = projector.get(f"/e/{event.code}/screen")
    assert page.status_code == 200
    assert event.code in page.text.replace("&thinsp;", "").replace(" ", "")
    assert "<form" not in page.text.split("<main", 1)[1].split("</main", 1)[0]


def test_only_the_links_hash_is_kept(link):
    token = db.session.scalars(select(Token).where(Token.kind == TokenKind.SCREEN)).one()
    assert token.hash == digest(link.removeprefix("/screen/"))


def test_without_the_link_the_screen_does_not_exist(event, participant, projector):
    for visitor in (participant, projector):
        assert visitor.get(f"/e/{event.code}/screen").status_code == 404


def test_a_revoked_link_closes_the_screens_that_are_open(event, moderator, link, projector):
    projector.get(link)
    assert moderator.delete(f"/e/{event.code}/screen-link").status_code == 303
    assert projector.get(f"/e/{event.code}/screen").status_code == 404
    assert projector.get(link).status_code == 404


def test_a_new_link_ends_the_earlier_one(event, moderator, link, projector):
    moderator.post(f"/e/{event.code}/screen-link")
    assert projector.get(link).status_code == 404


def test_the_link_makes_nobody_a_participant(event, link, projector):
    projector.get(link)
    for tail in ("", "/me", "/cockpit", "/me.json"):
        assert projector.get(f"/e/{event.code}{tail}").status_code in (401, 403)


def test_a_concern_is_put_on_the_screen_and_taken_off_again(
    event, moderator, participant, hear, link, projector
):
    projector.get(link)
    poll = open_poll(event, item_of_kind(event, "poll"))
    concern = write(poll, participant, "Look at this")
    screen, hall = hear(event, View.SCREEN), hear(event)
    url = f"/e/{event.code}/highlight/concern/{concern.id}"
    assert moderator.post(url).status_code == 303
    assert "Look at this" in screen.html
    assert hall.messages == []
    assert "Look at this" in projector.get(f"/e/{event.code}/screen").text
    moderator.delete(f"/e/{event.code}/highlight")
    assert "Look at this" not in screen.messages[-1]["html"]
    assert (
        "Look at this" not in projector.get(f"/e/{event.code}/screen").text or poll.shows_concerns
    )


def test_the_name_of_who_wrote_it_is_not_on_the_screen(event, moderator, participant, hear):
    poll = open_poll(event, item_of_kind(event, "poll"))
    concern = write(poll, participant, "Look at this")
    screen = hear(event, View.SCREEN)
    moderator.post(f"/e/{event.code}/highlight/concern/{concern.id}")
    assert participant.person.name not in screen.html


def test_a_hidden_card_leaves_the_screen_and_is_not_put_there(event, moderator, participant, hear):
    poll = open_poll(event, item_of_kind(event, "poll"))
    concern = write(poll, participant, "Look at this")
    highlight = f"/e/{event.code}/highlight/concern/{concern.id}"
    moderator.post(highlight)
    screen = hear(event, View.SCREEN)
    moderator.post(f"/e/{event.code}/hidden/concern/{concern.id}")
    assert screen.messages
    assert "Look at this" not in screen.html
    assert event.highlight_kind is None
    assert moderator.post(highlight).status_code == 409


def test_going_to_a_step_clears_the_screen(event, moderator, participant):
    poll = open_poll(event, item_of_kind(event, "poll"))
    concern = write(poll, participant, "Look at this")
    moderator.post(f"/e/{event.code}/highlight/concern/{concern.id}")
    moderator.post(f"/e/{event.code}/step", {"item": event.items[0].id})
    assert event.highlight_kind is None


@pytest.mark.parametrize("card", ["concern/4711", "nothing/1", "welcome/1"])
def test_a_card_that_does_not_exist_is_not_found(event, moderator, card):
    for tail in ("highlight", "hidden"):
        assert moderator.post(f"/e/{event.code}/{tail}/{card}").status_code == 404


def test_a_card_of_another_event_is_not_found(event, other_event, moderator, outsider):
    poll = open_poll(other_event, item_of_kind(other_event, "poll"))
    foreign = write(poll, outsider, "Not yours")
    for tail in ("highlight", "hidden"):
        url = f"/e/{event.code}/{tail}/concern/{foreign.id}"
        assert moderator.post(url).status_code == 404
    assert not foreign.is_hidden


def test_a_highlight_that_vanishes_leaves_the_screen_with_the_current_step(
    event, participant, moderator, hear
):
    poll = open_poll(event, item_of_kind(event, "poll"))
    concern = write(poll, participant, "Childcare")
    moderator.post(f"/polls/{poll.id}/aspects", {"title": "Families", "concern": [concern.id]})
    (aspect,) = poll.aspects
    moderator.post(f"/e/{event.code}/highlight/aspect/{aspect.id}")
    screen = hear(event, View.SCREEN)
    assert moderator.delete(f"/aspects/{aspect.id}").status_code == 303
    assert moderator.get(f"/e/{event.code}/screen").status_code == 200
    assert event.highlight_kind is None
    assert "What do you want advice on?" in screen.html


def test_what_its_author_takes_back_goes_from_the_screen_and_a_new_wording_comes(
    event, participant, moderator, hear
):
    poll = open_poll(event, item_of_kind(event, "poll"))
    concern = write(poll, participant, "Childcare")
    moderator.post(f"/e/{event.code}/highlight/concern/{concern.id}")
    screen = hear(event, View.SCREEN)
    participant.post(f"/concerns/{concern.id}", {"text": "Afternoons"})
    assert "Afternoons" in screen.html
    participant.delete(f"/concerns/{concern.id}")
    assert event.highlight_kind is None
    assert "screen-highlight" not in moderator.get(f"/e/{event.code}/screen").text
    assert "Afternoons" not in screen.messages[-1]["html"]
