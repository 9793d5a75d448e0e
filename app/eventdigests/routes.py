"""The digest by mail: a guest leaves an address and confirms it, a moderator has it sent."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app import identity, jobs
from app.accounts.queries import tidy_email
from app.addresses import page_before
from app.database import locked, transaction
from app.errors import NotFound
from app.eventdigests import actions, queries, sending
from app.eventdigests.forms import AddressForm
from app.eventdigests.models import DigestAddress
from app.events.frame import page_context
from app.events.identity import somebody_in
from app.events.models import Event, Participant
from app.events.queries import event_by_code
from app.extensions import limiter
from app.limits import ASKING_FOR_MAIL, LETTERS_TO, limited, opened_by_secret
from app.permissions import require

Answer = str | Response | tuple[str, int]
bp = Blueprint("eventdigests", __name__)


def _entered(code: str, permission: str) -> tuple[Event, Participant]:
    event = event_by_code(code)
    person = somebody_in(event)
    require(person, permission, event)
    return event, person


@bp.get("/e/<code>/digest")
def mine(code: str) -> str:
    """Whether I get the digest, and where."""
    event, person = _entered(code, "eventdigests.ask")
    return _page(event, person, AddressForm(formdata=None))


def _page(event: Event, person: Participant, form: AddressForm) -> str:
    return render_template(
        "eventdigests/mine.html",
        **page_context(event, person),
        form=form,
        address=queries.address_of(person),
        got=queries.has_got_it(person),
    )


@bp.post("/e/<code>/digest-address")
@limited(ASKING_FOR_MAIL, "digest addresses")
@limiter.limit(
    LETTERS_TO, key_func=lambda: f"digest to {tidy_email(request.form.get('email'))[:254]}"
)
def leave(code: str) -> Answer:
    """A guest's address, which is written to and has to be confirmed."""
    event, person = _entered(code, "eventdigests.ask")
    form = AddressForm()
    if not form.validate_on_submit():
        return _page(event, person, form), 422
    with transaction():
        event, person = _entered(code, "eventdigests.ask")
        actions.leave_address(locked(Participant, person.id), form.email.data or "")
    return redirect(url_for(".mine", code=event.code), 303)


@bp.delete("/e/<code>/digest-address")
def take_back(code: str) -> Response:
    """No digest any more; the address is deleted."""
    with transaction():
        event, person = _entered(code, "eventdigests.ask")
        actions.forget_address(locked(Participant, person.id))
    return redirect(url_for(".mine", code=event.code), 303)


@bp.get("/digest-confirmations/<secret>")
@opened_by_secret
def confirm(secret: str) -> str:
    """Where the mail's link leads: one button, since links get fetched ahead."""
    return render_template("eventdigests/confirm.html", address=_address(secret), secret=secret)


@bp.post("/digest-confirmations/<secret>")
@opened_by_secret
def confirmed(secret: str) -> str:
    """The address is theirs."""
    with transaction():
        address = _address(secret, hold=True)
        actions.confirm(address)
        event_id = address.person.event_id
        if event_id in queries.unfinished():
            jobs.later(sending.send, event_id)
        event = address.person.event
    return render_template("eventdigests/confirmed.html", event=event)


def _address(secret: str, *, hold: bool = False) -> DigestAddress:
    address = queries.address_with(identity.digest(secret), hold=hold)
    if address is None or address.is_expired:
        raise NotFound(
            _("This link is no longer valid. Please enter your address in the event again.")
        )
    return address


@bp.post("/e/<code>/digests")
def order(code: str) -> Response:
    """Have it sent to all who have not got it yet."""
    with transaction():
        event, _person = _entered(code, "eventdigests.send")
        locked(Event, event.id)
        actions.order(event)
        count = len(queries.recipients(event.id))
        jobs.later(sending.send, event.id)
    if count:
        flash(
            ngettext(
                "The digest goes to %(num)d person.", "The digest goes to %(num)d people.", count
            )
        )
    else:
        flash(_("Everybody whose address is known has got it. Who confirms one later, gets it."))
    return redirect(page_before(otherwise=url_for("results.show", code=event.code)), 303)
