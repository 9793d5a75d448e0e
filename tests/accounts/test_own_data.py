"""What becomes of an account's own data: taken along, and deleted."""

import io
import json
import zipfile

import pytest
from sqlalchemy import select

from app.accounts import actions
from app.database import locked, transaction
from app.extensions import db
from app.files import storage
from app.files.models import File
from app.files.retention import delete_leftovers
from app.forums.models import Post, Reading, Thread
from app.identity import Token
from app.spaces import actions as spaces
from app.spaces.models import Membership
from tests.accounts.conftest import PASSWORD
from tests.factories import look_again, make_forum, make_post, make_space, make_thread


@pytest.fixture
def space(member):
    made = make_space("Steering group South")
    with transaction():
        spaces.admit(made, member)
    return made


@pytest.fixture
def thread(space, member):
    return make_thread(make_forum(space), member, "My thread")


@pytest.fixture
def file(space, thread, member, browser):
    """A file that stands with a post of theirs."""
    form = {"file": (io.BytesIO(b"my file"), "mine.txt"), "key": "k"}
    browser().sign_in(member).post(f"/spaces/{space.id}/files", data=form)
    with transaction():
        found = db.session.scalar(select(File))
        found.post_id, found.space_id = thread.last_post_id, None
    return found


def delete(here, keep_words):
    form = {"password": PASSWORD, "keep_name": "yes", "keep_words": keep_words}
    answer = here.post("/profile/deletion", data=form)
    look_again()
    return answer


def test_all_goes_along_with_the_files(browser, member, thread, file):
    make_post(thread, member, "My second words")
    answer = browser().sign_in(member).get("/profile/data.zip")
    assert answer.content_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        data = json.loads(archive.read("dialograum.json"))
        assert archive.read(f"files/{file.id}-mine.txt") == b"my file"
    assert data["account"]["email"] == member.email
    assert [post["text"] for post in data["posts"]] == ["First words", "My second words"]
    assert data["posts"][0]["thread"] == "My thread"
    assert [f["name"] for f in data["files"]] == ["mine.txt"]
    assert browser().get("/profile/data.zip").status_code in (302, 401)


def test_words_stay_as_a_former_members(browser, member, space, thread, file):
    assert delete(browser().sign_in(member), "yes").status_code == 303
    post = db.session.scalar(select(Post))
    assert (post.text, post.account_id, post.is_withdrawn) == ("First words", None, False)
    assert db.session.get_one(Thread, thread.id).account_id is None
    kept = db.session.scalar(select(File))
    assert (kept.account_id, kept.post_id) == (None, post.id)
    assert storage.path_of(kept).exists()


def test_or_they_are_withdrawn_with_the_files(browser, member, space, thread, file):
    path = storage.path_of(file)
    assert delete(browser().sign_in(member), "no").status_code == 303
    post = db.session.scalar(select(Post))
    assert (post.text, post.html, post.account_id) == ("", "", None)
    assert post.is_withdrawn
    assert db.session.get_one(Thread, thread.id).post_count == 0
    assert db.session.scalar(select(File)) is None
    delete_leftovers()
    assert not path.exists()


@pytest.mark.parametrize("keep_words", ["yes", "no"])
def test_what_is_of_no_use_to_others_goes_in_any_case(browser, member, space, thread, keep_words):
    here = browser().sign_in(member)
    here.post("/profile/tokens", data={"token_name": "script"})
    form = {"file": (io.BytesIO(b"never sent"), "waits.txt"), "key": "k"}
    here.post(f"/spaces/{space.id}/files", data=form)
    with transaction() as session:
        session.add(Reading(account_id=member.id, thread_id=thread.id, post_id=1))
    assert delete(here, keep_words).status_code == 303
    for table in (File, Reading, Token, Membership):
        assert db.session.scalar(select(table)) is None


def test_the_words_of_others_stay(browser, member, space, thread, account):
    other = account(name="Otto Other", password_hash="none")
    with transaction():
        spaces.admit(space, other)
    theirs = make_post(thread, other, "Otto's words")
    delete(browser().sign_in(member), "no")
    post = db.session.get_one(Post, theirs.id)
    assert (post.text, post.account_id) == ("Otto's words", other.id)


def test_nothing_is_half_deleted(member, thread, monkeypatch):
    def fail(*_args, **_more):
        raise RuntimeError

    monkeypatch.setattr(actions.participations, "unlink", fail)
    with pytest.raises(RuntimeError), transaction():
        actions.delete_account(locked(type(member), member.id), keep_name=False, keep_words=False)
    look_again()
    assert db.session.scalar(select(Post.text)) == "First words"
    assert db.session.get_one(type(member), member.id).is_active
