"""The conference that has taken place: what people said there, and what came out of it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from app.accounts.models import Account
from app.ballots import actions as ballots
from app.ballots.papers import Paper
from app.ballots.queries import ballot_of
from app.breakouts import actions as breakouts
from app.breakouts.queries import occupancy, round_of
from app.database import now
from app.demo.agenda import AGENDA, PAST_TITLE
from app.demo.crowd.texts import CONTRIBUTIONS
from app.demo.people import data, polls
from app.events import actions as events
from app.events.models import AgendaItem, Event, Participant
from app.forums import actions as forums
from app.livepolls import actions as livepolls
from app.livepolls.models import Aspect
from app.livepolls.queries import poll_of
from app.permissions import Role
from app.proposals import actions as proposals
from app.richtext import RichText, render

WEEKS_AGO = 4
REPORT = {
    "discussed": "Verbindlichkeit entsteht durch Unterschriften der Leitungen und feste Termine.",
    "request": "Bitte stellen Sie ein Muster für Kooperationsvereinbarungen bereit.",
    "ideas": "Jährlich ein kurzes Treffen, bei dem jede Vereinbarung erneuert wird.",
}


class PastConference:
    """Plays it, step by step, with the actions that people use."""

    def __init__(self, members: Mapping[str, Account], moderator: Account, host: Account) -> None:
        self.event = events.create_event(PAST_TITLE, items=AGENDA)
        self.host = self._enter(host, Role.HOST)
        self.moderator = self._enter(moderator, Role.MODERATOR)
        self.people = {name: self._enter(member) for name, member in members.items()}
        self.plot: dict[str, Any] = data("past.json")
        self.aspects: dict[str, Aspect] = {}

    def play(self) -> Event:
        """From the welcome to the feedback, and back to the plenum; returns the event."""
        ways = {
            "poll": self._poll,
            "proposals": self._proposals,
            "breakout": self._round,
            "feedback": self._feedback,
        }
        for item in list(self.event.items):
            events.start_step(self.event, item)
            if item.kind in ways:
                ways[item.kind](item)
        plenum = next(item for item in self.event.items if item.kind == "plenum")
        events.start_step(self.event, plenum)
        self.event.created_at = self.event.starts_at = now() - timedelta(weeks=WEEKS_AGO)
        for person in (self.host, self.moderator, *self.people.values()):
            person.present_until = None  # everybody has left
        return self.event

    def _enter(self, account: Account, role: Role = Role.PARTICIPANT) -> Participant:
        return events.join(
            self.event,
            name=account.name,
            municipality_id=account.municipality_id,
            language=account.language,
            account_id=account.id,
            role=role,
        )

    def _poll(self, item: AgendaItem) -> None:
        """Everybody voices one concern; those of one aspect are gathered, and all are chosen."""
        poll = poll_of(item)
        assert poll is not None
        people = list(self.people.values())
        gathered: dict[str, list[int]] = {}
        for number, (text, aspect) in enumerate(polls()[0].labelled):
            concern, _new = livepolls.write_concern(poll, people[number], text, f"voiced {number}")
            gathered.setdefault(aspect, []).append(concern.id)
            for supporter in people[number + 1 : number + 1 + number % 4]:
                livepolls.support(concern, supporter, True)
        livepolls.close_poll(poll)
        for name, title in self.plot["aspects"].items():
            self.aspects[name] = livepolls.create_aspect(poll, title, gathered[name])
        livepolls.choose_aspects(poll, [aspect.id for aspect in self.aspects.values()])

    def _proposals(self, _item: AgendaItem) -> None:
        for answer in self.plot["answers"]:
            aspect = self.aspects[answer["aspect"]]
            proposals.answer_aspect(aspect, self.host, words(answer["text"]), "")
        for told in self.plot["proposals"]:
            aspect, author = self.aspects[told["aspect"]], self.people[told["by"]]
            proposal, _new = proposals.write_proposal(aspect, author, words(told["text"]), "")
            for name in told["supporters"]:
                proposals.support(proposal, self.people[name], True)
            for comment in told["comments"]:
                by = self.people[comment["by"]]
                forums.write_post(proposal.thread, by, words(comment["text"]), "")

    def _round(self, item: AgendaItem) -> None:
        """In each room some contribute, and the first room hands in a report."""
        round_ = round_of(item)
        assert round_ is not None
        by_id = {person.id: person for person in self.people.values()}
        inside = occupancy(round_)
        for number, room in enumerate(round_.rooms):
            people = [by_id[p.id] for p in inside[room.id] if p.id in by_id]
            for (kind, texts), person in zip(CONTRIBUTIONS.items(), people, strict=False):
                text = texts["de"][number % len(texts["de"])]
                breakouts.write_contribution(room, person, kind, text, "")
            if number == 0 and people:
                breakouts.write_report(room, people[0], REPORT, 0)

    def _feedback(self, item: AgendaItem) -> None:
        """Some say whether they would recommend it, and a few of them why."""
        ballot = ballot_of(item)
        assert ballot is not None
        told = self.plot["feedback"]
        reasons = dict(zip(range(0, len(told["values"]), 3), told["reasons"], strict=False))
        voters = zip(self.people.values(), told["values"], strict=False)
        for number, (person, value) in enumerate(voters):
            ballots.cast_vote(ballot, person, Paper({}, value, reasons.get(number, "")))


def words(text: str) -> RichText:
    """A text of the sample as it is kept."""
    return RichText(text, render(text))
