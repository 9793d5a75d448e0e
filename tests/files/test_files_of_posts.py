"""Files that stand with posts: bound, described, shown, taken away again."""

import pytest
from werkzeug.datastructures import MultiDict

from app.database import transaction
from app.errors import Conflict, Invalid
from app.extensions import db
from app.files import actions
from app.files.composer import part
from app.files.facts import FileDropped, FileKept
from app.forums.models import Post
from app.outbox import _followers
from tests.factories import look_again, make_post
from tests.files.conftest import files, files_of, send
from tests.files.samples import pdf, photo


@pytest.fixture
def anna(browser, author):
    return browser().sign_in(author)


@pytest.fixture
def heard(app):
    """The facts about files that other features could follow."""
    facts = []
    for kind in (FileKept, FileDropped):
        _followers.setdefault(kind, []).append(facts.append)
    yield facts
    for kind in (FileKept, FileDropped):
        _followers[kind].remove(facts.append)


def keep(post, *ids, **more):
    form = MultiDict([("with-files", "1"), *(("file", str(id)) for id in ids), *more.items()])
    with transaction():
        part.keep(db.session.get_one(Post, post.id), form)
    look_again()


def test_what_was_added_is_bound_and_told_of(anna, space, post, heard):
    send(anna, space.id, photo(), "photo.jpg")
    (file,) = files()
    keep(post, file.id, **{f"alt-{file.id}": " A flip chart\x00 "})
    (file,) = files_of(post)
    assert (file.alt, file.space_id, file.waits_in) == ("A flip chart", None, "")
    assert heard == [FileKept(file.id)]
    keep(post, file.id)
    assert heard == [FileKept(file.id)]
    assert files_of(post)[0].alt == "A flip chart"


def test_an_edit_takes_away_what_is_no_longer_sent(anna, space, post, bound, heard):
    first, second = bound(b"one"), bound(b"two")
    heard.clear()
    keep(post, second.id)
    assert [file.id for file in files()] == [second.id]
    assert heard == [FileDropped(first.id)]


def test_what_comes_without_a_composer_leaves_them(bound, post):
    file = bound()
    with transaction():
        part.keep(db.session.get_one(Post, post.id), MultiDict({"text": "Other words"}))
    assert [f.id for f in files_of(post)] == [file.id]


def test_nobody_binds_what_is_not_theirs(browser, space, thread, post, colleague, bound):
    send(browser().sign_in(colleague), space.id, b"Carla's")
    hers = files()[0]
    with pytest.raises(Conflict):
        keep(post, hers.id)
    elsewhere = bound()
    with pytest.raises(Conflict):
        keep(make_post(thread, colleague), elsewhere.id)
    with pytest.raises(Conflict):
        keep(post, 99999)
    assert files()[0].post_id is None


def test_nor_in_another_space(anna, browser, space, post, author, app):
    from app.spaces import actions as spaces
    from tests.factories import make_space

    other = make_space("Elsewhere")
    with transaction():
        spaces.admit(other, author)
    send(anna, other.id, b"words")
    with pytest.raises(Conflict):
        keep(post, files()[0].id)


def test_there_is_a_most(anna, space, post):
    for number in range(actions.MOST_OF_A_POST + 1):
        send(anna, space.id, b"words", key=f"k{number}")
    ids = [file.id for file in files()]
    with pytest.raises(Invalid):
        keep(post, *ids)
    keep(post, *ids[:-1])
    assert len(files_of(post)) == actions.MOST_OF_A_POST


def test_the_card_shows_them(app, bound, post):
    bound(pdf(), "Konzept.pdf")
    bound(photo(), "photo.jpg")
    with app.test_request_context():
        from flask import render_template

        loaded = part.load([db.session.get_one(Post, post.id)])
        card = render_template(part.template, post=post, part=loaded[post.id])
    assert "Konzept.pdf" in card
    assert 'alt="photo.jpg"' in card
    assert f"/files/{files()[1].id}/preview" in card


def test_the_composer_offers_again_what_waits(anna, app, space, post, author, bound):
    send(anna, space.id, b"words", "waits.txt", place="thread-7")
    bound(b"words", "bound.txt")
    from flask import render_template
    from flask_login import login_user

    def composer(place):
        with app.test_request_context():
            login_user(author)
            return render_template(part.composer, space=space, place=place)

    assert "waits.txt" in composer("thread-7")
    assert "waits.txt" not in composer("thread-8")
    assert "bound.txt" in composer(f"post-{post.id}")


def test_one_query_loads_those_of_a_window(thread, author, bound, statements):
    posts = [make_post(thread, author) for _ in range(5)]
    for each in posts[:3]:
        bound(to=each)
    rows = [db.session.get_one(Post, each.id) for each in posts]
    statements.clear()
    assert set(part.load(rows)) == {each.id for each in posts[:3]}
    assert len([s for s in statements if "FROM file" in s]) == 1
