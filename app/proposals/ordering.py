"""The order that a reader has asked for, in the address of the page."""

from flask import has_request_context, request

from app.proposals.queries import Order


def wanted_order() -> Order:
    """What the address asks for; what is sent to everybody at once has the newest first."""
    wanted = request.args.get("sort", "") if has_request_context() else ""
    return Order(wanted) if wanted in set(Order) else Order.NEWEST
