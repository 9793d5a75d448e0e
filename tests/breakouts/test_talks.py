"""What others say to a contribution: reactions and replies, in the room and afterwards."""

import re

import pytest
from sqlalchemy import func, select

from app.breakouts import actions, queries
from app.breakouts.models import Contribution, ContributionReaction, ContributionThread
from app.database import transaction
from app.errors import NotFound
from app.events import merging, own_data
from app.extensions import db
from app.forums.models import Post
from app.realtime import View
from tests.breakouts.rounds import come


@pytest.fixture
def contribution(participant, room):
    form = {"kind": "experience", "text": "It works like this.", "key": "k1"}
    assert participant.post(f"/rooms/{room.id}/contributions", form).status_code == 303
    return db.session.scalar(select(Contribution))


def react(visitor, contribution, kind="agree", wanted=True, **options):
    path = f"/contributions/{contribution.id}/reactions/{kind}"
    return (visitor.put if wanted else visitor.delete)(path, **options)


def reactions():
    return db.session.scalar(select(func.count()).select_from(ContributionReaction))


def reply(visitor, contribution, text="With us, too.", key="r1"):
    """As the form of the page sends it: the first to the contribution, others to its thread."""
    page = visitor.get(f"/contributions/{contribution.id}")
    (address,) = re.findall(r'id="post-form-[^"]+" method="post" action="([^"]+)"', page.text)
    return visitor.post(address, {"text": text, "key": key})


def end(room):
    with transaction():
        actions.end_round(actions.hold(room.round_id))


def test_a_reaction_counts_once_and_the_room_sees_it(neighbour, room, contribution, hear):
    inside = hear(room.round.event, View.ROOM, source=room.channel)
    for _time in range(2):
        answer = react(neighbour, contribution, live=True)
        assert answer.status_code == 200
    assert f'data-support="agree-contribution-{contribution.id}"' in inside.html
    assert 'Agree <span class="count">1</span>' in inside.html
    assert "csrf_token" not in inside.html
    assert reactions() == 1
    react(neighbour, contribution, wanted=False)
    assert reactions() == 0


def test_ones_own_reaction_is_marked_on_all_ones_devices(neighbour, contribution, hear):
    react(neighbour, contribution, "thanks")
    page = neighbour.get(f"/rooms/{contribution.room_id}").text
    assert f"thanks-contribution-{contribution.id}" in page.partition('id="my-marks"')[2]


def test_nobody_reacts_to_what_is_their_own(participant, contribution):
    assert react(participant, contribution).status_code == 409
    assert reactions() == 0


def test_there_are_only_a_few_kinds_of_reactions(neighbour, contribution):
    assert react(neighbour, contribution, "boo").status_code == 404


def test_a_reply_is_seen_at_the_contribution(neighbour, participant, room, contribution, hear):
    inside = hear(room.round.event, View.ROOM, source=room.channel)
    answer = reply(neighbour, contribution)
    assert answer.status_code == 303
    assert answer.location.startswith(f"/contributions/{contribution.id}#post-")
    assert "1 reply" in inside.html
    page = participant.get(f"/contributions/{contribution.id}").text
    assert "With us, too." in page
    assert "Nora Neighbour" in page
    assert "1 reply" in participant.get(f"/rooms/{room.id}").text


def test_a_reply_that_is_hidden_counts_no_longer(moderator, neighbour, room, contribution, hear):
    reply(neighbour, contribution)
    post = db.session.scalar(select(Post))
    inside = hear(room.round.event, View.ROOM, source=room.channel)
    assert moderator.post(f"/e/{room.round.event.code}/hidden/post/{post.id}").status_code == 303
    assert "1 reply" not in inside.html
    assert f'id="contribution-{contribution.id}"' in inside.html
    assert "With us, too." not in neighbour.get(f"/contributions/{contribution.id}").text


def test_people_of_another_room_wait_until_the_round_is_over(
    stranger, observer, room, contribution
):
    for visitor in (stranger, observer):
        assert visitor.get(f"/contributions/{contribution.id}").status_code == 404
    assert react(stranger, contribution).status_code == 404
    end(room)
    for visitor in (stranger, observer):
        assert "It works like this." in visitor.get(f"/contributions/{contribution.id}").text
    assert react(stranger, contribution).status_code == 303
    assert react(observer, contribution).status_code == 403
    assert reply(stranger, contribution).status_code == 303


def test_people_of_another_room_do_not_reply_while_it_is_open(neighbour, stranger, contribution):
    reply(neighbour, contribution)
    (thread_id,) = db.session.scalars(select(ContributionThread.thread_id))
    answer = stranger.post(f"/threads/{thread_id}/posts", {"text": "Hello", "key": "s1"})
    assert answer.status_code == 404
    with pytest.raises(NotFound):
        stranger.audience(f"thread:{thread_id}")
    neighbour.audience(f"thread:{thread_id}")


