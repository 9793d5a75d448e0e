"""What changes at once on the page of the one who did something to a proposal."""

from markupsafe import Markup

from app import outbox
from app.events import frame
from app.events.marks import marks
from app.events.models import Participant
from app.proposals import broadcasts, queries
from app.proposals.models import Proposal
from app.realtime.audiences import View


def own_streams(proposal: Proposal, person: Participant) -> list[Markup]:
    """The card of a proposal, or of the one that it is read under, and what is theirs."""
    version = outbox.position(proposal.thread.event.channel)
    id = proposal.standing_id
    context = queries.cards_by_id([id]).get(id)
    card = broadcasts.proposal.stream(id, context, View.HALL, version)
    return [card, *frame.personal_streams(person, marks)]
