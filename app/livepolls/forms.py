"""Forms of flash polls."""

from app.forms import TextForm
from app.livepolls.models import LONGEST_CONCERN


class ConcernForm(TextForm):
    """A concern."""

    most = LONGEST_CONCERN
