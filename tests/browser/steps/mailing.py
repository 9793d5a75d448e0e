"""Mails that the server sends, and what can be done with their links in a browser that is new."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import requests
from playwright.sync_api import expect
from sqlalchemy import func, select

from app.database import now, transaction
from app.extensions import db
from app.forums.models import Thread
from app.notifications.models import NotificationEntry, Preferences, ThreadMail, Way
from tests.browser.actors import Participant
from tests.browser.person import Person
from tests.browser.programme import FIELD, PATIENCE, SEND, Programme, sends
from tests.factories import look_again

ENDED = "Dieser Link gilt nicht mehr"
LINK = re.compile(r"https?://[^/\s]+(/m/\S+)")


def a_mention_opens_its_thread_with_one_click(p: Programme) -> None:
    thread = p.thread("Ines Vogt", "Wer kommt im März?")
    other = p.thread("Ines Vogt", "Etwas anderes")
    ines = p.enters("Ines Vogt")
    ines.open(f"/threads/{thread.id}")
    _names(ines, "Ole", "bringen Sie die Karten mit?")
    mail = p.mail("Ole Ahrens", _is_about(thread))
    assert "bringen Sie die Karten mit?" in mail.get_content()
    link = _link(mail)

    ole = Participant(p.hall, "Ole, not signed in")
    _is_opened(ole, thread, link)
    expect(ole.sees(".forum-post", "bringen Sie die Karten mit?")).to_be_in_viewport()
    ole.find(FIELD).fill("Ja, ich bringe sie mit.")
    ole.press(SEND)
    ole.sees(".forum-post", "Ja, ich bringe sie mit.")
    expect(ines.finds(".forum-post", "Ja, ich bringe sie mit.")).to_contain_text("Ole Ahrens")

    _opens_nothing_else(ole, [f"/threads/{other.id}", f"/spaces/{p.north.id}", "/spaces"])
    late = Person(p.hall, "A stranger who found the mail")
    with late.refused(410):
        assert late.open(link) == 410
    late.sees("h1", ENDED)
    with late.refused(401):
        assert late.open(f"/threads/{thread.id}") == 401
    late.does_not_read(thread.title, "Karten")


def a_mail_is_ended_with_one_click(p: Programme) -> None:
    """Ole by a button, Cem by what his mail program sends; the third time nobody is left."""
    p.member("Uta Umland", p.north)
    thread = p.thread("Ines Vogt", "Viele Worte")
    ines = p.enters("Ines Vogt")
    ines.open(f"/threads/{thread.id}")
    for name in ("Ole", "Cem"):
        _names(ines, name, "wie sehen Sie das?")
    mails = [p.mail(name, _is_about(thread)) for name in ("Ole Ahrens", "Cem Schuster")]
    by_button, by_program = (_stop_address(mail) for mail in mails)

    ole = Participant(p.hall, "Ole, not signed in")
    assert ole.open(by_button) == 200
    ole.sees("h1", "Keine E-Mails mehr?")
    ole.press("main .btn-primary")
    ole.sees("main", "Sie erhalten keine E-Mails mehr zu „Viele Worte“")
    sent = requests.post(
        p.hall.server.url + by_program, {"List-Unsubscribe": "One-Click"}, timeout=10
    )
    assert sent.status_code == 200

    _a_quarter_of_an_hour_passes()
    for name in ("Ole", "Cem", "Uta"):  # she is told last, and wishes to hear of it
        _names(ines, name, "und jetzt?")
    p.mail("Uta Umland", _is_about(thread))
    for name in ("Ole Ahrens", "Cem Schuster"):
        about = list(filter(_is_about(thread), p.mails(str(p.accounts[name].email))))
        assert len(about) == 1, name


def a_digest_has_a_link_to_each_thread(p: Programme) -> None:
    """Cem wishes for one mail a day, of everything in the north."""
    cem = p.enters("Cem Schuster")
    cem.open(f"/spaces/{p.north.id}")
    cem.press(".notify-menu summary")
    cem.find(".notify-menu input[value=digest]").check()
    cem.press(".notify-menu button[type=submit]")
    cem.sees(".notify-menu summary", "gesammelt")
    cem.open("/notifications/settings")
    cem.find("input[name=rhythm][value=daily]").check()
    cem.press("#notification-form .btn-primary")
    cem.sees("main", "Die nächste Sammel-E-Mail kommt")

    first, second = (p.thread("Ines Vogt", title) for title in ("Erstes Thema", "Zweites Thema"))
    ole = p.enters("Ole Ahrens")
    ole.open(f"/threads/{second.id}")
    sends(ole, "Das gehört dazu.")
    _is_gathered(p.accounts["Cem Schuster"].id, 3)
    _its_hour_comes(p.accounts["Cem Schuster"].id)
    mail = p.mail("Cem Schuster", lambda mail: "Ihr Tag" in mail["Subject"])
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text = mail.get_content()
    assert "> Das gehört dazu." in text
    assert text.count("/m/") == 2

    reader = Participant(p.hall, "Cem, not signed in")
    _is_opened(reader, second, _link(mail, "Zweites Thema"))
    reader.sees(".forum-post", "Das gehört dazu.")
    _opens_nothing_else(reader, [f"/threads/{first.id}"])
    assert len(p.mails(str(p.accounts["Cem Schuster"].email))) == 1  # nothing came by itself


def _names(author: Person, name: str, words: str) -> None:
    """Write to somebody by name, chosen from the list."""
    field = author.sees(FIELD)
    field.press_sequentially(f"@{name}")
    author.sees("[role=option][aria-selected=true]", name)
    field.press("Enter")
    field.press_sequentially(words)
    sends(author)


def _is_about(thread: Thread) -> Callable[[EmailMessage], bool]:
    title = thread.title
    return lambda mail: title in mail["Subject"]


def _link(mail: EmailMessage, after: str = "") -> str:
    """The path of the first link behind a title."""
    found = LINK.search(mail.get_content().partition(after)[2] if after else mail.get_content())
    assert found, mail.get_content()
    return found[1]


def _stop_address(mail: EmailMessage) -> str:
    found = re.fullmatch(r"<https?://[^/]+(/notifications/stop/\S+)>", mail["List-Unsubscribe"])
    assert found, mail["List-Unsubscribe"]
    return found[1]


def _is_opened(person: Person, thread: Thread, link: str) -> None:
    """Opening it shows one button, as often as one looks; the button leads into the thread."""
    for _ in range(2):
        assert person.open(link) == 200
        person.knows_nothing_of(thread.title)
    expect(person.find("main button")).to_have_count(1)
    person.is_usable()
    person.press("main button", "Thema öffnen")
    person.sees("h1", thread.title)


def _opens_nothing_else(person: Person, paths: list[str]) -> None:
    for path in paths:
        with person.refused(401):
            assert person.open(path) == 401, path


def _a_quarter_of_an_hour_passes() -> None:
    """Mails about one thread to one person are that far apart."""
    look_again()
    with transaction():
        for sent in db.session.scalars(select(ThreadMail)):
            sent.last_at -= timedelta(minutes=16)


def _is_gathered(account_id: int, count: int) -> None:
    """Wait until the ledger has this many posts for somebody's digest."""
    mine = (NotificationEntry.account_id == account_id, NotificationEntry.waits_for == Way.DIGEST)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        look_again()
        if db.session.scalar(select(func.count(NotificationEntry.post_id)).where(*mine)) == count:
            return
        time.sleep(0.05)
    raise AssertionError(f"not {count} posts are gathered")


def _its_hour_comes(account_id: int) -> None:
    look_again()
    with transaction():
        db.session.get_one(Preferences, account_id).next_digest_at = now() - timedelta(minutes=1)
