import pytest

from app.accounts import actions as accounts
from app.accounts import own_data
from app.database import transaction
from app.extensions import db
from app.permissions import SpaceRole
from app.spaces import actions
from app.spaces.models import Invitation, JoinRequest, Membership
from app.spaces.queries import reader_count


@pytest.fixture
def asking(programme, member):
    """Who is in the cluster, and asks to be in the programme."""
    with transaction():
        actions.ask(programme, member, "Please")
    return member


def test_memberships_and_requests_go_along(asking):
    data = own_data.export(asking)["spaces"]
    assert [(m["space"], m["role"]) for m in data["memberships"]] == [("Cluster 1", "member")]
    assert [(r["space"], r["words"]) for r in data["requests"]] == [("Quality dialogue", "Please")]


def test_deleting_an_account_takes_it_out_of_all_spaces(cluster, asking, coordinator):
    assert reader_count(cluster) == 2
    with transaction():
        accounts.delete_account(asking, keep_name=True)
    assert db.session.get(Membership, (cluster.id, asking.id)) is None
    assert db.session.query(JoinRequest).count() == 0
    assert reader_count(cluster) == 1


def test_invitations_to_its_address_go_too(programme, cluster, asking, coordinator):
    with transaction():
        actions.invite(programme, coordinator, asking.email, {programme.id: SpaceRole.MEMBER})
    with transaction():
        accounts.delete_account(asking, keep_name=False)
    assert db.session.query(Invitation).count() == 0
