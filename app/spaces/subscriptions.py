"""Which channels of spaces, and of accounts, the present person may hear."""

from app.accounts.models import Account
from app.database import found
from app.errors import NotFound
from app.identity import presented_token
from app.languages import chosen_language
from app.permissions import require
from app.realtime.audiences import Audience, View, channel
from app.realtime.sockets import enter, subscribed
from app.spaces.identity import present_account, somebody_in
from app.spaces.models import Space


@channel("space")
def readers(id: str) -> Audience:
    """Those who may read the space."""
    space = found(Space, int(id) if id.isdecimal() else 0)
    require(somebody_in(space), "spaces.read", space)
    return audience_in(space.id, space.channel)


@channel("account")
def person(id: str) -> Audience:
    """Each hears what is meant for them alone, on all their devices."""
    account = present_account()
    if account is None or id != str(account.id):
        raise NotFound
    return _personal_audience(account)


def audience_in(space_id: int, channel: str) -> Audience:
    """Those who look at something in a space, for as long as they may read the space."""
    return Audience(channel, channel, View.SPACE, language(), space_id)


def language() -> str:
    """The language of a connection: a token's bearer has none but the account's."""
    account = present_account() if presented_token() else None
    return account.language if account else chosen_language()


def _personal_audience(account: Account) -> Audience:
    return Audience(account.channel, account.channel, View.PERSON, language())


@subscribed.connect
def _came(audience: Audience, sid: str) -> None:  # noqa: ARG001
    """Whoever hears a space hears what is theirs too: by that they can be shut out again."""
    account = present_account() if audience.space_id is not None else None
    if account is not None:
        enter(_personal_audience(account))
