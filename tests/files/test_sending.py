"""Files in the composer of a forum, with a script and without one."""

import io

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from app.extensions import db
from app.files.models import File
from app.forums.models import Post, Thread
from tests.factories import look_again, make_forum
from tests.files.conftest import files, files_of, send
from tests.files.samples import photo


@pytest.fixture
def anna(browser, author):
    return browser().sign_in(author)


def post_form(here, path, *uploads, **fields):
    """Send a form as a browser without a script does."""
    values = MultiDict({"text": "Words", "key": "k", "with-files": "1", **fields})
    for name, data in uploads:
        values.add("files", FileStorage(io.BytesIO(data), filename=name))
    values.add("files", FileStorage(io.BytesIO(b""), filename=""))
    boundary, body = encode_multipart(values)
    kind = f"multipart/form-data; boundary={boundary}"
    return here.post(path, data=body, content_type=kind)


def newest():
    look_again()
    return db.session.scalar(select(Post).order_by(Post.id.desc()).limit(1))


def test_a_post_comes_with_what_was_added_before(anna, space, thread):
    place = f"thread-{thread.id}"
    send(anna, space.id, photo(), "photo.jpg", place=place)
    (file,) = files()
    page = anna.get(f"/threads/{thread.id}").text
    assert f'value="{file.id}" checked' in page
    form = {
        "text": "See",
        "key": "p",
        "with-files": "1",
        "file": file.id,
        f"alt-{file.id}": "Chart",
    }
    assert anna.post(f"/threads/{thread.id}/posts", data=form).status_code == 303
    assert [f.id for f in files_of(newest())] == [file.id]
    page = anna.get(f"/threads/{thread.id}").text
    assert 'alt="Chart"' in page
    assert f'value="{file.id}" checked' not in page


def test_without_a_script_they_come_with_the_text(anna, thread):
    uploads = [("a.txt", b"first"), ("b.txt", b"second")]
    answer = post_form(anna, f"/threads/{thread.id}/posts", *uploads)
    assert answer.status_code == 303
    assert [file.name for file in files_of(newest())] == ["a.txt", "b.txt"]
    again = post_form(anna, f"/threads/{thread.id}/posts", *uploads)
    assert again.status_code == 303
    assert len(files()) == 2


def test_a_thread_begins_with_files(anna, space, thread):
    path = f"/forums/{thread.forum_id}/threads"
    answer = post_form(anna, path, ("a.txt", b"first"), title="New", key="n")
    assert answer.status_code == 303, answer.text
    assert [file.name for file in files_of(newest())] == ["a.txt"]
    assert db.session.scalar(select(Thread.title).order_by(Thread.id.desc())) == "New"


def test_one_that_is_refused_keeps_the_text_and_the_others(anna, thread):
    count = db.session.query(Post).count()
    place = f"thread-{thread.id}"
    uploads = [("good.txt", b"first"), ("bad.html", b"<script>")]
    answer = post_form(
        anna, f"/threads/{thread.id}/posts", *uploads, text="My long text", place=place
    )
    assert answer.status_code == 422
    assert "bad.html" in answer.text
    assert "My long text" in answer.text
    assert db.session.query(Post).count() == count
    assert "good.txt" in anna.get(f"/threads/{thread.id}").text


def test_a_look_ahead_keeps_what_was_added(anna, thread):
    place = f"thread-{thread.id}"
    answer = post_form(
        anna, f"/threads/{thread.id}/posts", ("a.txt", b"first"), place=place, preview="1"
    )
    assert answer.status_code == 200
    assert "a.txt" in answer.text
    assert f'value="{files()[0].id}" checked' in answer.text


def test_an_edit_leaves_or_takes_away(anna, post, bound):
    first, second = (bound(b"words", name).id for name in ("one.txt", "two.txt"))
    page = anna.get(f"/posts/{post.id}/edit").text
    assert "one.txt" in page
    assert "two.txt" in page
    path = f"/posts/{post.id}"
    form = {"text": "Other", "with-files": "1", "file": [second]}
    assert anna.post(path, data=form).status_code == 303
    assert [file.name for file in files_of(post)] == ["two.txt"]
    assert anna.get(f"/files/{first}").status_code == 404
    more = {"text": "More", "key": "e", "file": str(second)}
    assert post_form(anna, path, ("three.txt", b"three"), **more).status_code == 303
    assert [file.name for file in files_of(post)] == ["two.txt", "three.txt"]


def test_who_may_not_write_sends_no_files_with_it(browser, thread, reader, outsider):
    for person, status in ((reader, 403), (outsider, 404)):
        here = browser().sign_in(person)
        answer = post_form(here, f"/threads/{thread.id}/posts", ("a.txt", b"first"))
        assert answer.status_code == status
    assert not files()
    assert db.session.scalar(select(File)) is None


def test_another_forum_of_the_same_space_is_fine(anna, space, thread):
    send(anna, space.id, b"words", "a.txt", place=f"thread-{thread.id}")
    other = make_forum(space, "Other")
    form = {"title": "New", "text": "See", "key": "p", "with-files": "1", "file": files()[0].id}
    assert anna.post(f"/forums/{other.id}/threads", data=form).status_code == 303
    assert [file.name for file in files_of(newest())] == ["a.txt"]