def test_after_the_round_everybody_sees_what_is_said_and_before_only_the_room(
    neighbour, stranger, room, contribution, hear
):
    hall = hear(room.round.event, View.HALL)
    react(neighbour, contribution)
    assert f"contribution-{contribution.id}" not in hall.html
    end(room)
    page = stranger.get(f"/contributions/{contribution.id}").text
    assert f'id="result-talk-{contribution.id}"' in page
    assert f'data-channel="{room.channel}"' not in page
    later = hear(room.round.event, View.HALL)
    react(stranger, contribution)
    assert f'target="result-talk-{contribution.id}"' in later.html
    assert 'Agree <span class="count">2</span>' in later.html
    with transaction():
        hidden = db.session.get_one(Contribution, contribution.id)
        hidden.hide(True)
        actions.announce_talk(hidden)
    assert later.html.count("It works like this.") == 1


def test_whoever_looks_at_it_writes_nothing(neighbour, observer, room, contribution, statements):
    page = neighbour.get(f"/contributions/{contribution.id}").text
    assert 'id="post-form' in page
    assert "Nobody has replied yet." in page
    assert not [each for each in statements if each.startswith(("INSERT", "UPDATE", "DELETE"))]
    end(room)
    page = observer.get(f"/contributions/{contribution.id}").text
    assert 'id="post-form' not in page
    assert "Nobody has replied yet." in page
    assert db.session.scalar(select(ContributionThread)) is None


def test_a_first_reply_is_previewed_like_any_other(neighbour, contribution):
    form = {"text": "*Here*, too.", "key": "r1", "preview": "1"}
    page = neighbour.post(f"/contributions/{contribution.id}/replies", form).text
    assert "<em>Here</em>, too." in page
    assert "*Here*, too.</textarea>" in page
    assert db.session.scalar(select(Post)) is None


def test_two_who_reply_first_are_in_one_thread(participant, neighbour, contribution):
    address = f"/contributions/{contribution.id}/replies"
    for visitor in (neighbour, participant):
        assert visitor.post(address, {"text": visitor.person.name, "key": "k"}).status_code == 303
    page = neighbour.get(f"/contributions/{contribution.id}").text
    assert page.count('<li class="post"') == 2
    assert len(db.session.scalars(select(ContributionThread)).all()) == 1


def test_nobody_from_elsewhere_replies_first(stranger, observer, room, contribution):
    address, form = f"/contributions/{contribution.id}/replies", {"text": "Hello", "key": "k"}
    assert stranger.post(address, form).status_code == 404
    end(room)
    assert observer.post(address, form).status_code == 403
    assert db.session.scalar(select(ContributionThread)) is None


def test_what_is_hidden_is_for_its_author_and_moderators(
    moderator, participant, neighbour, contribution
):
    with transaction():
        db.session.get_one(Contribution, contribution.id).hide(True)
    path = f"/contributions/{contribution.id}"
    assert neighbour.get(path).status_code == 404
    assert react(neighbour, contribution).status_code == 404
    for visitor in (moderator, participant):
        assert visitor.get(path).status_code == 200


def test_what_others_have_replied_to_stays_without_its_author(participant, neighbour, contribution):
    reply(neighbour, contribution)
    answer = participant.delete(f"/contributions/{contribution.id}", live=True)
    assert "so it stays, without your name" in answer.text
    left = db.session.get_one(Contribution, contribution.id)
    assert (left.withdrawn_at, left.participant_id) == (None, None)
    page = neighbour.get(f"/contributions/{contribution.id}").text
    assert "It works like this." in page
    assert "Paula Participant" not in page


def test_what_nobody_replied_to_goes_with_its_author(participant, neighbour, contribution):
    react(neighbour, contribution)
    reply(participant, contribution, "One more thing.")
    participant.delete(f"/contributions/{contribution.id}")
    assert neighbour.get(f"/contributions/{contribution.id}").status_code == 404


def test_who_goes_takes_their_reactions_along(neighbour, contribution):
    react(neighbour, contribution)
    person = neighbour.person
    exported = own_data.export(person)["contribution_reactions"]
    assert exported == [{"contribution": contribution.id, "said": "agree"}]
    with transaction():
        own_data.delete(neighbour.person)
    assert reactions() == 0


def test_a_guest_who_becomes_a_member_says_everything_once(
    event, participant, neighbour, contribution
):
    (other,) = come(event)
    for person in (other, neighbour.person):
        with transaction():
            actions.react(
                db.session.get_one(Contribution, contribution.id),
                db.session.merge(person),
                "agree",
                True,
            )
    with transaction():
        merging.merge(db.session.merge(other), neighbour.person)
    assert reactions() == 1
    with transaction():
        merging.merge(neighbour.person, participant.person)
    assert reactions() == 0


def test_the_results_tell_what_others_said(participant, neighbour, stranger, room, contribution):
    react(neighbour, contribution, "helpful")
    reply(neighbour, contribution)
    end(room)
    code = room.round.event.code
    page = stranger.get(f"/e/{code}/results").text
    assert "With us, too." in page
    assert f'href="/contributions/{contribution.id}"' in page


def test_who_is_moved_hears_no_more_replies_there(
    event, neighbour, participant, room, contribution, hear
):
    reply(participant, contribution)
    thread = queries.thread_of(contribution)
    name = neighbour.audience(thread.channel).key
    ear = hear(neighbour)
    ear.socket.entered.append(name)
    other = next(each for each in room.round.rooms if each.id != room.id)
    with transaction():
        actions.move(actions.hold(room.round_id), neighbour.person, other)
    ear.listen()
    assert name not in ear.socket.entered
