"""Concerns that moderators read first: nobody else sees them before, in no way; then everybody."""

import io

import pytest
from openpyxl import load_workbook

from app import identity
from app.database import transaction
from app.events import own_data
from app.extensions import db
from app.identity import TokenKind
from app.livepolls.clouds import drawing
from app.livepolls.models import Concern
from app.permissions import Role
from app.realtime import View
from tests.factories import item_of_kind, look_again
from tests.livepolls.board.boards import Table
from tests.livepolls.polls import open_poll, support, write
from tests.together import together

SECRET = "Childcare in the afternoon"


@pytest.fixture
def poll(event):
    """The event's poll, in which moderators read first."""
    return open_poll(event, item_of_kind(event, "poll"), moderated="yes")


@pytest.fixture
def concern(poll, people):
    """What the first of them has said, and nobody has read yet."""
    return write(poll, people[0], SECRET)


@pytest.fixture
def table(poll, moderator):
    return Table(poll.id, moderator)


def publish(visitor, poll, *concerns, **form):
    return visitor.post(
        f"/polls/{poll.id}/published", {"concern": [c.id for c in concerns], **form}
    )


def program(visitor, poll):
    with transaction():
        token = identity.issue(TokenKind.API, participant_id=visitor.participant_id)
    headers = {"Authorization": f"Bearer {token}"}
    return visitor.browser.get(f"/api/v1/polls/{poll.id}", headers=headers)


def workbook(visitor, poll):
    book = load_workbook(io.BytesIO(visitor.get(f"/polls/{poll.id}/export?format=xlsx").data))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.rows for cell in row)


def all_that_they_read(visitor, poll):
    """Every way on which somebody in an event comes to a poll's concerns, as one text."""
    code = poll.event.code
    pages = (
        f"/e/{code}",
        f"/e/{code}/results",
        f"/e/{code}/agenda",
        f"/search?q={SECRET.split()[0]}",
        f"/polls/{poll.id}/export?format=csv",
        f"/polls/{poll.id}/export?format=json",
    )
    texts = [visitor.get(page, follow_redirects=True).text for page in pages]
    return "\n".join([*texts, workbook(visitor, poll), program(visitor, poll).text])


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.HOST, Role.OBSERVER])
def test_others_find_it_nowhere_until_it_is_published(
    poll, concern, moderator, appoint, role, indexed_at_once
):
    other = appoint(poll.event, role, "Olga Other")
    assert SECRET not in all_that_they_read(other, poll)
    assert f'concern-{concern.id}"' not in all_that_they_read(other, poll)
    assert publish(moderator, poll, concern).status_code == 303
    assert all_that_they_read(other, poll).count(SECRET) >= 5


def test_nor_do_they_hear_that_anything_has_come(poll, people, moderator, hear):
    hall, screen, other = hear(poll.event), hear(poll.event, View.SCREEN), hear(people[1])
    concern = write(poll, people[0], SECRET)
    people[0].post(f"/concerns/{concern.id}", {"text": f"{SECRET}, please"})
    moderator.post(f"/polls/{poll.id}/hidden", {"concern": concern.id, "reason": "A name"})
    people[0].delete(f"/concerns/{concern.id}")
    assert (hall.messages, other.messages) == ([], [])
    assert SECRET not in screen.html  # which is drawn anew as it was


def test_the_number_of_concerns_does_not_tell_of_it(poll, concern, people, moderator):
    url = f"/e/{poll.event.code}"
    assert "No concerns yet" in people[1].get(url).text
    moderator.post(f"/polls/{poll.id}/hidden", {"concern": concern.id})
    assert "No concerns yet" in people[1].get(url).text
    publish(moderator, poll, write(poll, people[2], "Meetings"))
    assert "1 concern from 1 person" in people[1].get(url).text


def test_no_picture_is_made_of_its_words(poll, concern, people, moderator):
    other = write(poll, people[1], "Childcare")
    drawing.draw_clouds()
    screen = f"/e/{poll.event.code}/screen"
    assert "poll-word-" not in moderator.get(screen).text
    publish(moderator, poll, concern, other)
    drawing.draw_clouds()
    assert ">Childcare</li>" in moderator.get(screen).text


