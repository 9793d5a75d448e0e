"""Cards are the same for all who read a post, so they tell only what all of them may read."""

import pytest
from flask_babel import force_locale

from app.composing.cards import cards_of
from app.composing.facts import CardsChanged
from app.database import now, transaction
from app.events import actions as events
from app.extensions import db
from app.forums import actions
from app.spaces import actions as spaces
from app.spaces.identity import member_of
from tests.composing.towns import say, town
from tests.factories import AGENDA, make_thread
from tests.livepolls.polls import open_poll, write
from tests.proposals.topics import choose_aspects


def titles(post):
    db.session.rollback()
    return [shown.card and str(shown.card.title) for shown in cards_of([post]).get(post.id, [])]


def test_a_thread_of_the_same_space_is_shown(here):
    post = say(here, here.ole, f"See\n\n/threads/{here.thread.id}")
    (shown,) = cards_of([post])[post.id]
    assert (shown.card.title, shown.card.place) == ("What helps", "Topics")
    with force_locale("en"):
        assert str(shown.card.voices) == "2 posts"


def test_a_post_of_the_same_space_is_shown_until_it_is_taken_back(here):
    linked = say(here, here.ines, "A **strong** idea")
    post = say(here, here.ole, f"/posts/{linked.id}")
    assert titles(post) == ["A strong idea"]
    with transaction():
        actions.withdraw_post(linked, member_of(here.space, here.ines))
    assert titles(post) == []


def test_nothing_is_shown_of_a_space_that_not_all_readers_read(here, elsewhere):
    secret = make_thread(elsewhere.forum, elsewhere.ines, "Secret plans")
    post = say(here, here.ole, f"/threads/{secret.id}\n/threads/{secret.id + 999}")
    assert titles(post) == []


def test_an_open_space_of_the_same_tree_is_shown_until_it_is_closed(app, announced):
    top = town(is_private=False)
    group = town(parent=top.space)
    above = say(group, group.ole, f"/threads/{top.thread.id}")
    below = say(top, top.ole, f"/threads/{group.thread.id}")
    assert titles(above) == ["What helps"]
    assert titles(below) == []
    with transaction():
        spaces.set_privacy(top.space, True)
    assert titles(above) == []
    assert CardsChanged(group.thread.id, above.id) in announced(group.thread.channel)


def test_a_hidden_thread_is_no_longer_shown(here):
    other = make_thread(here.forum, here.ines, "Other")
    post = say(here, here.ole, f"/threads/{other.id}")
    with transaction():
        other.hidden_at = now()
    assert titles(post) == []


@pytest.fixture
def conference(event, participant):
    """An event of a space, with an aspect that was chosen and the concern in it."""

    def of(space):
        with transaction():
            event.space_id = space.id if space else None
        (aspect,) = choose_aspects(event, participant, ("Binding agreements",))
        return aspect, aspect.concerns[0]

    return of


def test_what_is_in_an_event_of_the_space_is_shown(here, event, conference):
    aspect, concern = conference(here.space)
    links = f"/aspects/{aspect.id}\n/e/{event.code}#concern-{concern.id}\n/e/{event.code}"
    post = say(here, here.ole, links)
    assert titles(post) == ["Binding agreements", "How? Binding agreements", "Opening conference"]


@pytest.mark.parametrize("place", ["nowhere", "above", "elsewhere"])
def test_a_link_into_another_event_says_nothing_of_it(place, app, event, conference):
    above = town(is_private=False)
    here = town(above.space)
    others = {"nowhere": None, "above": above.space, "elsewhere": town().space}
    aspect, concern = conference(others[place])
    anchor = f"/e/{event.code}#concern-{concern.id}"
    post = say(here, here.ole, f"/aspects/{aspect.id}\n{anchor}\n/e/{event.code}\n/aspects/9999")
    assert titles(post) == [None] * 4


def test_what_a_moderator_hid_is_not_shown(here, event, conference):
    _aspect, concern = conference(here.space)
    post = say(here, here.ole, f"/e/{event.code}#concern-{concern.id}")
    with transaction():
        concern.hide(True)
    assert titles(post) == [None]


def test_what_is_not_yet_shown_in_the_hall_is_not_shown_here(here, event, participant):
    with transaction():
        event.space_id = here.space.id
    poll = open_poll(event, event.items[1], hides_until_closed=True)
    concern = write(poll, participant, "Not yet")
    post = say(here, here.ole, f"/e/{event.code}#concern-{concern.id}")
    assert titles(post) == [None]


def test_the_cards_of_many_posts_are_one_query_for_each_kind(here, statements):
    def ask(posts):
        db.session.rollback()
        statements.clear()
        cards_of(posts)
        return len(statements)

    one = say(here, here.ole, f"/threads/{here.thread.id}")
    few = ask([one])
    others = [make_thread(here.forum, here.ines, f"T{n}") for n in range(4)]
    many = [say(here, here.ole, f"/threads/{t.id}") for t in others]
    assert ask([one, *many]) <= few + 4 + 1  # our own objects are read anew, one by one


def test_a_template_of_an_event_is_no_event_to_link(here):
    with transaction():
        template = events.create_event("Template", language="en", items=AGENDA)
        template.is_template, template.space_id = True, here.space.id
    post = say(here, here.ole, f"/e/{template.code}")
    assert titles(post) == [None]


def test_what_came_out_of_the_events_of_a_space_can_be_picked(
    here, elsewhere, reader, event, conference, browser
):
    aspect, concern = conference(here.space)
    url = f"/spaces/{here.space.id}/linkables"
    page = browser().sign_in(here.ole).get(url).text
    assert f'data-path="/aspects/{aspect.id}"' in page
    assert f'data-path="/e/{event.code}/results#concern-{concern.id}"' in page
    assert f'data-path="/e/{event.code}"' in page
    post = say(here, here.ole, f"/e/{event.code}/results#concern-{concern.id}")
    assert titles(post) == [concern.text]
    theirs = f"/spaces/{elsewhere.space.id}/linkables"
    assert "data-path" not in browser().sign_in(elsewhere.ole).get(theirs).text
    assert browser().sign_in(elsewhere.ole).get(url).status_code == 404
    assert browser().sign_in(reader).get(url).status_code == 403
    assert browser().get(url).status_code in (302, 303, 401)


def test_what_is_hidden_is_not_offered(here, event, conference, browser):
    _aspect, concern = conference(here.space)
    with transaction():
        concern.hide(True)
    page = browser().sign_in(here.ole).get(f"/spaces/{here.space.id}/linkables").text
    assert "#concern-" not in page
