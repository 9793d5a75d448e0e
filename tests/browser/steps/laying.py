"""What test_flash_poll plays with everybody's browsers lies ready: the way to the proposals."""

from app.accounts import queries as accounts
from app.database import transaction
from app.demo.sample import HOST
from app.events import actions as events
from app.events.models import Event
from app.events.models import Participant as Guest
from app.extensions import db
from app.forums import actions as forums
from app.livepolls import actions as polls
from app.livepolls.board import actions as board
from app.livepolls.models import Aspect, FlashPoll
from app.livepolls.queries import poll_of
from app.proposals import actions as proposals
from app.questions import actions as questions
from app.richtext import RichText, render
from tests.browser.conference import Conference
from tests.browser.steps.asking import UNNAMED
from tests.browser.steps.gathering import BINDING, FAMILIES, POLITICAL
from tests.browser.steps.polling import AGREEMENTS, ALONE, PARENTS, POLITICS, SLIP, VOICES
from tests.browser.steps.proposing import ANSWER, COMMENT, CONTRACT, REPLY, VISITS
from tests.factories import item_of_kind

GATHERED = {FAMILIES: PARENTS, POLITICAL: POLITICS, BINDING: AGREEMENTS}


def the_topics_are_chosen_and_solutions_proposed(c: Conference) -> None:
    event = c.event
    with transaction():
        people = {person.name: person for person in _people(event)}
        aspects = _aspects(event, people)
        _proposals(event, people, aspects)
        questions.ask(event, people["Fay Fuller"], UNNAMED, "question", anonymous=True)
    c.moderator.sees("#cockpit-agenda .is-current", "Lösungsansätze")
    c.screen.sees(".screen-aspects li", FAMILIES)
    for person in c.participants:
        person.sees("#stage .aspect", POLITICAL)


def _people(event: Event) -> list[Guest]:
    return db.session.query(Guest).filter_by(event_id=event.id).all()


def _aspects(event: Event, people: dict[str, Guest]) -> dict[str, Aspect]:
    item = item_of_kind(event, "poll")
    events.start_step(event, item)
    poll = poll_of(item)
    assert poll is not None
    ids = _voiced(poll, people)
    polls.close_poll(poll)
    made = {
        title: board.create_aspect(poll, title, [ids[text] for text in texts])
        for title, texts in GATHERED.items()
    }
    db.session.flush()
    board.choose_aspects(poll, [])
    assert ALONE in ids  # in no aspect
    return made


def _voiced(poll: FlashPoll, people: dict[str, Guest]) -> dict[str, int]:
    said = [(name, text) for name, texts in VOICES.items() for text in texts if text != SLIP]
    return {
        text: polls.write_concern(poll, people[name], text, text)[0].id
        for name, text in said
        if name in people
    }


def _proposals(event: Event, people: dict[str, Guest], aspects: dict[str, Aspect]) -> None:
    account = accounts.by_email(HOST)
    assert account is not None
    host = next(person for person in people.values() if person.account_id == account.id)
    proposals.answer_aspect(aspects[FAMILIES], host, _words(ANSWER), "answer")
    events.start_step(event, item_of_kind(event, "proposals"))
    anna, ben = people["Anna Auer"], people["Ben Baker"]
    visits, _new = proposals.write_proposal(aspects[FAMILIES], anna, _words(VISITS), "visits")
    proposals.write_proposal(aspects[BINDING], ben, _words(CONTRACT), "contract")
    for name in ("Ben Baker", "Carla Conrad", "Dora Dean"):
        proposals.support(visits, people[name], True)
    comment, _new = forums.write_post(visits.thread, anna, _words(COMMENT), "comment")
    db.session.flush()
    forums.write_post(visits.thread, ben, _words(REPLY), "reply", comment.id)


def _words(text: str) -> RichText:
    return RichText(text, render(text))
