import pytest
from sqlalchemy import func, select

from app.carryover.models import CarriedPiece, CarriedThread, PieceKind
from app.carryover.queries import origins
from app.database import transaction
from app.extensions import db
from app.forums.models import Forum, Post, Thread
from app.permissions import Role, SpaceRole
from app.spaces import actions as spaces
from tests.carryover.conferences import propose, say
from tests.factories import make_account, make_forum, make_member, make_space


def carry(leader, event, **form):
    return leader.post(f"/e/{event.code}/carry-over", form)


def into(forum, *aspects, rooms=(), **more):
    return {
        "into": f"forum-{forum.id}",
        "aspect": [str(aspect.id) for aspect in aspects],
        "room": [str(room.id) for room in rooms],
        **more,
    }


def threads():
    return db.session.scalars(
        select(Thread).where(Thread.forum_id.is_not(None)).order_by(Thread.id)
    ).all()


def pieces(kind=None):
    query = select(CarriedPiece).order_by(CarriedPiece.position)
    return db.session.scalars(query.where(CarriedPiece.kind == kind) if kind else query).all()


def test_one_click_makes_a_thread_of_every_aspect_in_the_events_space(
    conference, event, leader, space
):
    answer = carry(leader, event)
    assert answer.status_code == 303
    forum = db.session.query(Forum).one()
    assert (forum.space_id, forum.title) == (space.id, "Opening conference")
    assert {thread.title for thread in threads()} == {"Reaching parents", "Political anchoring"}
    assert forum.thread_count == 2
    page = leader.get(f"/e/{event.code}/results").text
    assert "2 new threads stand in" in page
    assert page.count("Is being discussed further in:") == 2


def test_a_thread_begins_with_all_that_was_said_and_with_its_makers_words(
    conference, event, leader, coordinator
):
    carry(leader, event)
    thread = next(t for t in threads() if t.title == "Reaching parents")
    (origin,) = origins([thread.id])[thread.id]
    assert {piece.text for piece in origin.of("concern")} == {
        "How do we reach parents?",
        "Visits at home?",
    }
    (answer,), (proposal,) = origin.of("answer"), origin.of("proposal")
    assert "<strong>fund</strong>" in answer.body
    assert "<em>visit</em>" in proposal.body
    assert [each.text for each in origin.comments_on(proposal)] == ["We do that already."]
    assert origin.carried.voices == 2
    (post,) = db.session.scalars(select(Post).where(Post.thread_id == thread.id))
    assert post.account_id == coordinator.id
    assert "Opening conference" in post.text
    assert thread.post_count == 1


def test_a_room_becomes_a_thread_with_its_contributions_and_what_it_hands_in(
    conference, event, leader, forum
):
    form = into(forum, rooms=[conference.room], words="")
    assert carry(leader, event, **form).status_code == 303
    (thread,) = threads()
    (origin,) = origins([thread.id])[thread.id]
    assert [(label, [p.text for p in group]) for label, group in origin.contributions] == [
        ("impulse", ["Come along for a day."])
    ]
    assert {piece.text for piece in origin.report} == {"Visits", "Please write a guide."}
    assert thread.post_count == 0


def test_doing_it_twice_makes_no_doubles_and_adds_what_is_new(
    conference, event, leader, other, forum
):
    form = into(forum, *conference.aspects, words="How do we go on?")
    carry(leader, event, **form)
    before = len(pieces())
    said = carry(leader, event, **form)
    assert said.status_code == 303
    assert (len(threads()), len(pieces())) == (2, before)
    assert "stands in “Transfer” already" in leader.get(f"/e/{event.code}/results").text
    say(conference.proposal, other, "And by bicycle.")
    propose(conference.proposal.aspect, other, "Ask the midwives.")
    carry(leader, event, **form)
    assert (len(threads()), len(pieces())) == (2, before + 2)
    texts = [piece.text for piece in pieces()]
    assert texts.count("And by bicycle.") == texts.count("Ask the midwives.") == 1
    assert db.session.scalar(select(func.count(Post.id)).where(Post.account_id.is_not(None))) == 2


def test_one_click_a_second_time_finds_the_forum_of_the_first(conference, event, leader):
    carry(leader, event)
    carry(leader, event)
    carry(leader, event, into=f"new-{event.space_id}", aspect=[str(conference.aspects[0].id)])
    assert db.session.query(Forum).count() == 1
    assert len(threads()) == 2


def test_what_is_edited_in_the_event_later_stays_as_people_discuss_it(
    conference, event, leader, participant
):
    carry(leader, event)
    proposal = conference.proposal
    participant.post(f"/proposals/{proposal.id}", {"text": "Something else entirely."})
    carry(leader, event)
    assert [piece.text for piece in pieces(PieceKind.PROPOSAL)] == ["Let us *visit* them."]


def test_what_is_hidden_or_withdrawn_is_not_carried(conference, event, leader, other):
    leader.post(f"/e/{event.code}/hidden/concern/{conference.concerns[0].id}")
    comment = db.session.query(Post).one()
    other.delete(f"/posts/{comment.id}")
    carry(leader, event)
    texts = {piece.text for piece in pieces()}
    assert texts.isdisjoint({"How do we reach parents?", "We do that already.", ""})


def test_merging_threads_takes_the_origin_along(conference, event, leader, forum):
    from app.arranging.facts import ThreadsMerged
    from app.outbox import announce

    carry(leader, event, **into(forum, *conference.aspects))
    first, second = threads()
    with transaction():
        announce(ThreadsMerged(second.id, first.id, False), first.channel)
    assert len(origins([first.id])[first.id]) == 2


