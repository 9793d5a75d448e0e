"""Who may do what with accounts."""

from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.accounts.models import Account, Standing
from app.errors import NeedsSignIn, Refused

GRANTED_BY: dict[Standing, tuple[Standing, ...]] = {
    Standing.MEMBER: (),
    Standing.ORGANISER: (Standing.MEMBER, Standing.ORGANISER),
    Standing.ADMIN: (Standing.MEMBER, Standing.ORGANISER, Standing.ADMIN),
}
OWN = _l("You cannot change this for yourself. Please ask another admin.")


def signed_in() -> Account:
    """The account on the other side; raises `NeedsSignIn` for nobody."""
    if not current_user.is_authenticated:
        raise NeedsSignIn
    return current_user._get_current_object()  # type: ignore[no-any-return]


def require_admin() -> Account:
    """The admin on the other side; raises unless it is one."""
    account = signed_in()
    if not account.is_admin:
        raise Refused
    return account


def require_inviter(standing: Standing | None = None) -> Account:
    """Somebody who may invite people, with this standing; nobody gives more than they have."""
    account = signed_in()
    grantable = GRANTED_BY[account.standing]
    if not grantable or (standing is not None and standing not in grantable):
        raise Refused
    return account


def require_admin_over(account: Account) -> Account:
    """The admin on the other side, who decides about others only."""
    admin = require_admin()
    if admin.id == account.id:
        raise Refused(OWN)
    return admin
