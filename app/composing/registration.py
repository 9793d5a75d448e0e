"""What the application needs from composing."""

from collections.abc import Hashable, Sequence

from flask import Flask
from werkzeug.datastructures import MultiDict

from app.accounts import own_data
from app.composing import (  # noqa: F401
    actions,
    broadcasts,
    following,
    kinds,
    queries,
    references,
    retention,
)
from app.composing.cards import ShownCard, cards_of
from app.composing.handles import finder
from app.composing.models import Draft
from app.composing.own_data import drafts, mentions
from app.composing.references import Card
from app.composing.routes import bp
from app.forums import parts
from app.forums.models import Post
from app.forums.parts import PostPart
from app.richtext import Finder
from app.spaces.identity import present_account


def register(app: Flask) -> None:
    """Attach the routes, and what posts and their composer have of this."""
    references.register(kinds.post)
    references.register(kinds.thread)
    own_data.register(drafts)
    own_data.register(mentions)
    parts.register(
        PostPart(
            "cards",
            "composing/_cards.html",
            cards_of,
            keep=_keep,
            finder=_finder,
            looks=_looks,
            composer="composing/_composer.html",
            place=5,
        )
    )
    app.jinja_env.globals["draft_at"] = draft_at
    app.register_blueprint(bp)


def _looks(cards: Sequence[ShownCard]) -> Hashable:
    """What the cards show, in the reader's language."""
    return tuple((shown.kind.name, shown.path, _said(shown.card)) for shown in cards)


def _said(card: Card | None) -> Hashable:
    return card and (card.title, card.place, str(card.voices))


def _keep(post: Post, form: MultiDict[str, str]) -> None:
    actions.keep_mentions(post)
    actions.keep_references(post)
    if post.account_id is not None:
        actions.discard_draft(post.account_id, form.get("draft", ""))


def _finder(space_id: int, text: str, post: Post | None) -> Finder:
    """People who are named, and addresses on this server."""
    names = finder(queries.people_by_handle(space_id, text, post))
    addresses = references.addresses_in()
    return lambda line: sorted([*names(line), *addresses(line)], key=lambda link: link.start)


def draft_at(place: str) -> Draft | None:
    """What the present person has begun to write in a composer."""
    account = present_account()
    return queries.draft_at(account.id, place) if account else None
