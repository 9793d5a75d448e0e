"""What would happen now: shown to moderators, stored nowhere, and true when the round begins."""

import pytest
from sqlalchemy import select

from app.breakouts import queries
from app.breakouts.models import Pair, Placement, Room
from app.extensions import db
from tests.breakouts.plans import plan
from tests.breakouts.rounds import come, item, make_conference, room_of, start, where


def preview(moderator, round_):
    answer = moderator.get(f"/rounds/{round_.id}/preview")
    assert answer.status_code == 200
    return answer.text


def named(page, names):
    """The names in each room of a preview, in its order."""
    rooms = page.partition('id="pairs-title"')[0].split("room-row")[1:]
    return [{name for name in names if name in part} for part in rooms]


def people_of(round_, names_by_id):
    inside = where(round_)
    return [
        {names_by_id[id] for id, room_id in inside.items() if room_id == room.id}
        for room in round_.rooms
    ]


@pytest.fixture
def guests(event, join):
    """Nine people, by their ids."""
    people = [join(event, f"Guest-{number}-") for number in range(9)]
    return {visitor.participant_id: visitor.person.name for visitor in people}


def test_what_is_shown_is_what_opens(event, moderator, guests):
    round_ = plan(event, mode="automatic")
    shown = named(preview(moderator, round_), guests.values())
    assert [len(names) for names in shown] == [3, 3, 3]
    start(event, "Round 1")
    assert people_of(round_, guests) == shown


def test_nothing_is_stored_by_looking(event, moderator, guests):
    round_ = plan(event, mode="automatic")
    preview(moderator, round_)
    assert db.session.scalars(select(Room)).all() == []
    assert db.session.scalars(select(Placement)).all() == []
    assert round_.opened_at is None


def test_it_carries_what_is_reached_the_least_and_chance(event, moderator, municipality):
    come(event, 6, municipality("Musterstadt"))
    round_ = plan(event, mode="automatic")
    cells = preview(moderator, round_).split("from the same municipality")[1].split("<td")[1:4]
    assert [cell.split(">")[1].split("<")[0] for cell in cells] == ["3", "3", "3"]


def test_dealing_again_places_people_elsewhere_and_that_is_what_opens(event, moderator, guests):
    round_ = plan(event, mode="automatic")
    shown = named(preview(moderator, round_), guests.values())
    again = []
    for _time in range(3):
        assert moderator.post(f"/rounds/{round_.id}/deals").status_code == 303
        again.append(named(preview(moderator, round_), guests.values()))
    assert any(each != shown for each in again)
    start(event, "Round 1")
    assert people_of(round_, guests) == again[-1]
    assert moderator.post(f"/rounds/{round_.id}/deals").status_code == 409


def test_merged_groups_and_parts_of_large_ones_are_named(event, moderator, municipality):
    come(event, 5, municipality("Großstadt", cluster="1"))
    come(event, 2, municipality("Klein", cluster="2"))
    come(event, 2, municipality("Kleiner", cluster="2"))
    page = preview(moderator, plan(event, mode="municipality", capacity="4"))
    assert "Großstadt 1/2" in page
    assert "part of a large group" in page
    assert "Klein · Kleiner" in page
    assert "merged: fewer than three of one kind" in page


def test_without_topics_it_says_what_is_missing(app, appoint):
    from app.permissions import Role

    event = make_conference(topics=())
    moderator = appoint(event, Role.MODERATOR)
    round_ = queries.round_of(item(event, "Round 1"))
    assert "There are no topics yet." in preview(moderator, round_)
    assert "There are no topics yet." in moderator.get(f"/e/{event.code}/rounds").text


def test_where_people_choose_it_shows_the_rooms_and_their_seats(event, moderator, guests):
    page = preview(moderator, plan(event, "Round 2", mode="self_select", capacity="4"))
    assert page.count("4 seats") == 3
    assert "These are the rooms to choose from." in page


def test_the_plan_of_all_rounds_stands_on_one_page(event, moderator):
    page = moderator.get(f"/e/{event.code}/rounds").text
    for words in ("Round 1", "assigned automatically", "chosen freely", "by municipality"):
        assert words in page
    assert (
        f'href="/e/{event.code}/rounds#round-of-' in moderator.get(f"/e/{event.code}/cockpit").text
    )


