"""What tests of files share: a space with a forum, a thread, and people in every role."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.accounts.models import Account
from app.database import transaction
from app.extensions import db
from app.files import actions
from app.files.models import File
from app.forums.models import Post, Thread
from app.permissions import SpaceRole
from app.spaces.models import Space
from tests.browsers import Browser
from tests.factories import look_again, make_forum, make_member, make_post, make_space, make_thread


@pytest.fixture
def space(app: Flask) -> Space:
    """A private space."""
    return make_space("Steering group South", allows_readers=True)


@pytest.fixture
def author(space: Space) -> Account:
    """Who adds files."""
    return make_member(space, name="Anna Author")


@pytest.fixture
def colleague(space: Space) -> Account:
    """Another member of the space."""
    return make_member(space, name="Carla Colleague")


@pytest.fixture
def reader(space: Space) -> Account:
    """Who only reads along."""
    return make_member(space, SpaceRole.READER, name="Rita Reader")


@pytest.fixture
def coordinator(space: Space) -> Account:
    """Who leads the space."""
    return make_member(space, SpaceRole.COORDINATOR, name="Cora Coordinator")


@pytest.fixture
def outsider(app: Flask) -> Account:
    """Somebody of another space."""
    return make_member(make_space("Elsewhere"), SpaceRole.COORDINATOR, name="Otto Outsider")


@pytest.fixture
def thread(space: Space, author: Account) -> Thread:
    """A thread in a forum of the space."""
    return make_thread(make_forum(space), author)


@pytest.fixture
def post(thread: Thread, author: Account) -> Post:
    """A post of the author."""
    return make_post(thread, author)


def send(
    here: Browser,
    space_id: int,
    data: bytes,
    name: str = "note.txt",
    key: str = "k1",
    place: str = "thread-1",
) -> Any:
    """Send a file as the composer does."""
    file = FileStorage(io.BytesIO(data), filename=name)
    boundary, body = encode_multipart({"file": file, "key": key, "place": place})
    kind = f"multipart/form-data; boundary={boundary}"
    return here.post(f"/spaces/{space_id}/files", data=body, content_type=kind)


def files() -> list[File]:
    """All files, oldest first."""
    look_again()
    return db.session.query(File).order_by(File.id).all()


@pytest.fixture
def bound(
    browser: Callable[..., Browser], space: Space, author: Account, post: Post
) -> Callable[..., File]:
    """A file that stands with the author's post: `bound(data, name)`."""

    def bind(data: bytes = b"Secret words", name: str = "note.txt", to: Post = post) -> File:
        key = f"key {len(files())}"
        assert send(browser().sign_in(author), space.id, data, name, key).status_code == 201
        file = files()[-1]
        with transaction():
            present = [f.id for f in files_of(to)]
            actions.set_files(db.session.get_one(Post, to.id), [*present, file.id], {})
        look_again()
        return db.session.get_one(File, file.id)

    return bind


def files_of(post: Post) -> list[File]:
    """The files that stand with a post."""
    return db.session.query(File).filter_by(post_id=post.id).order_by(File.id).all()
