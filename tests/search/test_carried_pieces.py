import pytest

from app.carryover.facts import OriginChanged
from app.carryover.models import CarriedPiece, CarriedThread, PieceKind, SourceKind
from app.database import now, transaction
from app.extensions import db
from app.outbox import announce
from app.search import indexing
from app.spaces.models import Space
from tests.factories import make_forum, make_member, make_space, make_thread
from tests.search.worlds import found, look, reader


@pytest.fixture
def anna(app):
    return make_member(make_space("Programme"), name="Anna")


@pytest.fixture
def origin(anna, event, participant):
    """A thread that came out of an event, with a concern and a proposal of the same guest."""
    forum = make_forum(reader_space(anna))
    thread = make_thread(forum, anna, "Frühe Hilfen")
    with transaction() as session:
        carried = CarriedThread(
            thread_id=thread.id,
            forum_id=forum.id,
            event_id=event.id,
            kind=SourceKind.ASPECT,
            source_id=1,
            title="Frühe Hilfen",
        )
        session.add(carried)
        session.flush()
        pieces = [
            CarriedPiece(
                carried_id=carried.id,
                kind=kind,
                source_id=1,
                text=f"Kastanie {kind.value}",
                participant_id=participant.participant_id,
                position=position,
            )
            for position, kind in enumerate((PieceKind.CONCERN, PieceKind.PROPOSAL))
        ]
        session.add_all(pieces)
        session.flush()
        announce(OriginChanged(thread.id), thread.channel)
    return thread, [piece.id for piece in pieces]


def reader_space(account):
    return db.session.get_one(Space, reader(account).space_ids[0])


def test_what_came_out_of_an_event_is_found_where_it_stands_now(origin, anna):
    thread, ids = origin
    page = look(reader(anna), "Kastanien")
    assert {hit.source_id for _, hit in page.found} == set(ids)
    assert page.found[0][1].url.startswith(f"/threads/{thread.id}#piece-")
    assert found(reader(make_member(make_space())), "Kastanien") == []


def test_it_is_found_no_more_once_its_words_were_taken_back(origin, anna):
    thread, ids = origin
    with transaction() as session:
        session.get_one(CarriedPiece, ids[1]).take_words_back()
        announce(OriginChanged(thread.id), thread.channel)
    assert found(reader(anna), "Kastanie") == [f"carried {ids[0]}"]
    assert indexing.differences() == {}


def test_it_is_hidden_with_its_thread(origin, anna):
    thread, _ids = origin
    with transaction() as session:
        session.get_one(type(thread), thread.id).hidden_at = now()
    assert found(reader(anna), "Kastanie") == []


def test_a_name_finds_what_was_signed_with_it_but_no_concern(origin, anna, participant):
    _thread, ids = origin
    who = reader(anna, participant.person)
    assert found(who, "Kastanie", person="Paula") == [f"carried {ids[1]}"]