def test_a_member_may_write_but_makes_no_new_forum(event, conference, appoint, member, forum):
    leading = appoint(event, Role.MODERATOR, "Mia", account_id=member.id)
    leading.browser.sign_in(member)
    page = leading.get(f"/e/{event.code}/carry-over").text
    assert f'value="forum-{forum.id}"' in page
    assert "new-" not in page
    refused = carry(leading, event, into=f"new-{event.space_id}", aspect="1")
    assert refused.status_code == 422
    assert carry(leading, event).status_code == 303
    assert {thread.forum_id for thread in threads()} == {forum.id}


def test_nobody_carries_into_a_space_that_they_may_not_write_in(event, conference, leader, app):
    elsewhere = make_forum(make_space("Elsewhere"))
    assert carry(leader, event, **into(elsewhere, *conference.aspects)).status_code == 422
    assert threads() == []


def test_a_reader_of_the_space_carries_nothing(event, conference, appoint, space):
    with transaction():
        db.session.merge(space).allows_readers = True
    looker = make_member(space, SpaceRole.READER)
    leading = appoint(event, Role.MODERATOR, "Rita", account_id=looker.id)
    leading.browser.sign_in(looker)
    answer = carry(leading, event)
    assert answer.location == f"/e/{event.code}/carry-over"
    assert threads() == []


def test_a_moderator_without_an_account_is_told_what_is_missing(event, conference, moderator):
    answer = carry(moderator, event)
    assert answer.location == f"/e/{event.code}/carry-over"
    assert "For this you need an account." in moderator.get(answer.location).text


@pytest.mark.parametrize(
    ("who", "status"), [("participant", 403), ("host", 403), ("observer", 403), ("outsider", 401)]
)
def test_who_does_not_lead_the_event_carries_nothing(who, status, event, conference, request):
    visitor = request.getfixturevalue(who)
    assert visitor.get(f"/e/{event.code}/carry-over").status_code == status
    assert carry(visitor, event).status_code == status
    assert threads() == []


def test_the_way_back_leads_into_the_event_for_those_who_took_part(
    conference, event, leader, reader
):
    carry(leader, event)
    for piece in pieces():
        url = f"/carried-pieces/{piece.id}/source"
        there = leader.get(url)
        assert there.status_code == 302
        assert leader.get(there.location).status_code == 200
        elsewhere = reader.get(url)
        assert elsewhere.status_code == 200
        assert f"/join/{event.code}" in elsewhere.text
    carried = db.session.scalars(select(CarriedThread)).first()
    assert leader.get(f"/carried-threads/{carried.id}/source").status_code == 302


def test_the_code_of_an_event_of_another_space_is_not_given_away(
    conference, event, leader, coordinator, browser
):
    elsewhere = make_space("Steering group")
    friend = make_member(elsewhere)
    with transaction():
        spaces.admit(db.session.merge(elsewhere), db.session.merge(coordinator))
    carry(leader, event, **into(make_forum(elsewhere), conference.aspects[0]))
    page = browser().sign_in(friend).get(f"/carried-pieces/{pieces()[0].id}/source")
    assert page.status_code == 200
    assert event.code not in page.text


def test_outsiders_find_no_way_back(conference, event, leader, participant, browser):
    carry(leader, event)
    stranger = browser().sign_in(make_account(password_hash="none"))
    carried_id = pieces()[0].carried_id
    for path in (f"/carried-pieces/{pieces()[0].id}", f"/carried-threads/{carried_id}"):
        assert stranger.get(f"{path}/source").status_code == 404
        assert participant.get(f"{path}/source").status_code == 401
        assert browser().get(f"{path}/source").status_code == 401


def test_where_it_goes_on_is_told_to_those_alone_who_may_read_it(
    conference, event, leader, participant
):
    carry(leader, event)
    assert "Is being discussed further" not in participant.get(f"/e/{event.code}/results").text
    assert "Is being discussed further" in leader.get(f"/e/{event.code}/results").text


def test_the_moderators_plenum_has_the_button(conference, event, leader):
    from app.events import actions as events
    from tests.factories import item_of_kind

    with transaction():
        events.start_step(db.session.merge(event), item_of_kind(event, "plenum"))
    assert f"/e/{event.code}/carry-over" in leader.get(f"/e/{event.code}/cockpit").text


def test_a_forum_that_is_closed_takes_nothing(conference, event, leader, forum):
    from app.database import now

    with transaction():
        db.session.merge(forum).archived_at = now()
    assert carry(leader, event, **into(forum, *conference.aspects)).status_code == 422


def test_a_reply_quotes_what_was_said_without_a_name(conference, event, leader, reader, browser):
    carry(leader, event)
    (proposal,) = pieces(PieceKind.PROPOSAL)
    url = f"/carried-pieces/{proposal.id}/quote"
    quoted = reader.get(url)
    assert quoted.status_code == 200
    assert quoted.text.strip().splitlines()[-1] == "> Let us *visit* them."
    assert f"/carried-pieces/{proposal.id}/source" in quoted.text
    assert "Paula" not in quoted.text
    assert browser().get(url).status_code == 401
    assert browser().sign_in(make_account(password_hash="none")).get(url).status_code == 404
    leader.post(f"/e/{event.code}/hidden/proposal/{conference.proposal.id}")
    assert reader.get(url).status_code == 404


def test_the_origin_stands_above_the_posts_of_the_thread(conference, event, leader, reader):
    carry(leader, event)
    thread = next(t for t in threads() if t.title == "Reaching parents")
    page = reader.get(f"/threads/{thread.id}").text
    for words in (
        "2 concerns behind it",
        "1 official answer",
        "1 solution proposal with 1 comment",
    ):
        assert words in page
    assert page.index("2 concerns behind it") < page.index("How do we go on?")