def test_the_settings_of_a_round_lead_to_it_and_keep_what_is_typed(event, moderator):
    step = item(event, "Round 1")
    form = {
        "kind": "breakout",
        "title": "Round 1",
        "setting-breakout-mode": "state",
        "setting-breakout-topics": "Transfer",
        "setting-breakout-neighbours": "Hessen, Bayern",
        "setting-breakout-mix_also": "function",
    }
    moderator.post(f"/e/{event.code}/items/{step.id}", form)
    page = moderator.get(f"/e/{event.code}/items/{step.id}").text
    round_ = queries.round_of(step)
    assert round_.mode == "state"
    for words in ("Transfer</textarea>", "Hessen, Bayern</textarea>", f"/{round_.id}/preview"):
        assert words in page
    for chosen in ('value="state" selected', 'value="function" selected'):
        assert page.count(chosen) == 1


def test_pairs_are_kept_together_and_apart_in_this_round_or_in_all(event, moderator, guests):
    round_ = plan(event, mode="automatic")
    ids = list(guests)
    bind(moderator, round_, ids[0], ids[1], "together")
    bind(moderator, round_, ids[0], ids[2], "apart", everywhere="yes")
    assert "in all rounds" in preview(moderator, round_)
    start(event, "Round 1")
    inside = where(round_)
    assert inside[ids[0]] == inside[ids[1]] != inside[ids[2]]
    second = queries.round_of(item(event, "Round 2"))
    assert [(pair.ids, pair.bond) for pair in queries.pairs_of(second)] == [
        ((ids[0], ids[2]), "apart")
    ]


def bind(moderator, round_, first, second, bond, **more):
    form = {"first": first, "second": second, "bond": bond, **more}
    return moderator.post(f"/rounds/{round_.id}/pairs", form)


def test_what_contradicts_itself_is_refused_and_what_is_known_is_not_doubled(
    event, moderator, guests
):
    round_ = plan(event, mode="automatic")
    one, two = list(guests)[:2]
    assert bind(moderator, round_, one, two, "together").status_code == 303
    assert bind(moderator, round_, two, one, "together").status_code == 303
    assert bind(moderator, round_, two, one, "apart").status_code == 409
    assert bind(moderator, round_, one, one, "apart").status_code == 422
    assert bind(moderator, round_, one, "x", "apart").status_code == 422
    assert bind(moderator, round_, one, two, "married").status_code == 422
    (pair,) = db.session.scalars(select(Pair)).all()
    assert moderator.delete(f"/rounds/{round_.id}/pairs/{pair.id}").status_code == 303
    assert db.session.scalars(select(Pair)).all() == []


def test_what_is_to_hold_in_all_rounds_contradicts_no_round(event, moderator, guests):
    first = plan(event, mode="automatic")
    second = queries.round_of(item(event, "Round 2"))
    one, two = list(guests)[:2]
    assert bind(moderator, second, one, two, "apart").status_code == 303
    assert bind(moderator, first, one, two, "together", everywhere="yes").status_code == 409
    assert bind(moderator, first, one, two, "together").status_code == 303
    assert len(db.session.scalars(select(Pair)).all()) == 2


def test_pairs_that_cannot_all_be_kept_are_told_and_hold_nobody_up(event, moderator, guests):
    round_ = plan(event, mode="automatic", topics="One\nTwo")
    one, two, three, four, five = list(guests)[:5]
    for first, second in ((one, two), (two, three), (one, three), (four, five)):
        bind(moderator, round_, first, second, "apart")
    assert "one is passed over, because of older ones" in preview(moderator, round_)
    start(event, "Round 1")
    inside = where(round_)
    assert None not in inside.values()
    assert inside[one] != inside[two] != inside[three]
    assert inside[four] != inside[five]


def test_who_comes_late_is_kept_from_whom_they_must_not_meet(event, moderator, guests):
    round_ = plan(event, mode="automatic", topics="One\nTwo")
    (first, *_others) = guests
    late = come(event, 1)[0]
    bind(moderator, round_, first, late.id, "apart")
    gone(late)
    start(event, "Round 1")
    assert late.id not in where(round_)
    back(late)
    assert room_of(round_, late).id != where(round_)[first]


