"""A member's way through a forum, by phone."""

from dataclasses import dataclass

from app import identity
from app.accounts import passwords
from app.accounts.models import Account
from app.database import transaction
from app.forums.models import Forum, Thread
from app.identity import TokenKind
from app.spaces import actions as spaces
from tests.browser.engines.others import Caller
from tests.browser.engines.phone import Phone
from tests.browser.programme import FIELD, SEND
from tests.factories import make_account, make_forum, make_post, make_space, make_thread
from tests.live_server import LiveServer

PASSWORD = "correct horse battery"
CLINICS = "Wir gehen in die Geburtskliniken."
THANKS = "danke, das hilft uns für die Größe Süd."
MORE = "Und wann?"
LONG = "So haben wir das gemacht. " * 15
UNREAD = 12


@dataclass
class Group:
    """A space with a thread, whose owner of a phone is signed in by hand, and who writes there."""

    forum: Forum
    thread: Thread
    ole: Account
    oles_program: Caller
    ines: Account
    ines_program: Caller

    def unread(self) -> int:
        """How much of the thread is new to Ole."""
        path = f"/forums/{self.forum.id}/threads"
        return int(self.oles_program.call("GET", path)["threads"][0]["unread"])


def group(server: LiveServer) -> Group:
    """Ole's and Ines's group; a thread in it has six posts."""
    hash = passwords.hashed(PASSWORD)
    ole, ines = (
        make_account(name=name, language="de", password_hash=hash)
        for name in ("Ole Ahrens", "Ines Vogt")
    )
    space = make_space("Umsetzungsgruppe Nord")
    with transaction():
        for account in (ole, ines):
            spaces.admit(space, account)
    forum = make_forum(space, "Wege zu Familien")
    thread = make_thread(forum, ines, "Wer geht in die Kliniken?")
    for number in range(5):
        make_post(thread, ines, f"{LONG} Nr. {number}")
    with transaction():
        tokens = [identity.issue(TokenKind.API, account_id=each.id) for each in (ole, ines)]
    oles, ineses = (Caller(server, token) for token in tokens)
    return Group(forum, thread, ole, oles, ines, ineses)


def signs_in(phone: Phone, group: Group) -> None:
    phone.open("/sign-in")
    phone.writes("#email", str(group.ole.email))
    phone.writes("#password", PASSWORD)
    phone.looks("sign-in")
    phone.tap("#sign-in button[type=submit]")
    phone.sees(".account-menu")
    phone.looks("home")


def reads_what_comes(phone: Phone, group: Group) -> None:
    phone.open(f"/threads/{group.thread.id}")
    phone.sees(".forum-post", "Nr. 4")
    phone.looks("thread")
    group.ines_program.write(f"/threads/{group.thread.id}/posts", CLINICS)
    phone.finds(".forum-post", CLINICS)


def thanks_and_opens_what_folds(phone: Phone, group: Group) -> None:
    phone.tap(".forum-post", CLINICS, ".reactions button")
    phone.sees(".forum-post", CLINICS, ".reactions [aria-pressed=true]")
    phone.tap(".forum-post", CLINICS, ".menu summary")
    phone.sees(".forum-post", CLINICS, ".menu[open] ul")
    phone.looks("menu")
    phone.tap(".thread-head")
    phone.does_not_see(".menu[open]")
    phone.tap("link-picker [data-open]")
    phone.sees("dialog.link-picker[open]")
    phone.looks("dialog")
    phone.tap("dialog.link-picker [data-close]")
    phone.does_not_see("dialog.link-picker")


def replies_and_mentions_somebody(phone: Phone, group: Group) -> None:
    phone.tap(".forum-post", CLINICS, "a[data-reply]")
    phone.sees(".reply-place form [data-replying]")
    phone.types(FIELD, "@Ine")
    phone.sees("mention-list [role=option]", "Ines Vogt")
    phone.looks("mention")
    phone.tap("mention-list [role=option]", "Ines Vogt")
    phone.types(FIELD, THANKS)
    phone.holds(FIELD, f"@Ines Vogt {THANKS}")
    phone.tap(SEND)
    phone.sees(".forum-post", THANKS, ".post-quote")
    phone.holds(FIELD, "")
    phone.sees("form.composer sent-state.is-sent")
    phone.looks("reply")
    phone.writes(FIELD, MORE)
    phone.tap(SEND)
    phone.sees(".forum-post", MORE)


def goes_on_where_they_left(phone: Phone, group: Group) -> None:
    phone.open(f"/threads/{group.thread.id}/last")
    phone.run("document.querySelector('.posts').lastElementChild.scrollIntoView()")
    phone.waits_for(lambda: group.unread() == 0, "the server to know what is read")
    phone.open(f"/forums/{group.forum.id}")
    path = f"/threads/{group.thread.id}/posts"
    ids = [group.ines_program.write(path, f"{LONG} Neu {n}") for n in range(UNREAD)]
    phone.sees(f"#thread-{group.thread.id} .unread", str(UNREAD))
    phone.looks("forum")
    phone.tap(f"#thread-{group.thread.id} .unread")
    phone.arrives(f"#post-{ids[0]}$")
    phone.has_in_view(f"#post-{ids[0]}")
    phone.looks("first-unread")


STORY = [
    signs_in,
    reads_what_comes,
    thanks_and_opens_what_folds,
    replies_and_mentions_somebody,
    goes_on_where_they_left,
]
