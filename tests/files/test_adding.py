"""Files that are added in a composer: kept, waiting, and nobody else's."""

import os
import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.database import now, transaction
from app.extensions import db
from app.files import actions, storage
from app.files.intake import tidy_name
from app.files.models import Leftover
from app.files.retention import delete_leftovers, drop_unsent, sweep
from tests.files.conftest import files, send
from tests.files.samples import office, pdf, photo, picture


@pytest.fixture
def anna(browser, author):
    return browser().sign_in(author)


def test_a_file_waits_with_its_owner(anna, space, author):
    answer = send(anna, space.id, pdf(), "Übersicht 2026.pdf")
    assert answer.status_code == 201
    (file,) = files()
    assert (file.name, file.kind, file.size) == ("Übersicht 2026.pdf", "pdf", len(pdf()))
    assert (file.account_id, file.space_id, file.post_id) == (author.id, space.id, None)
    assert "Übersicht 2026.pdf" in answer.text
    assert storage.path_of(file).read_bytes() == pdf()
    assert file.name not in str(storage.path_of(file))
    assert anna.get(f"/files/{file.id}").data == pdf()


def test_the_same_key_makes_it_once(anna, space):
    assert send(anna, space.id, b"words", key="a").status_code == 201
    assert send(anna, space.id, b"words", key="a").status_code == 201
    assert len(files()) == 1


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd.txt"),
        ("evil.html", "evil.html.txt"),
        ("photo.jpeg", "photo.txt"),
        ("gpj.\u202efdp.txt", "gpj.fdp.txt"),
        (".htaccess", "htaccess.txt"),
        ("x" * 300 + ".txt", "x" * 116 + ".txt"),
    ],
)
def test_the_name_is_made_harmless_and_ends_as_its_content_asks(anna, space, sent, kept):
    assert send(anna, space.id, b"Only words", sent).status_code == 201
    assert files()[0].name == kept


def test_names_of_other_systems_are_made_harmless_too():
    assert tidy_name("C:\\Users\\me\\Plan.txt") == "Plan.txt"
    assert tidy_name('a"b<c>|?*:.txt') == "abc.txt"
    assert tidy_name("..") == tidy_name("") == tidy_name("\u202e") == "file"


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "empty.txt", "is empty"),
        (b"<svg onload=alert(1)>", "picture.png", "kind of file"),
        (b"MZ\x90\x00\x03\x00", "letter.docx", "kind of file"),
        (office(more={"word/vbaProject.bin": "x"}), "letter.docx", "macros"),
        (pdf(b"<</S/JavaScript/JS(x)>>"), "form.pdf", "program"),
        (picture()[:50], "p.png", "damaged"),
        (office(more={"a": b"\0" * 9_000_000}), "bomb.docx", "packed"),
    ],
)
def test_what_is_refused_says_why_and_leaves_nothing(anna, space, data, name, reason):
    before = len(storage.older_than(storage.root(), time.time() + 60))
    answer = send(anna, space.id, data, name)
    assert answer.status_code == 422
    assert name in answer.text
    assert reason in answer.text
    assert not files()
    assert len(storage.older_than(storage.root(), time.time() + 60)) == before


def test_the_reason_is_in_the_persons_language(browser, author, space):
    answer = send(browser("en").sign_in(author), space.id, b"\x00\x00\x00\x18ftypheic")
    assert "HEIC" in answer.text


def test_a_file_may_be_larger_than_a_form_but_not_than_the_limit(anna, space, app):
    limit = app.extensions["settings"].upload_limit
    large = os.urandom(10).hex().encode() * (2 * 1024 * 1024 // 20)
    assert send(anna, space.id, large, "large.txt").status_code == 201
    answer = send(anna, space.id, b"x" * (limit + 1), "too-large.txt", key="b")
    assert answer.status_code == 422
    assert "10 MB" in answer.text
    assert send(anna, space.id, b"x" * (4 * limit), key="c").status_code == 413


def test_all_other_requests_stay_small(anna, browser, space, forgery_checked):
    body = {"name": "x" * (1024 * 1024 + 10)}
    assert anna.post("/profile", data=body).status_code == 413
    assert send(browser(), space.id, b"x" * (1024 * 1024 + 10)).status_code == 413


def test_one_day_has_its_measure(anna, space, monkeypatch, app):
    monkeypatch.setattr(actions, "MOST_A_DAY", 1)
    limit = app.extensions["settings"].upload_limit
    assert send(anna, space.id, b"x" * (limit - 100), key="a").status_code == 201
    answer = send(anna, space.id, b"x" * 200, key="b")
    assert answer.status_code == 429
    assert "tomorrow" in answer.text
    assert len(files()) == 1


def test_only_members_add(browser, space, reader, outsider):
    assert send(browser(), space.id, b"x").status_code == 401
    assert send(browser().sign_in(outsider), space.id, b"x").status_code == 404
    assert send(browser().sign_in(outsider), 9999, b"x").status_code == 404
    assert send(browser().sign_in(reader), space.id, b"x").status_code == 403
    assert not files()


def test_without_its_token_nothing_is_added(anna, space, forgery_checked):
    assert send(anna, space.id, b"x").status_code == 422


def test_what_waits_is_its_owners_alone(anna, browser, space, colleague, coordinator, outsider):
    send(anna, space.id, photo(), "photo.jpg")
    (file,) = files()
    for somebody in (colleague, coordinator, outsider):
        other = browser().sign_in(somebody)
        assert other.get(f"/files/{file.id}").status_code == 404
        assert other.get(f"/files/{file.id}/preview").status_code == 404
        assert other.delete(f"/files/{file.id}").status_code == 404
    assert browser().get(f"/files/{file.id}").status_code == 401
    assert browser().delete(f"/files/{file.id}").status_code == 401
    assert anna.get(f"/files/{file.id}/preview").status_code == 200


def test_its_owner_takes_it_back(anna, space):
    send(anna, space.id, photo(), "photo.jpg")
    (file,) = files()
    path, small, url = storage.path_of(file), storage.preview_path_of(file), f"/files/{file.id}"
    assert path.exists()
    assert small.exists()
    assert anna.delete(url).status_code == 303
    assert not files()
    assert anna.get(url).status_code == 404
    delete_leftovers()
    assert not path.exists()
    assert not small.exists()
    assert db.session.scalar(select(Leftover)) is None


def test_what_is_not_sent_is_gone_after_a_day(anna, space, bound):
    stays = bound()
    send(anna, space.id, b"old", key="a")
    send(anna, space.id, b"new", key="b")
    with transaction():
        for file in files()[:2]:
            file.created_at = now() - timedelta(hours=25)
    path = storage.path_of(files()[1])
    drop_unsent()
    assert [file.id for file in files()] == [stays.id, files()[1].id]
    delete_leftovers()
    assert not path.exists()


def test_bytes_that_no_row_knows_are_swept_away(anna, space, app):
    send(anna, space.id, picture(), "p.png")
    (file,) = files()
    lost = storage.keep(storage.root(), b"lost", b"small")
    fresh = storage.keep(storage.root(), b"fresh", None)
    yesterday = time.time() - 90_000
    for name in (lost, lost + storage.PREVIEW, file.stored, file.stored + storage.PREVIEW):
        os.utime(storage.place(storage.root(), name), (yesterday, yesterday))
    sweep()
    assert not storage.place(storage.root(), lost).exists()
    assert not storage.place(storage.root(), lost + storage.PREVIEW).exists()
    assert storage.place(storage.root(), fresh).exists()
    assert storage.path_of(file).exists()
    assert storage.preview_path_of(file).exists()
    storage.discard(fresh)
