"""What kinds of spaces, roles and ways in are called."""

from flask_babel import lazy_gettext as _l

from app.permissions import SpaceRole
from app.spaces.models import Joining, SpaceKind

KIND_NAMES = {
    SpaceKind.PROGRAMME: _l("Programme"),
    SpaceKind.CLUSTER: _l("Cluster"),
    SpaceKind.STEERING: _l("Steering group"),
    SpaceKind.IMPLEMENTATION: _l("Implementation group"),
    SpaceKind.FREE: _l("Group"),
}
ROLE_NAMES = {
    SpaceRole.READER: _l("Reads along"),
    SpaceRole.MEMBER: _l("Member"),
    SpaceRole.COORDINATOR: _l("Coordinator"),
}
JOINING_NAMES = {
    Joining.INVITED: _l("only by invitation"),
    Joining.REQUEST: _l("by invitation, or by asking the coordinators"),
    Joining.OPEN: _l("by themselves, if they may read the space"),
}
