"""Letters about threads: plain text in the person's language, each link good for one thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from app.accounts.models import Account
from app.addresses import external_url
from app.forums.models import Post, Thread
from app.mail import letters
from app.notifications.levels import Setting
from app.notifications.links import LASTS, Stop, make_link, stop_address, stop_headers
from app.notifications.models import Preferences, Reason
from app.notifications.queries import Group, Told

LONGEST_QUOTE = 1500  # characters of one post in a mail about it
LONGEST_EXCERPT = 240  # characters of one post in a digest
MOST_POSTS = 10  # with their words in one mail
MOST_THREADS = 30  # in one digest


@dataclass(frozen=True)
class Said:
    """One post as a letter shows it."""

    author: str
    place: str
    lines: Sequence[str]
    reason: Reason


def write_about_thread(
    account: Account, thread: Thread, told: Sequence[Told], setting: Setting
) -> None:
    """A letter about what is new in one thread."""
    stop = stop_address(account, Stop.THREAD, thread.id)
    with force_locale(account.language):
        letters.post(
            "thread_posts",
            str(account.email),
            account.language,
            good_for=LASTS,
            headers={**stop_headers(stop), **_threading(thread)},
            name=account.name,
            thread=thread,
            posts=[_said(one, LONGEST_QUOTE) for one in told[:MOST_POSTS]],
            more=max(0, len(told) - MOST_POSTS),
            level=setting.level.value,
            link=make_link(account.id, thread.id, told[0].post.id),
            stop=stop,
            settings=external_url("notifications.settings"),
        )


def write_digest(account: Account, groups: Sequence[Group], preferences: Preferences) -> None:
    """A letter about all that was gathered."""
    stop = stop_address(account, Stop.DIGEST)
    with force_locale(account.language):
        letters.post(
            "thread_digest",
            str(account.email),
            account.language,
            good_for=LASTS,
            headers=stop_headers(stop),
            name=account.name,
            groups=[_summed(account, group) for group in groups[:MOST_THREADS]],
            more=max(0, len(groups) - MOST_THREADS),
            count=sum(len(group.told) for group in groups),
            rhythm=preferences.rhythm.value,
            stop=stop,
            settings=external_url("notifications.settings"),
        )


def write_new_link(account: Account, thread: Thread, post_id: int | None) -> None:
    """A letter with a new link, for whom the old one has ended."""
    letters.post(
        "thread_link",
        str(account.email),
        account.language,
        good_for=LASTS,
        name=account.name,
        title=thread.title,
        link=make_link(account.id, thread.id, post_id),
    )


def _summed(account: Account, group: Group) -> dict[str, Any]:
    return {
        "thread": group.thread,
        "posts": [_said(one, LONGEST_EXCERPT) for one in group.told[:3]],
        "more": max(0, len(group.told) - 3),
        "link": make_link(account.id, group.thread.id, group.told[0].post.id),
    }


def _said(told: Told, longest: int) -> Said:
    person = told.post.signed_by
    municipality = person.municipality.name if person and person.municipality else ""
    author = person.name if person and person.name else _("A former member")
    return Said(author, municipality, quoted(told.post, longest), told.entry.reason)


def quoted(post: Post, longest: int) -> list[str]:
    """A post's words as lines of a mail, no longer than this."""
    text = post.text if len(post.text) <= longest else f"{post.text[:longest].rstrip()} …"
    return [line.rstrip() for line in text.splitlines()]


def _threading(thread: Thread) -> dict[str, str]:
    """Lets mail programs show the mails about one thread together."""
    host = external_url("notifications.settings").split("/")[2].split(":")[0]
    return {"References": f"<thread-{thread.id}@{host}>"}
