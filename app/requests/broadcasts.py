"""The pages of those who ask and of those who are asked fetch what has become of a request."""

from collections.abc import Iterable

from app.outbox import Fact
from app.realtime import Stream, View, redraws
from app.realtime.partials import Change
from app.requests.facts import ForumReportWritten, RequestAnswered, RequestAsked, RequestMoved

SPACE = frozenset({View.SPACE})


@redraws(ForumReportWritten, RequestAsked, RequestAnswered, RequestMoved)
def _changed(_fact: Fact) -> Iterable[Change]:
    """Who may read which request differs from one person to the next."""
    return [Stream("catch-up", views=SPACE)]
