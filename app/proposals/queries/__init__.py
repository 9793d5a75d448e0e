"""Reads of proposals and official answers."""

from app.proposals.queries.answers import (
    AnswerCard,
    Answers,
    answers_by_aspect,
    answers_by_report,
    own_answers,
)
from app.proposals.queries.cards import (
    ProposalCard,
    card_of,
    cards_by_id,
    cards_of,
    family_of,
    supports_of,
)
from app.proposals.queries.flags import Flagged, flagged_in, own_flags
from app.proposals.queries.lists import (
    Overview,
    Section,
    Tally,
    overview,
    sections,
    sections_of,
    tallies,
)
from app.proposals.queries.merging import (
    Group,
    mergeable_with,
    pages_by_id,
    people_behind,
    read_under,
)
from app.proposals.queries.newest import newest_answers, newest_proposals
from app.proposals.queries.orders import Order
from app.proposals.queries.persons import own_proposals, own_reactions, supported_by

__all__ = [
    "AnswerCard",
    "Answers",
    "Flagged",
    "Group",
    "Order",
    "Overview",
    "ProposalCard",
    "Section",
    "Tally",
    "answers_by_aspect",
    "answers_by_report",
    "card_of",
    "cards_by_id",
    "cards_of",
    "family_of",
    "flagged_in",
    "mergeable_with",
    "newest_answers",
    "newest_proposals",
    "overview",
    "own_answers",
    "own_flags",
    "own_proposals",
    "own_reactions",
    "pages_by_id",
    "people_behind",
    "read_under",
    "sections",
    "sections_of",
    "supported_by",
    "supports_of",
    "tallies",
]
