"""Words that moderators have taken off, or never read, come back on no way."""

import pytest
from sqlalchemy import func, select

from app.database import transaction
from app.events import own_data
from app.extensions import db
from app.livepolls.facts import OwnSupportsChanged
from app.livepolls.models import ConcernSupport
from app.livepolls.vectors import Embedding
from app.livepolls.wordings import ConcernWording
from app.realtime import View
from tests.factories import item_of_kind, look_again
from tests.livepolls.board.boards import Table
from tests.livepolls.polls import open_poll, support, write
from tests.together import together

NAMED, TIDY, UNREAD = "Mrs Miller of Elm Street drinks", "A family needs help", "Unread words"


@pytest.fixture
def poll(event):
    """The event's poll, in which moderators read first."""
    return open_poll(event, item_of_kind(event, "poll"), moderated="yes")


@pytest.fixture
def table(poll, moderator):
    return Table(poll.id, moderator)


@pytest.fixture
def concern(poll, people, moderator):
    """What was published and is supported, and should not have been."""
    concern = write(poll, people[0], NAMED)
    publish(moderator, concern)
    support(concern, *people[1:3])
    return concern


def publish(moderator, concern):
    look_again()
    form = {"concern": f"{concern.id}:{concern.edition}"}
    answer = moderator.post(f"/polls/{concern.poll_id}/published", form)
    assert answer.status_code == 303


def hide(moderator, concern, reason="a name"):
    form = {"concern": concern.id, "reason": reason}
    moderator.post(f"/polls/{concern.poll_id}/hidden", form)


def show(moderator, concern, **options):
    return moderator.delete(
        f"/polls/{concern.poll_id}/hidden", data={"concern": concern.id}, **options
    )


def say(author, concern, text):
    assert author.post(f"/concerns/{concern.id}", {"text": text}).status_code == 303


def page(visitor, poll):
    return visitor.get(f"/e/{poll.event.code}").text


def supports():
    look_again()
    return db.session.scalar(select(func.count()).select_from(ConcernSupport))


def wordings():
    look_again()
    return list(db.session.scalars(select(ConcernWording.text)))


# Below other words, or when their author leaves


def test_hidden_words_do_not_stand_below_those_that_come_after_them(
    poll, concern, people, moderator, hear
):
    hide(moderator, concern)
    hall = hear(poll.event)
    say(people[0], concern, TIDY)
    publish(moderator, concern)
    for text in (page(people[3], poll), hall.html):
        assert TIDY in text
        assert NAMED not in text
    assert (supports(), wordings()) == (0, [])


@pytest.mark.parametrize("moderated", [True, False])
def test_nor_what_a_hidden_concern_had_said_before(poll, concern, people, moderator, moderated):
    say(people[0], concern, TIDY)
    publish(moderator, concern)
    assert NAMED in page(people[3], poll)
    hide(moderator, concern)
    if not moderated:
        moderator.post(f"/polls/{poll.id}", {"question": poll.question})
    say(people[0], concern, f"{TIDY}!")
    people[0].delete(f"/concerns/{concern.id}")
    assert NAMED not in page(people[3], poll)
    assert wordings() == []


def test_hidden_words_do_not_come_back_when_their_author_leaves(poll, concern, people, moderator):
    hide(moderator, concern)
    say(people[0], concern, TIDY)
    people[0].delete(f"/concerns/{concern.id}")
    assert NAMED not in page(people[3], poll)
    look_again()
    assert concern.withdrawn_at is not None


def test_nor_does_what_was_published_by_mistake(poll, concern, people, table):
    assert table.undo().status_code == 303
    say(people[0], concern, TIDY)
    people[0].delete(f"/concerns/{concern.id}")
    assert NAMED not in page(people[3], poll)
    assert wordings() == []


def test_what_was_published_by_mistake_goes_on_waiting_without_its_author(
    poll, concern, people, table
):
    table.undo()
    people[0].delete(f"/concerns/{concern.id}")
    assert NAMED not in page(people[3], poll)
    look_again()
    assert (concern.is_waiting, concern.participant_id) == (True, None)


def test_what_was_published_and_never_taken_off_stays_with_its_supporters(
    poll, concern, people, moderator
):
    say(people[0], concern, UNREAD)
    say(people[0], concern, TIDY)
    assert (supports(), wordings()) == (2, [NAMED])
    people[0].delete(f"/concerns/{concern.id}")
    assert NAMED in page(people[3], poll)
    assert UNREAD not in page(people[3], poll)


def test_whoever_supported_hidden_words_is_told_that_this_is_gone(
    poll, concern, people, moderator, announced
):
    hide(moderator, concern)
    before = [announced(person.person.channel) for person in people]
    say(people[0], concern, TIDY)
    for number, person in enumerate(people):
        fact = OwnSupportsChanged(poll.id, person.participant_id)
        new = announced(person.person.channel)[len(before[number]) :]
        assert (fact in new) == (number in (1, 2))
    publish(moderator, concern)
    assert people[1].post(f"/concerns/{concern.id}/support").status_code == 303


def test_hidden_words_that_are_shown_again_as_they_were_keep_their_supporters(
    poll, concern, people, moderator
):
    hide(moderator, concern)
    say(people[0], concern, NAMED)
    show(moderator, concern)
    assert NAMED in page(people[3], poll)
    assert supports() == 2


# By undoing and doing again


