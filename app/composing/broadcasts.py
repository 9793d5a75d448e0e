"""Which fact redraws the cards below a post, for those who are looking at its thread."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from app.composing.cards import cards_of
from app.composing.facts import CardsChanged
from app.extensions import db
from app.forums.models import Post
from app.realtime import Partial, Redraw, View, redraws
from app.realtime.partials import Change


def _cards(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    posts = db.session.scalars(select(Post).where(Post.id.in_(ids))).all()
    shown = cards_of(posts)
    return {post.id: {"post": post, "part": shown.get(post.id, [])} for post in posts}


cards = Partial("composing/_cards.html", "cards-{id}", _cards, frozenset({View.SPACE}))


@redraws(CardsChanged)
def _changed(fact: CardsChanged) -> Iterable[Change]:
    return [Redraw(cards, fact.post_id)]
