"""A group with a forum and a thread, another group beside it, and people in every role."""

from collections.abc import Callable
from typing import Any

from app.accounts.models import Account
from app.forums.models import Forum, Post, Thread
from app.permissions import SpaceRole
from app.realtime.audiences import Audience, View
from app.spaces.models import Space, SpaceKind
from tests.browsers import Browser, Visitor
from tests.ears import Ear
from tests.factories import (
    make_account,
    make_forum,
    make_member,
    make_post,
    make_space,
    make_thread,
)


class Group:
    """What a test about order in forums starts from; each person has a browser."""

    def __init__(self, app: Any, browser: Callable[..., Browser]) -> None:
        programme = make_space("Programme", kind=SpaceKind.PROGRAMME)
        self.app, self._browser = app, browser
        self.space: Space = make_space("Group", programme, allows_readers=True)
        self.other_space: Space = make_space("Sibling", programme, allows_readers=True)
        self.forum: Forum = make_forum(self.space, "Topics")
        self.second_forum: Forum = make_forum(self.space, "Dates")
        self.other_forum: Forum = make_forum(self.other_space, "Elsewhere")
        self.author = make_member(self.space, SpaceRole.MEMBER, "Anna Author")
        self.member = make_member(self.space, SpaceRole.MEMBER, "Mia Member")
        self.reader = make_member(self.space, SpaceRole.READER, "Rita Reader")
        self.coordinator = make_member(self.space, SpaceRole.COORDINATOR, "Cora Coordinator")
        self.second = make_member(self.space, SpaceRole.COORDINATOR, "Cleo Coordinator")
        self.sibling = make_member(self.other_space, SpaceRole.COORDINATOR, "Sina Sibling")
        self.outsider = make_account(name="Otto Outsider", password_hash="none")
        self.thread: Thread = make_thread(self.forum, self.author, "Evening hours")
        self._people: dict[int, Visitor] = {}

    def __getattr__(self, name: str) -> Any:
        """`group.as_member` is the member with a browser."""
        if name.startswith("as_"):
            return self.visitor(getattr(self, name.removeprefix("as_")))
        raise AttributeError(name)

    def visitor(self, account: Account) -> Visitor:
        """Somebody with a browser, always the same."""
        if account.id not in self._people:
            self._people[account.id] = Visitor(self._browser().sign_in(account), 0)
        return self._people[account.id]

    def nobody(self) -> Visitor:
        """A browser that nobody has signed in with."""
        return Visitor(self._browser(), 0)

    def post(self, text: str = "", author: Account | None = None, **fields: Any) -> Post:
        """Another post of the thread, by its author unless told."""
        return make_post(fields.pop("thread", self.thread), author or self.author, text, **fields)

    def hear(self, channel: str, view: View = View.SPACE, space: Space | None = None) -> Ear:
        """Listen to a channel as those do who may read the space."""
        space_id = (space or self.space).id if view is View.SPACE else None
        return Ear(self.app, Audience(channel, channel, view, "en", space_id))

    def page(self, who: Visitor, thread: Thread | None = None) -> str:
        """The thread's page as somebody sees it."""
        answer = who.get(f"/threads/{(thread or self.thread).id}")
        assert answer.status_code == 200, answer.text
        return str(answer.text)
