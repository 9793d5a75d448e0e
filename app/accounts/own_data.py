"""All that is one account's own, to take along."""

from typing import Any

from app.accounts import participations, queries
from app.accounts.models import Account
from app.events import own_data


def export(account: Account) -> dict[str, Any]:
    """The account, its access, and what it wrote in each event, as plain values."""
    return {
        "account": {
            "email": account.email,
            "name": account.name,
            "function": account.function,
            "municipality": account.municipality.name if account.municipality else None,
            "language": account.language,
            "standing": account.standing.value,
            "created_at": account.created_at.isoformat(),
        },
        "access_tokens": [
            {"name": token.name, "created_at": token.created_at.isoformat()}
            for token in queries.tokens_of(account)
        ],
        "events": [own_data.export(person) for person in participations.of(account)],
    }
