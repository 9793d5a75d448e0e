"""Which fact of reactions redraws what."""

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup
from sqlalchemy import select

from app import outbox
from app.extensions import db
from app.forums.models import Post
from app.reactions import queries
from app.reactions.facts import OwnReactionsChanged, ReactionsChanged
from app.realtime import Partial, Redraw, View, redraws
from app.realtime.partials import Change
from app.spaces.models import Member


def _counts(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    posts = db.session.scalars(select(Post).where(Post.id.in_(ids))).all()
    counts = queries.counts_of(posts)
    return {post.id: {"post": post, "part": counts.get(post.id)} for post in posts}


def _own(ids: Sequence[tuple[int, int]]) -> dict[tuple[int, int], dict[str, Any]]:
    """Each id is an account and a post."""
    by_account: dict[int, list[int]] = {}
    for account_id, post_id in ids:
        by_account.setdefault(account_id, []).append(post_id)
    said = {account: queries.own_reactions(account, posts) for account, posts in by_account.items()}
    return {
        (account, post): own_context(post, said[account].get(post, [])) for account, post in ids
    }


def own_context(post_id: int, said: Sequence[str]) -> dict[str, Any]:
    """What one person has said to a post."""
    return {"post_id": post_id, "said": said}


counts = Partial("reactions/_counts.html", "reactions-{id}", _counts, frozenset({View.SPACE}))
own = Partial(
    "reactions/_own.html", "own-reactions-{id[1]}", _own, frozenset({View.PERSON}), into="own-marks"
)


@redraws(ReactionsChanged)
def _said(fact: ReactionsChanged) -> Iterable[Change]:
    return [Redraw(counts, fact.post_id)]


@redraws(OwnReactionsChanged)
def _own_said(fact: OwnReactionsChanged) -> Iterable[Change]:
    return [Redraw(own, (fact.account_id, fact.post_id))]


def own_marks(member: Member, posts: Sequence[Post]) -> Markup:
    """What somebody has said to these posts, as marks beside the list."""
    version = outbox.position(member.channel)
    said = queries.own_reactions(member.account_id, [post.id for post in posts])
    return Markup().join(
        own.markup(own_context(post_id, kinds), View.PERSON, version)
        for post_id, kinds in said.items()
    )
