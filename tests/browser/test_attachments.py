"""Two members at once: one adds files to a post, the other gets them; others get nothing."""

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.accounts.models import Account
from app.permissions import SpaceRole
from tests.browser.person import Hall, Person
from tests.factories import make_forum, make_member, make_space, make_thread
from tests.files.samples import office, pdf, photo

pytestmark = pytest.mark.browser


def enter(app: Flask, hall: Hall, account: Account) -> Person:
    """Somebody who is signed in on their device."""
    person = Person(hall, account.name, language="en")
    session = {"_user_id": account.get_id(), "_fresh": True}
    cookie = app.session_interface.get_signing_serializer(app).dumps(session)  # type: ignore[attr-defined]
    person.context.add_cookies([{"name": "dialograum", "value": cookie, "url": hall.server.url}])
    return person


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder with files of all sorts."""
    folder = tmp_path / "to send"
    folder.mkdir()
    for name, data in {
        "Concept.pdf": pdf(),
        "Flipchart.jpg": photo(size=(1200, 900)),
        "Macros.docx": office(more={"word/vbaProject.bin": "x"}),
        "page.html": b"<script>alert(1)</script>",
    }.items():
        (folder / name).write_bytes(data)
    return folder


def test_files_are_refused_added_seen_and_saved(app: Flask, hall: Hall, kept: Path) -> None:
    space = make_space("Steering group South")
    anna = make_member(space, SpaceRole.MEMBER, "Anna")
    ben = make_member(space, SpaceRole.MEMBER, "Ben")
    olga = make_member(make_space("Elsewhere"), SpaceRole.COORDINATOR, "Olga")
    thread = make_thread(make_forum(space), anna)
    author, reader, outsider = (enter(app, hall, each) for each in (anna, ben, olga))
    for person in (author, reader):
        assert person.open(f"/threads/{thread.id}") == 200

    field = author.find("file-picker input[type=file]")
    with author.refused(422):
        field.set_input_files([kept / "Macros.docx", kept / "page.html"])
        author.sees(".file-row.is-refused", "Macros.docx: The file contains macros")
        author.sees(".file-row.is-refused", "page.html: This kind of file is not taken")
    for name in ("Macros.docx", "page.html"):
        author.find(".file-row.is-refused", name).locator("button").click()
    field.set_input_files([kept / "Concept.pdf", kept / "Flipchart.jpg"])
    author.sees(".file-row", "Concept.pdf")
    author.sees(".file-row-alt input").fill("A flip chart")
    author.is_usable()

    author.reload()
    author.sees(".file-row", "Concept.pdf")
    author.sees(".file-row-alt input").fill("A flip chart")
    author.find("textarea[name=text]").fill("Here they are.")
    author.press(".composer button.btn-primary")
    author.sees(".file-card", "Concept.pdf")
    expect(author.find(".file-rows > *")).to_have_count(0)

    reader.finds(".post", "Here they are.")
    picture = reader.sees('.file-pictures img[alt="A flip chart"]')
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 480
    with reader.page.expect_download() as started:
        reader.press(".file-card", "Concept.pdf")
    assert started.value.suggested_filename == "Concept.pdf"
    assert Path(started.value.path()).read_bytes() == pdf()
    reader.is_usable()

    address = reader.find(".file-card").get_attribute("href") or ""
    with outsider.refused(404):
        assert outsider.open(address) == 404