def test_nobody_supports_what_the_hall_cannot_see(poll, concern, people, moderator):
    for visitor in (people[1], moderator):
        assert visitor.post(f"/concerns/{concern.id}/support").status_code == 404


def test_who_deletes_all_that_is_theirs_tells_the_hall_nothing_of_it(poll, concern, people, hear):
    hall = hear(poll.event)
    with transaction():
        own_data.delete(people[0].person)
    assert hall.messages == []
    look_again()
    assert concern.text == ""


def test_it_cannot_be_put_on_the_screen(poll, concern, moderator):
    answer = moderator.post(f"/e/{poll.event.code}/highlight/concern/{concern.id}")
    assert answer.status_code == 409
    assert SECRET not in moderator.get(f"/e/{poll.event.code}/screen").text


def test_its_author_sees_that_it_waits_and_that_it_does_no_longer(
    poll, concern, people, moderator, hear
):
    own = hear(people[0])
    page = people[0].get(f"/e/{poll.event.code}").text
    assert SECRET in page
    assert "Waits to be published" in page
    publish(moderator, poll, concern)
    assert SECRET in own.html
    assert "Waits to be published" not in own.html


def test_moderators_find_it_in_a_list_of_its_own(poll, concern, table, hear):
    cockpit = hear(poll.event, View.COCKPIT)
    write(poll, table.who, "My own")
    assert [card.concern.text for card in table.board.waiting] == [SECRET]
    assert table.loose == ["My own"]  # who publishes need not wait
    page = table.who.get(f"/e/{poll.event.code}/cockpit").text
    assert f'id="waiting-{poll.id}"' in page
    assert SECRET in page.split(f'id="waiting-{poll.id}"')[1].split("</ul>")[0]
    assert publish(table.who, poll, concern).status_code == 303
    assert f'target="loose-{poll.id}"' in cockpit.html
    assert sorted(table.loose) == [SECRET, "My own"]


def test_the_hall_hears_it_as_something_new_when_it_is_published(poll, concern, moderator, hear):
    hall, remote = hear(poll.event), hear(poll.event, View.REMOTE)
    publish(moderator, poll, concern)
    assert f'action="prepend" target="concerns-{poll.id}"' in hall.html
    assert "1 concern from 1 person" in hall.html
    assert SECRET in remote.html


def test_many_are_published_with_one_tap_but_none_that_the_page_did_not_show(
    poll, people, moderator, table
):
    shown = [write(poll, person, f"Concern {n}") for n, person in enumerate(people[:3])]
    write(poll, people[3], "Came in between")
    form = {"all": "yes", "shown": [c.id for c in shown]}
    assert moderator.post(f"/polls/{poll.id}/published", form).status_code == 303
    assert table.loose == ["Concern 0", "Concern 1", "Concern 2"]
    assert [card.concern.text for card in table.board.waiting] == ["Came in between"]
    line = table.actions[-1]
    assert (line.kind.value, len(line.changes["concerns"])) == ("publish", 3)


def test_one_that_was_said_differently_while_it_was_read_is_read_once_more(
    poll, concern, people, moderator, table
):
    other = write(poll, people[1], "Meetings")
    seen = {"all": "yes", "shown": [f"{c.id}:{c.edition}" for c in (concern, other)]}
    people[0].post(f"/concerns/{concern.id}", {"text": "Something unread"})
    answer = moderator.post(f"/polls/{poll.id}/published", seen, live=True)
    assert "Some were said differently meanwhile" in answer.text
    assert table.loose == ["Meetings"]
    assert [card.concern.text for card in table.board.waiting] == ["Something unread"]
    look_again()
    moderator.post(f"/polls/{poll.id}/published", {"concern": f"{concern.id}:{concern.edition}"})
    assert table.board.waiting == []


