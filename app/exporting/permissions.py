"""Who may take a poll along: whoever may read the results, and moderators with the names."""

from app.permissions import EVERYBODY, allow

allow("exporting.read", EVERYBODY)
