"""Who may fetch a file, and how it is served."""

import pytest

from app.database import locked, now, transaction
from app.extensions import db
from app.files import storage
from app.files.models import File
from app.forums import actions as forums
from app.forums.models import Post, Thread
from app.spaces import actions as spaces
from app.spaces.identity import member_of
from app.spaces.models import Membership, Space, SpaceKind
from tests.factories import look_again, make_member, make_space
from tests.files.conftest import files
from tests.files.samples import pdf, photo


@pytest.fixture
def statuses(browser):
    """What each gets who asks for a file."""

    def ask(file, *people):
        return [
            (browser().sign_in(person) if person else browser())
            .get(f"/files/{file.id}")
            .status_code
            for person in people
        ]

    return ask


def test_those_who_read_the_post_fetch_its_files(
    bound, statuses, author, colleague, reader, coordinator, outsider, account
):
    file = bound()
    assert statuses(file, author, colleague, reader, coordinator) == [200] * 4
    assert statuses(file, outsider, account(), None) == [404, 404, 401]
    admin = account(standing="admin", password_hash="none")
    assert statuses(file, admin) == [404]


def test_who_leaves_fetches_nothing_any_more(bound, statuses, space, author, colleague):
    file = bound()
    with transaction():
        for person in (author, colleague):
            spaces.let_go(db.session.get_one(Membership, (space.id, person.id)))
    assert statuses(file, author, colleague) == [404, 404]


def test_a_space_that_becomes_private_closes_its_files(app, browser, statuses, author):
    pytest.importorskip("app.files")
    tree = make_space("Programme", kind=SpaceKind.PROGRAMME, is_private=False)
    neighbour = make_member(make_space("Cluster 2", tree))
    place = make_space("Cluster 1", tree, is_private=False)
    writer = make_member(place)
    from tests.factories import make_forum, make_post, make_thread
    from tests.files.conftest import send

    post = make_post(make_thread(make_forum(place), writer), writer)
    assert send(browser().sign_in(writer), place.id, b"words").status_code == 201
    (file,) = files()
    from app.files.actions import set_files

    with transaction():
        set_files(db.session.get_one(Post, post.id), [file.id], {})
    assert statuses(file, writer, neighbour) == [200, 200]
    with transaction():
        spaces.set_privacy(db.session.get_one(Space, place.id), True)
    assert statuses(file, writer, neighbour) == [200, 404]


def test_readers_fetch_only_while_the_space_allows_them(bound, statuses, space, reader):
    file = bound()
    with transaction():
        locked(Space, space.id).allows_readers = False
    assert statuses(file, reader) == [404]


def test_what_is_hidden_is_for_coordinators_and_its_author(
    bound, statuses, post, author, colleague, reader, coordinator, outsider
):
    file = bound()
    with transaction():
        locked(Post, post.id).hide(True)
    assert statuses(file, author, coordinator) == [200, 200]
    assert statuses(file, colleague, reader, outsider) == [404] * 3


def test_in_a_hidden_thread_for_coordinators_alone(
    bound, statuses, thread, author, colleague, coordinator
):
    file = bound()
    with transaction():
        locked(Thread, thread.id).hidden_at = now()
    assert statuses(file, author, colleague, coordinator) == [404, 404, 200]


def test_what_is_withdrawn_takes_its_files_along(bound, statuses, post, space, author, coordinator):
    file = bound()
    path = storage.path_of(file)
    with transaction():
        member = member_of(db.session.get_one(Space, space.id), author)
        forums.withdraw_post(locked(Post, post.id), member)
    assert statuses(file, author, coordinator) == [404, 404]
    assert not files()
    from app.files.retention import delete_leftovers

    delete_leftovers()
    assert not path.exists()


def test_a_deactivated_account_fetches_nothing(bound, browser, colleague):
    file = bound()
    here = browser().sign_in(colleague)
    with transaction():
        locked(type(colleague), colleague.id).deactivated_at = now()
    assert here.get(f"/files/{file.id}").status_code == 401


def test_documents_are_saved_and_never_shown(bound, browser, colleague):
    file = bound(pdf(), "Bericht über Köln.pdf")
    answer = browser().sign_in(colleague).get(f"/files/{file.id}")
    assert answer.data == pdf()
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "Bericht%20%C3%BCber%20K%C3%B6ln.pdf" in answer.headers["Content-Disposition"]
    assert answer.content_type == "application/pdf"
    harmless(answer)


def test_pictures_are_shown_as_we_have_drawn_them(bound, browser, colleague):
    file = bound(photo(), "photo.jpg")
    here = browser().sign_in(colleague)
    for path, kind in (
        (f"/files/{file.id}", "image/jpeg"),
        (f"/files/{file.id}/preview", "image/webp"),
    ):
        answer = here.get(path)
        assert answer.content_type == kind
        assert answer.headers["Content-Disposition"].startswith("inline;")
        assert b"Secret" not in answer.data
        assert b"Exif" not in answer.data
        harmless(answer)


def harmless(answer):
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_a_copy_in_the_browser_is_only_good_after_asking(bound, browser, space, colleague):
    file = bound(photo(), "photo.jpg")
    here = browser().sign_in(colleague)
    tag = here.get(f"/files/{file.id}/preview").headers["ETag"]
    again = here.get(f"/files/{file.id}/preview", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.headers["Cache-Control"] == "private, no-cache"
    with transaction():
        spaces.let_go(db.session.get_one(Membership, (space.id, colleague.id)))
    assert here.get(f"/files/{file.id}/preview", headers={"If-None-Match": tag}).status_code == 404


def test_only_pictures_have_a_small_one(bound, browser, author):
    file = bound()
    assert browser().sign_in(author).get(f"/files/{file.id}/preview").status_code == 404


def test_bytes_that_are_lost_are_not_there(bound, browser, author):
    file = bound()
    storage.discard(file.stored)
    assert browser().sign_in(author).get(f"/files/{file.id}").status_code == 404


def test_readable_files_are_those_of_shown_posts(bound, post, author, colleague, outsider, app):
    from sqlalchemy import select

    from app.files.permissions import files_readable_by

    file = bound()

    def readable(person):
        look_again()
        return list(db.session.scalars(select(File.id).where(files_readable_by(person.id))))

    assert readable(author) == readable(colleague) == [file.id]
    assert readable(outsider) == []
    with transaction():
        locked(Post, post.id).hide(True)
    assert readable(author) == readable(colleague) == []