def test_what_was_hidden_before_anybody_saw_it_is_new_when_it_is_shown(
    poll, concern, people, moderator, hear
):
    moderator.post(f"/polls/{poll.id}/hidden", {"concern": concern.id})
    hall = hear(poll.event)
    moderator.delete(f"/polls/{poll.id}/hidden", {"concern": concern.id})
    assert SECRET in hall.html
    assert "1 concern from 1 person" in hall.html


def test_publishing_is_undone_and_done_again(poll, concern, table, people, hear):
    publish(table.who, poll, concern)
    hall = hear(poll.event)
    assert table.undo().status_code == 303
    assert f'action="remove" target="concern-{concern.id}"' in hall.html
    assert [card.concern.text for card in table.board.waiting] == [SECRET]
    assert SECRET not in people[1].get(f"/e/{poll.event.code}").text
    assert table.redo().status_code == 303
    assert table.loose == [SECRET]


def test_what_is_not_fit_to_be_published_is_hidden_with_a_reason(poll, concern, table, people):
    url = f"/polls/{poll.id}/hidden"
    table.who.post(url, {"concern": concern.id, "reason": "It names a family."})
    assert table.board.waiting == []
    assert [card.concern.text for card in table.board.aside] == [SECRET]
    assert "It names a family." in people[0].get(f"/e/{poll.event.code}").text
    assert table.undo().status_code == 303
    assert [card.concern.text for card in table.board.waiting] == [SECRET]
    assert concern.hidden_reason == ""


def test_what_was_published_or_hidden_meanwhile_stays_so(poll, concern, moderator):
    moderator.post(f"/polls/{poll.id}/hidden", {"concern": concern.id})
    publish(moderator, poll, concern)
    look_again()
    assert concern.is_hidden


def test_a_published_one_that_is_said_differently_waits_again(poll, concern, people, table, hear):
    publish(table.who, poll, concern)
    support(concern, people[1])
    hall = hear(poll.event)
    people[0].post(f"/concerns/{concern.id}", {"text": "Something unread"})
    assert f'action="remove" target="concern-{concern.id}"' in hall.html
    page = people[1].get(f"/e/{poll.event.code}").text
    assert "Something unread" not in hall.html + page
    assert SECRET not in page
    assert [card.concern.text for card in table.board.waiting] == ["Something unread"]
    publish(table.who, poll, concern)
    assert "Something unread" in people[1].get(f"/e/{poll.event.code}").text


def test_its_words_leave_the_picture_at_once(poll, concern, people, moderator):
    publish(moderator, poll, concern)
    support(concern, people[1])
    drawing.draw_clouds()
    screen = f"/e/{poll.event.code}/screen"
    assert "Childcare" in moderator.get(screen).text
    people[0].post(f"/concerns/{concern.id}", {"text": "Something unread"})
    assert "Childcare" not in moderator.get(screen).text


def test_it_leaves_the_screen_too(poll, concern, people, moderator):
    publish(moderator, poll, concern)
    moderator.post(f"/e/{poll.event.code}/highlight/concern/{concern.id}")
    assert SECRET in moderator.get(f"/e/{poll.event.code}/screen").text
    people[0].post(f"/concerns/{concern.id}", {"text": "Something unread"})
    assert "Something unread" not in moderator.get(f"/e/{poll.event.code}/screen").text


def test_saved_without_a_change_it_stays_where_it_is(poll, concern, people, moderator):
    publish(moderator, poll, concern)
    people[0].post(f"/concerns/{concern.id}", {"text": SECRET})
    look_again()
    assert not concern.is_hidden


def test_what_waits_is_in_no_suggestion_and_counts_for_no_aspect(poll, concern, people, table):
    published = [write(poll, person, f"Meetings {n}") for n, person in enumerate(people[1:3])]
    publish(table.who, poll, *published)
    aspect = table.gather("Meetings", *published)
    people[1].post(f"/concerns/{published[0].id}", {"text": "Something unread"})
    (card,) = table.board.aspects
    assert (card.aspect.id, card.answers, card.voices) == (aspect.id, 1, 1)
    assert concern.id not in [c.concern.id for c in table.board.loose]
    publish(table.who, poll, published[0])
    assert table.aspects == {"Meetings": ["Something unread", "Meetings 1"]}


