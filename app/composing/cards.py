"""The cards below a post: of what it links to, the same for everybody who reads it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select

from app.composing.models import PostReference
from app.composing.references import Card, ReferenceKind, kinds
from app.extensions import db
from app.forums.models import Post
from app.spaces.models import Space


@dataclass(frozen=True)
class ShownCard:
    """A card as it is shown; without content where not all readers may read what it leads to."""

    kind: ReferenceKind
    path: str
    card: Card | None


@dataclass(frozen=True)
class _Spaces:
    """The spaces of some posts and of what they link to."""

    by_id: Mapping[int, tuple[int | None, bool]]  # the top of the tree, and whether it is private

    def share(self, kind: ReferenceKind, target: int | None, reader: int | None) -> bool:
        """Whether everybody who reads the one space may read what the other holds.

        Whoever reads a space has a membership in its tree, and with it reads all in that tree
        that is not private (`spaces.permissions.reads`).
        """
        if target is None or reader is None or target == reader:
            return target is not None and target == reader
        if kind.of_event or target not in self.by_id or reader not in self.by_id:
            return False
        (root, is_private), (other_root, _) = self.by_id[target], self.by_id[reader]
        return not is_private and root == other_root


def cards_of(posts: Sequence[Post]) -> dict[int, list[ShownCard]]:
    """The cards of these posts: one query for the links, and one load for each kind."""
    references = db.session.scalars(
        select(PostReference)
        .where(PostReference.post_id.in_([post.id for post in posts]))
        .order_by(PostReference.post_id, PostReference.position)
    ).all()
    if not references:
        return {}
    known = _loaded(references)
    readers = {post.id: post.space_id for post in posts}
    spaces = _spaces({*readers.values(), *(card.space_id for card in known.values())})
    found: dict[int, list[ShownCard]] = {}
    for post_id, group in groupby(references, lambda reference: reference.post_id):
        shown = (_shown(one, known, spaces, readers[post_id]) for one in group)
        found[post_id] = [card for card in shown if card is not None]
    return {post_id: cards for post_id, cards in found.items() if cards}


def _loaded(references: Iterable[PostReference]) -> dict[tuple[str, int], Card]:
    ids: dict[str, set[int]] = {}
    for reference in references:
        ids.setdefault(reference.kind, set()).add(reference.ref_id)
    return {
        (name, id): card
        for name, kind in kinds().items()
        if name in ids
        for id, card in kind.load(sorted(ids[name])).items()
    }


def _spaces(ids: set[int | None]) -> _Spaces:
    rows = db.session.execute(
        select(Space.id, Space.root_id, Space.is_private).where(Space.id.in_(ids - {None}))
    )
    return _Spaces({id: (root_id, is_private) for id, root_id, is_private in rows})


def _shown(
    reference: PostReference,
    known: Mapping[tuple[str, int], Card],
    spaces: _Spaces,
    reader: int | None,
) -> ShownCard | None:
    """A link into an event keeps its card; of any other nobody shall see that it leads anywhere."""
    kind = kinds().get(reference.kind)
    if kind is None:
        return None
    card = known.get((reference.kind, reference.ref_id))
    if card is not None and spaces.share(kind, card.space_id, reader):
        return ShownCard(kind, reference.path, card)
    return ShownCard(kind, reference.path, None) if kind.of_event else None
