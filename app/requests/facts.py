"""What can have happened with reports of forums, and with requests."""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class ForumReportWritten(Fact):
    """What a forum hands in has changed."""

    forum_id: int


@dataclass(frozen=True)
class RequestAsked(Fact):
    """Something is newly asked of the centre, or asked differently."""

    request_id: int


@dataclass(frozen=True)
class RequestAnswered(Fact):
    """The centre has answered a request, answered differently, or taken an answer back."""

    request_id: int
    answer_id: int


@dataclass(frozen=True)
class RequestMoved(Fact):
    """A request stands somewhere else: it is declined, done, open again."""

    request_id: int
