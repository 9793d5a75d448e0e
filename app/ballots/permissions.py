"""Who may do what with ballots; nobody may see who voted what."""

from app.permissions import EVERYBODY, MODERATORS, WRITERS, allow

allow("ballots.see", EVERYBODY)
allow("ballots.vote", WRITERS)
allow("ballots.moderate", MODERATORS)
