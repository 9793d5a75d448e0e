"""The one predicate, asked from both sides, against the rules as they are told to people."""

import contextlib
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.accounts.models import Account
from app.database import transaction
from app.extensions import db
from app.permissions import SpaceRole
from app.spaces.models import Membership, Space, SpaceKind
from app.spaces.permissions import readable_ids, readers_of, reads
from app.spaces.queries import reader_count
from tests.factories import make_account

ROLES = [None, *SpaceRole]


@dataclass(frozen=True)
class World:
    """Two trees (the second of one space), what each space allows, and two people's roles."""

    parents: tuple[int | None, ...]
    is_private: tuple[bool, ...]
    allows_readers: tuple[bool, ...]
    roles: tuple[tuple[SpaceRole | None, ...], ...]


@st.composite
def worlds(draw):
    count = draw(st.integers(2, 6))
    parents = [None, *(draw(st.integers(0, n - 1)) for n in range(1, count - 1)), None]
    flags = st.lists(st.booleans(), min_size=count, max_size=count).map(tuple)
    roles = st.lists(st.sampled_from(ROLES), min_size=count, max_size=count).map(tuple)
    return World(tuple(parents), draw(flags), draw(flags), (draw(roles), draw(roles)))


def top(world, n):
    while world.parents[n] is not None:
        n = world.parents[n]
    return n


def may(world, roles, space):
    """The rules in plain words."""

    def counts(n):
        return roles[n] is not None and (roles[n] != SpaceRole.READER or world.allows_readers[n])

    in_tree = any(counts(n) and top(world, n) == top(world, space) for n in range(len(roles)))
    return counts(space) or (not world.is_private[space] and in_tree)


@pytest.fixture
def people(app):
    return [make_account(password_hash="x") for _ in range(2)]


def build(world, people):
    """The world in the open transaction."""
    spaces = []
    for n, parent in enumerate(world.parents):
        space = Space(
            name=str(n),
            kind=SpaceKind.FREE,
            parent_id=spaces[parent].id if parent is not None else None,
            is_private=world.is_private[n],
            allows_readers=world.allows_readers[n],
        )
        db.session.add(space)
        db.session.flush()
        space.root_id = spaces[top(world, n)].id if parent is not None else space.id
        spaces.append(space)
    for account, roles in zip(people, world.roles, strict=True):
        for space, role in zip(spaces, roles, strict=True):
            if role is not None:
                row = Membership(space_id=space.id, account_id=account.id, role=role)
                db.session.add(row)
    db.session.flush()
    return spaces


@settings(max_examples=60)
@given(world=worlds())
def test_both_sides_agree_with_the_rules(people, world):
    with contextlib.suppress(InterruptedError), transaction():
        spaces = build(world, people)
        for account, roles in zip(people, world.roles, strict=True):
            compare_what_is_read(
                account, [s.id for n, s in enumerate(spaces) if may(world, roles, n)]
            )
        for n, space in enumerate(spaces):
            both = zip(people, world.roles, strict=True)
            compare_who_reads(space, [a.id for a, roles in both if may(world, roles, n)])
        raise InterruptedError  # nothing of it is kept


def compare_what_is_read(account, expected):
    assert list(
        db.session.scalars(select(Space.id).where(reads(account.id)).order_by(Space.id))
    ) == (expected)
    assert set(db.session.scalars(readable_ids(account.id))) == set(expected)


def compare_who_reads(space, expected):
    by_id = select(Account.id).order_by(Account.id)
    assert list(db.session.scalars(by_id.where(readers_of(space.id)))) == expected
    each = select(Space.id).where(Space.id == space.id, reads(Account.id)).exists()
    assert list(db.session.scalars(by_id.where(each))) == expected
    assert reader_count(space) == len(expected)


def readable(account):
    return set(db.session.scalars(select(Space.name).where(reads(account.id))))


def test_a_cluster_does_not_open_its_groups_nor_they_the_cluster(programme, cluster, group, put):
    above, below = make_account(), make_account()
    put(cluster, above)
    put(group, below)
    assert readable(above) == {"Quality dialogue", "Cluster 1"}
    assert readable(below) == {"Quality dialogue", "Steering group 1"}


def test_who_may_not_sign_in_is_no_reader(cluster, member, coordinator):
    assert reader_count(cluster) == 2
    with transaction():
        member.deactivated_at = member.created_at
    assert reader_count(cluster) == 1


def test_counting_readers_takes_one_statement(cluster, member, statements):
    reader_count(cluster)
    assert len([s for s in statements if s.startswith("SELECT")]) == 1
