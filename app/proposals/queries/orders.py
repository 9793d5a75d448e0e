"""In which order a reader wishes to see proposals."""

from collections.abc import Sequence
from enum import StrEnum

from app.proposals.queries.cards import ProposalCard


class Order(StrEnum):
    """What comes first; among equals the newest."""

    NEWEST = "newest"
    SUPPORTED = "supported"
    DISCUSSED = "discussed"

    def of(self, cards: Sequence[ProposalCard]) -> list[ProposalCard]:
        """The cards in this order."""
        return sorted(cards, key=lambda card: (self._weight(card), card.proposal.id), reverse=True)

    def _weight(self, card: ProposalCard) -> int:
        match self:
            case Order.SUPPORTED:
                return card.supports
            case Order.DISCUSSED:
                return card.comments
        return 0