def gone(person):
    from app.database import now, transaction

    with transaction():
        person.present_until = now()


def back(person):
    from app.database import transaction
    from app.events import actions

    with transaction():
        actions.arrive(person.id)


def test_everybody_can_ask_why_they_are_in_their_room(event, join, municipality, moderator):
    town = municipality("Musterstadt")
    people = [join(event, f"Guest {n}", town) for n in range(4)]
    round_ = plan(event, mode="automatic", topics="One\nTwo")
    start(event, "Round 1")
    page = people[0].get(f"/rounds/{round_.id}/me/reason").text
    assert "Assigned: rooms of equal size" in page
    assert "1 other from the same municipality is here." in page
    assert "0 people here were in the same room before." in page
    assert (
        f"/rounds/{round_.id}/me/reason"
        in people[0].get(f"/rooms/{where(round_)[people[0].participant_id]}").text
    )
    listed = moderator.get(f"/rounds/{round_.id}/placements").text
    assert all(visitor.person.name in listed for visitor in people)


def test_where_there_are_many_the_reasons_come_room_by_room(event, guests, moderator, monkeypatch):
    round_ = plan(event, mode="automatic")
    start(event, "Round 1")
    inside = where(round_)
    url = f"/rounds/{round_.id}/placements"

    def listed(address):
        page = moderator.get(address).text
        return {id for id, name in guests.items() if name in page}

    assert listed(url) == set(guests)
    monkeypatch.setattr("app.breakouts.routes.planning.AT_ONCE", 5)
    for room in round_.rooms[:1]:
        assert listed(url) == {id for id in guests if inside[id] == room.id}
    last = round_.rooms[-1]
    assert listed(f"{url}?room={last.id}") == {id for id in guests if inside[id] == last.id}
    assert listed(f"{url}?room=x") == listed(url)


def test_for_one_reason_nothing_is_read_of_who_is_in_other_rooms(event, join, statements):
    guests = [join(event) for _ in range(4)]
    for title in ("Round 1", "Round 2"):
        plan(event, title, mode="automatic", topics="One\nTwo")
        round_ = start(event, title)
    del statements[:]
    assert queries.reason_of(round_, guests[0].person).met <= 1
    wide = [each for each in statements if "FROM placement" in each or "FROM round_wish" in each]
    assert wide
    narrow = ("participant_id IN", "participant_id = ", "room_id IN")
    assert all(any(words in each for words in narrow) for each in wide)


def test_who_was_together_before_is_counted(event, join):
    one, two = join(event), join(event)
    plan(event, "Round 1", topics="One")
    start(event, "Round 1")
    plan(event, "Round 2", mode="automatic", topics="Two")
    round_ = start(event, "Round 2")
    page = one.get(f"/rounds/{round_.id}/me/reason").text
    assert "1 person here was in the same room before." in page
    assert two.person.name not in page


@pytest.mark.parametrize("who", ["participant", "host", "observer", "outsider"])
def test_only_moderators_see_and_change_what_is_planned(event, who, guests, request):
    visitor = request.getfixturevalue(who)
    round_ = plan(event, mode="automatic")
    one, two = list(guests)[:2]
    calls = [
        visitor.get(f"/e/{event.code}/rounds"),
        visitor.get(f"/rounds/{round_.id}/preview"),
        visitor.get(f"/rounds/{round_.id}/placements"),
        visitor.get(f"/rounds/{round_.id}/places"),
        visitor.post(f"/rounds/{round_.id}/deals"),
        visitor.put(f"/rounds/{round_.id}/places", {f"place-{one}": "1"}),
        visitor.post(f"/rounds/{round_.id}/places/list"),
        bind(visitor, round_, one, two, "together"),
        visitor.delete(f"/rounds/{round_.id}/pairs/1"),
    ]
    assert {answer.status_code for answer in calls} <= {401, 403, 404}
    assert round_.dealt == 0
    assert db.session.scalars(select(Pair)).all() == []


def test_nobody_of_another_event_is_bound(event, moderator, outsider, guests):
    round_ = plan(event, mode="automatic")
    ours, theirs = next(iter(guests)), outsider.participant_id
    assert bind(moderator, round_, ours, theirs, "apart").status_code == 404
    assert db.session.scalars(select(Pair)).all() == []