def test_one_that_is_published_after_the_choice_came_late(poll, concern, people, table):
    first = write(poll, people[1], "Meetings")
    publish(table.who, poll, first)
    table.gather("Meetings", first)
    table.freeze()
    publish(table.who, poll, concern)
    assert [card.concern.text for card in table.board.late] == [SECRET]
    assert table.poll.suggestions_wanted


def test_when_nobody_reads_first_any_more_what_waits_goes_on_waiting(
    poll, concern, people, moderator, table
):
    form = {"question": poll.question}
    assert moderator.post(f"/polls/{poll.id}", form).status_code == 303
    write(poll, people[1], "Meetings")
    assert table.loose == ["Meetings"]
    assert [card.concern.text for card in table.board.waiting] == [SECRET]
    assert SECRET not in people[1].get(f"/e/{poll.event.code}").text
    assert f'id="waiting-{poll.id}"' in moderator.get(f"/e/{poll.event.code}/cockpit").text


def test_withdrawn_it_is_nowhere(poll, concern, people, table):
    assert people[0].delete(f"/concerns/{concern.id}").status_code == 303
    assert table.board.waiting == []
    assert publish(table.who, poll, concern).status_code == 303
    assert SECRET not in people[1].get(f"/e/{poll.event.code}").text


def test_it_counts_for_how_many_a_person_may_voice(event, poll, people, moderator):
    moderator.post(
        f"/polls/{poll.id}",
        {"question": "What?", "setting-poll-moderated": "yes", "setting-poll-most": "1"},
    )
    write(poll, people[0], "The only one")
    answer = people[0].post(f"/polls/{poll.id}/concerns", {"text": "One more", "key": "k"})
    assert answer.status_code == 409
    assert db.session.query(Concern).count() == 1


@pytest.mark.parametrize("role", ["participant", "host", "observer"])
def test_only_moderators_publish(poll, concern, role, request):
    assert publish(request.getfixturevalue(role), poll, concern).status_code == 403
    look_again()
    assert concern.is_waiting


def test_strangers_and_authors_publish_nothing(poll, concern, people, outsider):
    assert publish(outsider, poll, concern).status_code == 401
    assert publish(people[0], poll, concern).status_code == 403


def test_a_concern_of_another_poll_is_not_published_here(poll, concern, other_event, appoint):
    elsewhere = open_poll(other_event, item_of_kind(other_event, "poll"))
    leader = appoint(other_event, Role.MODERATOR, "Lea Leader")
    assert publish(leader, elsewhere, concern).status_code == 303
    look_again()
    assert concern.is_waiting


@pytest.mark.parametrize("attempt", range(3))
def test_what_is_said_differently_in_the_moment_of_publishing_is_never_seen_unread(
    app, poll, concern, people, moderator, attempt
):
    read = {"concern": f"{concern.id}:{concern.edition}"}
    answers = together(
        app,
        lambda: moderator.post(f"/polls/{poll.id}/published", read).status_code,
        lambda: people[0].post(f"/concerns/{concern.id}", {"text": "Unread"}).status_code,
    )
    assert answers == [303, 303]
    assert (concern.text, concern.is_waiting) == ("Unread", True)


def test_who_writes_in_the_moment_when_moderators_want_to_read_first_is_read_or_seen(
    app, event, people, moderator
):
    poll = open_poll(event, item_of_kind(event, "poll"))
    settings = {"question": "What?", "setting-poll-moderated": "yes"}
    url = f"/polls/{poll.id}"
    together(
        app,
        lambda: moderator.post(url, settings),
        *[lambda p=p: p.post(f"{url}/concerns", {"text": "Hello", "key": "k"}) for p in people],
    )
    concerns = db.session.query(Concern).all()
    assert len(concerns) == len(people)
    assert all(each.is_hidden == each.is_waiting == each.is_unseen for each in concerns)
