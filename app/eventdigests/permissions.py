"""Who may have the digest sent, and who may ask for it."""

from app.permissions import EVERYBODY, MODERATORS, allow

allow("eventdigests.ask", EVERYBODY)
allow("eventdigests.send", MODERATORS)
