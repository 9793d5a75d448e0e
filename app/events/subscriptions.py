"""Which channels of an event the present person may hear."""

from app.database import found
from app.errors import NotFound
from app.events.identity import participant_in
from app.events.models import Participant
from app.events.queries import event_by_code
from app.identity import presented_token, shows_screen
from app.languages import chosen_language
from app.permissions import can, require
from app.realtime.audiences import Audience, View, channel


def language_of(person: Participant | None) -> str:
    """The language of a connection: a token's bearer has none but the participant's."""
    return person.language if person and presented_token() else chosen_language()


@channel("event")
def hall(code: str) -> Audience:
    """Everybody who takes part hears the hall."""
    event = event_by_code(code)
    person = participant_in(event)
    require(person, "events.see", event)
    return Audience(f"event:{code}", event.channel, View.HALL, language_of(person))


@channel("cockpit")
def cockpit(code: str) -> Audience:
    """Moderators alone hear the cockpit."""
    event = event_by_code(code)
    person = participant_in(event)
    require(person, "events.moderate", event)
    return Audience(f"cockpit:{code}", event.channel, View.COCKPIT, language_of(person))


@channel("screen")
def screen(code: str) -> Audience:
    """The projector hears the screen, by its link or because a moderator opened it."""
    event = event_by_code(code)
    if not shows_screen(event.id) and not can(participant_in(event), "events.moderate", event):
        raise NotFound
    return Audience(f"screen:{code}", event.channel, View.SCREEN, event.language)


@channel("participant")
def person(id: str) -> Audience:
    """Each hears what is meant for them alone, on all their devices."""
    someone = found(Participant, int(id) if id.isdecimal() else 0)
    if participant_in(someone.event) is not someone:
        raise NotFound
    return personal_audience(someone)


def personal_audience(person: Participant) -> Audience:
    """The devices of one participant."""
    return Audience(person.channel, person.channel, View.PERSON, language_of(person))
