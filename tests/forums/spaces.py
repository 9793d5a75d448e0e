"""A space with people, forums and threads, as the forum's tests need them."""

import re
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert

from app.accounts.models import Account
from app.database import now, transaction
from app.forums.models import Forum, Post, Thread
from app.permissions import SpaceRole
from app.spaces.models import Space
from tests.browsers import STREAMS, Browser
from tests.factories import make_forum, make_member, make_space, make_thread


@dataclass
class Person:
    """Somebody with an account and a browser."""

    account: Account
    browser: Browser

    def get(self, url: str) -> Any:
        """Open a page."""
        return self.browser.get(url)

    def page(self, url: str) -> str:
        """A page that is there, redirects followed."""
        answer = self.browser.get(url, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        return str(answer.text)

    def post(self, url: str, data: Any = None, *, live: bool = False) -> Any:
        """Send a form; `live` as a page with scripts does."""
        headers = {"Accept": STREAMS} if live else {}
        return self.browser.post(url, data=data, headers=headers)

    def delete(self, url: str, *, live: bool = False) -> Any:
        """Send a form that deletes."""
        return self.browser.delete(url, headers={"Accept": STREAMS} if live else {})


@dataclass
class World:
    """A space with a coordinator, two members and a reader; and somebody in another space."""

    browser: Any
    space: Space = field(default_factory=lambda: make_space("South", allows_readers=True))

    def person(self, name: str, role: SpaceRole = SpaceRole.MEMBER) -> Person:
        """Another person in the space."""
        return self._with_browser(make_member(self.space, role, name))

    def outsider(self) -> Person:
        """Somebody who is in another space only."""
        return self._with_browser(make_member(make_space("North"), name="Ole Outsider"))

    def _with_browser(self, account: Account) -> Person:
        return Person(account, self.browser().sign_in(account))

    def forum(self, title: str = "Topics") -> Forum:
        """A forum of the space."""
        return make_forum(self.space, title)

    def thread(self, author: Person, title: str = "A thread", forum: Forum | None = None) -> Thread:
        """A thread of the space with one post."""
        return make_thread(forum or self.forum(), author.account, title)


def fill(thread: Thread, author: Account, number: int) -> list[int]:
    """Many posts at once, as if they had been written one after the other; their ids."""
    with transaction() as session:
        rows = [
            {
                "thread_id": thread.id,
                "account_id": author.id,
                "key": f"{thread.id}-{n}",
                "text": f"Post {n}",
                "html": f"<p>Post {n}</p>",
                "submitted_text": "",
                "created_at": now(),
            }
            for n in range(number)
        ]
        ids = sorted(session.scalars(insert(Post).returning(Post.id), rows))
        thread = session.get_one(Thread, thread.id)
        thread.post_count, thread.last_post_id = thread.post_count + number, ids[-1]
    return ids


def shown_in(page: str) -> list[int]:
    """The ids of the posts that stand on a page, in order."""
    return [int(id) for id in re.findall(r'<li class="post[^>]* id="post-(\d+)"', page)]
