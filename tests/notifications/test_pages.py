"""The bell, the page of news, and what can be chosen."""

import pytest

from app.database import now, transaction
from app.extensions import db
from app.forums import actions as forums
from app.forums.models import Post, Thread
from app.notifications import queries
from app.notifications.facts import NotificationsChanged
from app.notifications.models import Level, Preferences, Rhythm, SpaceLevel, ThreadLevel
from app.realtime import View
from app.spaces import actions as spaces
from app.spaces.models import Membership
from tests.ears import Ear
from tests.factories import make_member, make_post, make_space, make_thread


@pytest.fixture
def at(browser, mia):
    """Mia's browser."""
    return browser().sign_in(mia)


@pytest.fixture
def eager(mia, wishes):
    """Mia wishes to hear of everything."""
    wishes(mia, Level.ALL)
    return mia


def count(account):
    return queries.counts([account.id]).get(account.id, 0)


def test_the_bell_counts_threads_with_something_new(forum, thread, ines, eager, told, at):
    assert "bell-count" not in at.get("/profile").text
    make_post(thread, ines)
    make_post(thread, ines)
    make_thread(forum, ines, "Parking")
    told()
    assert count(eager) == 2
    assert 'class="bell-count">2<' in at.get("/profile").text


def test_opening_the_page_has_seen_it(thread, ines, eager, told, at):
    make_post(thread, ines)
    told()
    assert 'is-new" id="news-' in at.get("/notifications").text
    assert count(eager) == 0
    page = at.get("/notifications").text
    assert thread.title in page
    assert 'is-new" id="news-' not in page


def test_grouped_by_thread_with_who_wrote(thread, space, ines, eager, told, at):
    for name in ("Cem Schuster", "Ada Auer"):
        make_post(thread, make_member(space, name=name))
    make_post(thread, ines)
    told()
    assert "3 posts by Ines Vogt, Ada Auer and one more" in at.get("/notifications").text


def test_reading_the_thread_clears_it(thread, ines, eager, told, announced):
    post = make_post(thread, ines)
    told()
    with transaction():
        forums.note_reading(db.session.get_one(Thread, thread.id), eager.id, post.id)
    assert count(eager) == 0
    assert announced(eager.channel)[-1] == NotificationsChanged(eager.id)


def test_reading_on_where_nothing_was_told_says_nothing(thread, ines, mia, announced):
    post = make_post(thread, ines)
    with transaction():
        forums.note_reading(db.session.get_one(Thread, thread.id), mia.id, post.id)
    assert NotificationsChanged(mia.id) not in announced(mia.channel)


def test_the_bell_rings_on_all_pages_of_that_person_alone(app, thread, ines, eager, told):
    ear = Ear.of(app, eager, View.PERSON, "en", eager.channel)
    other = Ear.of(app, ines, View.PERSON, "en", ines.channel)
    make_post(thread, ines)
    told()
    assert f'id="bell-{eager.id}"' in ear.html
    assert "bell-" not in other.html


@pytest.mark.parametrize("how", ["left", "hidden"])
def test_what_may_not_be_read_any_more_is_not_listed(space, thread, ines, eager, told, at, how):
    post = make_post(thread, ines, "secret words")
    told()
    with transaction():
        if how == "left":
            spaces.let_go(db.session.get_one(Membership, (space.id, eager.id)))
        else:
            db.session.get_one(Post, post.id).hidden_at = now()
    assert count(eager) == 0
    assert thread.title not in at.get("/notifications").text


def test_nobody_sees_the_news_of_others(browser, ines, thread, eager, told):
    make_post(thread, ines)
    told()
    assert thread.title not in browser().sign_in(ines).get("/notifications").text
    assert browser().get("/notifications").status_code == 302


def test_a_choice_for_everything_is_kept(at, mia):
    sent = {
        "level": "all",
        "rhythm": "daily",
        "weekday": "4",
        "hour": "17",
        "time_zone": "Europe/Vienna",
    }
    assert at.post("/notifications/settings", data=sent).status_code == 303
    kept = db.session.get_one(Preferences, mia.id)
    assert (kept.level, kept.rhythm, kept.weekday, kept.hour) == (Level.ALL, Rhythm.DAILY, 4, 17)
    assert kept.next_digest_at > now()
    assert not kept.event_digest
    page = at.get("/notifications/settings").text
    assert "17:00" in page


def test_nonsense_is_refused(at, mia):
    sent = {"level": "loud", "rhythm": "daily", "weekday": "9", "hour": "17"}
    assert at.post("/notifications/settings", data=sent).status_code == 422
    assert db.session.get(Preferences, mia.id) is None


def test_a_choice_for_a_space_and_back(at, mia, space):
    assert at.post(f"/spaces/{space.id}/notifications", data={"level": "digest"}).status_code == 303
    assert db.session.get_one(SpaceLevel, (mia.id, space.id)).level == Level.DIGEST
    assert space.name in at.get("/notifications/settings").text
    at.post(f"/spaces/{space.id}/notifications", data={"level": ""})
    assert db.session.get(SpaceLevel, (mia.id, space.id)) is None


def test_a_choice_for_a_thread_says_what_it_means(at, mia, thread):
    path = f"/threads/{thread.id}/notifications"
    answer = at.post(path, data={"level": "silent"}, follow_redirects=True)
    assert "You are not notified of anything here" in answer.text
    assert db.session.get_one(ThreadLevel, (mia.id, thread.id)).level == Level.SILENT
    assert at.post(path, data={"level": "loud"}).status_code == 422


def test_the_thread_shows_what_it_inherits(at, mia, thread, space, wishes):
    wishes(mia, Level.ALL, space)
    page = at.get(f"/threads/{thread.id}").text
    assert "You get a mail about each new post" in page
    assert f"Set in: {space.name}." in page


def test_outsiders_choose_nothing(browser, thread, space):
    outsider = browser().sign_in(make_member(make_space("Elsewhere")))
    data = {"level": "all"}
    for path in (f"/threads/{thread.id}/notifications", f"/spaces/{space.id}/notifications"):
        assert outsider.post(path, data=data).status_code == 404
        assert browser().post(path, data=data).status_code == 401


def test_an_account_takes_its_own_along_and_leaves_nothing(thread, ines, eager, told, app):
    from app.accounts import own_data
    from app.notifications.models import NotificationEntry

    post = make_post(thread, ines)
    told()
    exported = own_data.export(eager)["notifications"]
    assert exported["level"] == "all"
    assert exported["told"][0]["post"] == post.id
    with transaction():
        own_data.delete(eager, keep_words=True)
    assert db.session.get(NotificationEntry, (eager.id, post.id)) is None
    assert db.session.get(Preferences, eager.id) is None