def test_publishing_is_not_done_again_with_words_that_came_meanwhile(poll, people, table, hear):
    concern = write(poll, people[0], TIDY)
    publish(table.who, concern)
    table.undo()
    say(people[0], concern, UNREAD)
    hall = hear(poll.event)
    assert table.redo().status_code == 409
    assert UNREAD not in page(people[3], poll) + hall.html
    assert [card.concern.text for card in table.board.waiting] == [UNREAD]
    publish(table.who, concern)
    assert UNREAD in page(people[3], poll)


def test_hiding_is_not_undone_for_words_that_came_meanwhile(poll, people, table, hear):
    concern, other = (write(poll, person, TIDY) for person in people[:2])
    for each in (concern, other):
        publish(table.who, each)
    table.who.post(f"/polls/{poll.id}/hidden", {"concern": [concern.id, other.id]})
    say(people[0], concern, UNREAD)
    hall = hear(poll.event)
    assert table.undo().status_code == 409
    action = table.actions[-1]
    rest = table.send("POST", f"/board-actions/{action.id}/undoing", rest="1")
    assert rest.status_code == 303
    assert table.loose == [TIDY]
    assert UNREAD not in page(people[3], poll) + hall.html
    assert [card.concern.text for card in table.board.waiting] == [UNREAD]


def test_nor_where_moderators_read_first_only_since_then(poll, people, table):
    settings = {"question": poll.question}
    table.who.post(f"/polls/{poll.id}", settings)
    concern = write(poll, people[0], TIDY)
    hide(table.who, concern, reason="")
    say(people[0], concern, UNREAD)
    table.who.post(f"/polls/{poll.id}", {**settings, "setting-poll-moderated": "yes"})
    assert table.undo().status_code == 409
    assert UNREAD not in page(people[3], poll)


def test_where_nobody_reads_first_hiding_is_undone_whatever_it_says_now(poll, people, table):
    table.who.post(f"/polls/{poll.id}", {"question": poll.question})
    concern = write(poll, people[0], TIDY)
    hide(table.who, concern)
    say(people[0], concern, "Other words")
    assert table.undo().status_code == 303
    assert "Other words" in page(people[3], poll)


# By showing it again


def test_what_was_said_differently_while_it_was_hidden_waits_to_be_read(
    poll, concern, people, moderator, table, hear
):
    hide(moderator, concern)
    cockpit = hear(poll.event, View.COCKPIT)
    say(people[0], concern, UNREAD)
    assert [card.concern.text for card in table.board.waiting] == [UNREAD]
    assert table.board.aside == []
    assert f"/polls/{poll.id}/published" in cockpit.html
    assert "Waits to be published" in page(people[0], poll)
    answer = show(moderator, concern, live=True)
    assert "Some were said differently meanwhile" in answer.text
    assert UNREAD not in page(people[3], poll)


def test_no_other_way_shows_what_waits(poll, people, moderator, hear):
    concern = write(poll, people[0], UNREAD)
    hall, url = hear(poll.event), f"/e/{poll.event.code}/hidden/concern/{concern.id}"
    show(moderator, concern)
    assert moderator.delete(url).status_code == 409
    look_again()
    assert (concern.is_waiting, concern.is_hidden) == (True, True)
    assert UNREAD not in page(people[3], poll) + hall.html
    moderator.post(url)
    assert moderator.delete(url).status_code == 303
    assert UNREAD in page(people[3], poll)


@pytest.mark.parametrize("attempt", range(2))
@pytest.mark.parametrize("url", ["/polls/{poll}/hidden", "/e/{code}/hidden/concern/{id}"])
def test_what_is_said_differently_in_the_moment_of_showing_is_never_seen_unread(
    app, poll, concern, people, moderator, url, attempt
):
    hide(moderator, concern)
    url = url.format(poll=poll.id, code=poll.event.code, id=concern.id)
    together(
        app,
        lambda: moderator.delete(url, data={"concern": concern.id}),
        lambda: people[0].post(f"/concerns/{concern.id}", {"text": UNREAD}),
    )
    look_again()
    assert (concern.text, concern.is_hidden, concern.is_waiting) == (UNREAD, True, True)


# In the database


def embed(concern):
    with transaction() as session:
        session.add(Embedding(concern_id=concern.id, model="a", digest="d", vector=b"v"))


def embedded():
    look_again()
    return list(db.session.scalars(select(Embedding.concern_id)))


def test_a_wording_that_nobody_supports_any_more_goes_with_its_author(
    poll, concern, people, moderator
):
    say(people[0], concern, TIDY)
    publish(moderator, concern)
    support(concern, people[3])
    for person in people[1:3]:
        person.delete(f"/concerns/{concern.id}/support")
    assert wordings() == [NAMED]
    with transaction():
        own_data.delete(people[0].person)
    assert wordings() == []
    look_again()
    assert (concern.text, supports()) == (TIDY, 1)


@pytest.mark.parametrize("is_supported", [True, False])
def test_what_was_made_of_words_goes_with_them(poll, concern, people, is_supported):
    say(people[0], concern, TIDY)
    if not is_supported:
        for person in people[1:3]:
            person.delete(f"/concerns/{concern.id}/support")
    embed(concern)
    people[0].delete(f"/concerns/{concern.id}")
    assert embedded() == []


def test_so_it_does_when_one_deletes_all_that_is_ones_own(poll, people):
    concern, gone = (write(poll, people[0], text) for text in (TIDY, UNREAD))
    people[0].delete(f"/concerns/{gone.id}")
    for each in (concern, gone):
        embed(each)
    with transaction():
        own_data.delete(people[0].person)
    assert embedded() == []


def test_what_was_made_of_words_that_others_support_stays(poll, concern, people):
    embed(concern)
    people[0].delete(f"/concerns/{concern.id}")
    assert embedded() == [concern.id]
