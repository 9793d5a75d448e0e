"""A forum's feed is readable at one person's own address, for as long as they may read it."""

from datetime import timedelta
from html import unescape

import pytest
from defusedxml import ElementTree

from app.accounts import own_data
from app.accounts.models import Account
from app.database import now, transaction
from app.extensions import db
from app.feeds import actions
from app.feeds.addresses import address_of
from app.feeds.models import Feed
from app.forums.models import Post, Thread
from app.spaces import actions as spaces
from app.spaces.models import Membership, Space
from tests.factories import (
    make_forum,
    make_member,
    make_post,
    make_space,
    make_thread,
)

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def space(app):
    return make_space("Steering group South")


@pytest.fixture
def forum(space):
    return make_forum(space, "Cycling & <walking>")


@pytest.fixture
def ines(space):
    return make_member(space, name="Ines & Co")


@pytest.fixture
def mia(space):
    return make_member(space, name="Mia")


@pytest.fixture
def thread(forum, ines):
    return make_thread(forum, ines, "Racks & rails")


@pytest.fixture
def feed(forum, mia, thread):
    with transaction():
        return actions.make_feed(mia.id, forum)


def path_of(feed):
    return "/" + address_of(feed).split("/", 3)[3]


def entries(answer):
    return ElementTree.fromstring(answer.data).findall(f"{ATOM}entry")


def words(answer):
    return [unescape(entry.findtext(f"{ATOM}content")) for entry in entries(answer)]


def test_it_is_atom_with_what_was_written_newest_first(browser, feed, thread, ines):
    post = make_post(thread, ines, "Second & <b>bold</b>")
    answer = browser().get(path_of(feed))
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.data)
    assert root.tag == f"{ATOM}feed"
    assert root.findtext(f"{ATOM}title") == "Cycling & <walking> – Steering group South"
    assert root.find(f"{ATOM}link[@rel='self']").get("href").endswith(path_of(feed))
    newest, first = entries(answer)
    assert newest.findtext(f"{ATOM}title") == "Racks & rails"
    assert newest.find(f"{ATOM}author").findtext(f"{ATOM}name") == "Ines & Co"
    assert newest.find(f"{ATOM}content").get("type") == "html"
    assert newest.findtext(f"{ATOM}content") == post.html
    assert newest.find(f"{ATOM}link").get("href").endswith(f"/posts/{post.id}")
    ids = [entry.findtext(f"{ATOM}id") for entry in (newest, first)]
    assert len(set(ids)) == 2
    for moment in root.iter(f"{ATOM}updated"):
        assert moment.text.endswith("+00:00")


def test_what_no_xml_can_hold_is_left_out(browser, feed, thread, ines):
    make_post(thread, ines, "odd \x0b\x1f\ufffe end 🚲")
    assert "odd  end 🚲" in words(browser().get(path_of(feed)))[0]


def test_an_edit_makes_it_newer_but_the_same(browser, feed, thread, ines):
    post = make_post(thread, ines, "before")
    old = entries(browser().get(path_of(feed)))[0]
    with transaction():
        post = db.session.get_one(Post, post.id)
        post.html, post.edited_at = "<p>after</p>", now() + timedelta(minutes=1)
    new = entries(browser().get(path_of(feed)))[0]
    assert new.findtext(f"{ATOM}id") == old.findtext(f"{ATOM}id")
    assert new.findtext(f"{ATOM}updated") > old.findtext(f"{ATOM}updated")
    assert new.findtext(f"{ATOM}content") == "<p>after</p>"


def test_nothing_new_is_not_sent_again(browser, feed, thread, ines):
    first = browser().get(path_of(feed))
    tag, moment = first.headers["ETag"], first.headers["Last-Modified"]
    assert browser().get(path_of(feed), headers={"If-None-Match": tag}).status_code == 304
    assert browser().get(path_of(feed), headers={"If-Modified-Since": moment}).status_code == 304
    make_post(thread, ines)
    assert browser().get(path_of(feed), headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("how", ["hidden_at", "withdrawn_at", "thread"])
def test_what_is_hidden_is_not_in_it(browser, feed, thread, ines, how):
    post = make_post(thread, ines, "rude")
    with transaction():
        if how == "thread":
            db.session.get_one(Thread, thread.id).hidden_at = now()
        else:
            setattr(db.session.get_one(Post, post.id), how, now())
    assert "rude" not in str(words(browser().get(path_of(feed))))


def test_no_other_forum_is_in_it(browser, feed, space, ines):
    make_thread(make_forum(space, "Other"), ines, "Elsewhere")
    assert "Elsewhere" not in browser().get(path_of(feed)).text


@pytest.mark.parametrize("how", ["left", "deactivated", "deleted"])
def test_it_ends_with_the_right_to_read(browser, feed, space, mia, how):
    with transaction():
        account = db.session.get_one(Account, mia.id)
        if how == "left":
            spaces.let_go(db.session.get_one(Membership, (space.id, mia.id)))
        else:
            setattr(account, f"{how}_at", now())
    assert browser().get(path_of(feed)).status_code == 404


def test_a_space_made_private_ends_it_for_those_who_only_looked_in(browser, ines, app):
    top = make_space("Programme")
    below = make_space("Cluster", top, is_private=False)
    looker = make_member(top)
    forum = make_forum(below)
    with transaction():
        feed = actions.make_feed(looker.id, forum)
    assert browser().get(path_of(feed)).status_code == 200
    with transaction():
        spaces.set_privacy(db.session.get_one(Space, below.id), True)
    assert browser().get(path_of(feed)).status_code == 404


def test_an_address_is_worthless_once_another_is_made(browser, feed, mia, forum):
    old = path_of(feed)
    here = browser().sign_in(mia)
    assert here.post(f"/forums/{forum.id}/feed").status_code == 303
    assert browser().get(old).status_code == 404
    new = path_of(db.session.get_one(Feed, feed.id, populate_existing=True))
    assert browser().get(new).status_code == 200
    assert new in here.get(f"/forums/{forum.id}/feed").text


def test_or_once_it_is_ended(browser, feed, mia):
    path = path_of(feed)
    assert browser().sign_in(mia).delete(f"/feeds/{feed.id}").status_code == 303
    assert browser().get(path).status_code == 404


def test_a_made_up_address_is_nothing(browser, feed, space):
    other = make_forum(space, "Other")
    path = path_of(feed)
    assert (
        browser().get(path.replace(f"forum-{feed.forum_id}", f"forum-{other.id}")).status_code
        == 404
    )
    assert browser().get(f"/feeds/abc/forum-{feed.forum_id}.atom").status_code == 404


def test_outsiders_make_none_and_end_none(browser, feed, forum):
    outsider = browser().sign_in(make_member(make_space("Elsewhere")))
    assert outsider.post(f"/forums/{forum.id}/feed").status_code == 404
    assert outsider.get(f"/forums/{forum.id}/feed").status_code == 404
    assert outsider.delete(f"/feeds/{feed.id}").status_code == 404
    assert browser().post(f"/forums/{forum.id}/feed").status_code == 401
    assert browser().delete(f"/feeds/{feed.id}").status_code == 401


def test_asking_all_the_time_is_refused(browser, feed, limited):
    here = browser()
    answers = {here.get(path_of(feed)).status_code for _ in range(61)}
    assert answers == {200, 429}


def test_deleting_the_account_takes_it_along(feed, mia):
    id = feed.id
    assert own_data.export(mia)["feeds"][0]["forum"] == "Cycling & <walking>"
    with transaction():
        own_data.delete(mia, keep_words=True)
    assert db.session.get(Feed, id) is None
