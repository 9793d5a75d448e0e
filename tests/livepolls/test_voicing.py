import pytest
from sqlalchemy import select

from app.database import transaction
from app.events.facts import CardHidden
from app.extensions import db
from app.livepolls.facts import ConcernWritten, OwnConcernsChanged
from app.livepolls.models import LONGEST_CONCERN, Concern, PollState
from app.realtime import View
from tests.factories import item_of_kind
from tests.livepolls.polls import support, write


def voice(visitor, poll, text, key="", **options):
    return visitor.post(f"/polls/{poll.id}/concerns", {"text": text, "key": key}, **options)


def texts(poll):
    shown = select(Concern.text).where(Concern.poll_id == poll.id, Concern.withdrawn_at.is_(None))
    return list(db.session.scalars(shown.order_by(Concern.id)))


def test_starting_the_step_opens_the_poll(event, moderator):
    from app.livepolls.queries import poll_of

    item = item_of_kind(event, "poll")
    assert poll_of(item).state == PollState.DRAFT
    moderator.post(f"/e/{event.code}/step", {"item": item.id})
    assert poll_of(item).state == PollState.OPEN


def test_a_concern_is_kept_and_announced(poll, participant, announced):
    assert voice(participant, poll, "  Childcare\r\nin the evening ").status_code == 303
    assert texts(poll) == ["Childcare\nin the evening"]
    concern = db.session.scalars(select(Concern)).one()
    assert concern.participant_id == participant.participant_id
    assert announced(poll.event.channel)[-1] == ConcernWritten(poll.id, concern.id)
    own = announced(participant.person.channel)
    assert own[-1] == OwnConcernsChanged(poll.id, participant.participant_id)


def test_all_views_hear_of_it_and_the_author_is_named_in_the_cockpit_only(poll, participant, hear):
    hall, cockpit, screen = (hear(poll.event, v) for v in (View.HALL, View.COCKPIT, View.SCREEN))
    voice(participant, poll, "Childcare <in> the evening")
    for view in (hall, cockpit):
        assert "Childcare &lt;in&gt; the evening" in view.html
    assert participant.person.name in cockpit.html
    assert participant.person.name not in hall.html + screen.html
    assert "1" in screen.html


def test_the_authors_other_devices_hear_of_it_and_nobody_elses(poll, participant, join, hear):
    mine, theirs = hear(participant), hear(join(poll.event))
    voice(participant, poll, "Childcare")
    assert 'id="mine"' in mine.html
    assert "Childcare" in mine.html
    assert theirs.messages == []


def test_the_author_sees_it_at_once_in_the_answer(poll, participant):
    answer = voice(participant, poll, "Childcare", live=True)
    assert answer.status_code == 200
    assert answer.mimetype == "text/vnd.turbo-stream.html"
    assert "Childcare" in answer.text
    assert f'"concern-{db.session.scalars(select(Concern)).one().id}"' in answer.text


def test_sending_again_with_the_same_key_makes_one(poll, participant, announced):
    voice(participant, poll, "Childcare", "k1")
    before = announced(poll.event.channel)
    assert voice(participant, poll, "Childcare", "k1").status_code == 303
    assert texts(poll) == ["Childcare"]
    assert announced(poll.event.channel) == before


def test_the_same_key_with_another_text_is_a_conflict_and_gives_the_text_back(poll, participant):
    voice(participant, poll, "Childcare", "k1")
    answer = voice(participant, poll, "Something else entirely", "k1")
    assert answer.status_code == 409
    assert "Something else entirely" in answer.text


def test_a_retry_that_comes_after_the_end_is_still_known(poll, participant, moderator):
    voice(participant, poll, "Childcare", "k1")
    moderator.post(f"/polls/{poll.id}/closure")
    assert voice(participant, poll, "Childcare", "k1").status_code == 303
    assert texts(poll) == ["Childcare"]


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("x" * LONGEST_CONCERN, True),
        ("ü" * LONGEST_CONCERN, True),
        ("🎉" * LONGEST_CONCERN, True),
        ("x" * (LONGEST_CONCERN + 1), False),
        ("", False),
        (" \r\n\t ", False),
        ("\x00", False),
    ],
)
def test_a_concern_has_one_to_five_hundred_characters(poll, participant, text, accepted):
    answer = voice(participant, poll, text)
    assert answer.status_code == (303 if accepted else 422)
    assert len(texts(poll)) == accepted


def test_what_was_too_long_comes_back(poll, participant):
    text = "My words " * 60
    answer = voice(participant, poll, text)
    assert text.strip() in answer.text
    assert str(LONGEST_CONCERN) in answer.text


def test_several_per_person_but_not_any_number(poll, participant, join):
    for number in range(poll.most_per_person):
        assert voice(participant, poll, f"Concern {number}").status_code == 303
    answer = voice(participant, poll, "One more")
    assert answer.status_code == 409
    assert str(poll.most_per_person) in answer.text
    assert voice(join(poll.event), poll, "Mine").status_code == 303


def test_withdrawing_makes_room_for_another(poll, participant):
    for number in range(poll.most_per_person):
        voice(participant, poll, f"Concern {number}")
    concern = db.session.scalars(select(Concern)).first()
    participant.delete(f"/concerns/{concern.id}")
    assert voice(participant, poll, "One more").status_code == 303


@pytest.mark.parametrize("role", ["moderator", "host", "participant"])
def test_everybody_who_takes_part_may_voice_a_concern(poll, role, request):
    assert voice(request.getfixturevalue(role), poll, "Childcare").status_code == 303


def test_observers_strangers_and_outsiders_may_not(poll, observer, outsider, browser):
    from tests.browsers import Visitor

    assert voice(observer, poll, "Childcare").status_code == 403
    assert voice(outsider, poll, "Childcare").status_code == 401
    answer = voice(Visitor(browser(), poll.event_id), poll, "Childcare")
    assert answer.status_code == 401
    assert "Childcare" in answer.text
    assert texts(poll) == []


def test_nothing_is_taken_before_the_poll_is_open(event, participant):
    from app.livepolls.queries import poll_of

    draft = poll_of(item_of_kind(event, "poll"))
    assert voice(participant, draft, "Too early").status_code == 409
    assert texts(draft) == []


def test_nothing_is_taken_changed_or_withdrawn_after_the_end(poll, participant, moderator):
    concern = write(poll, participant, "Childcare")
    assert moderator.post(f"/polls/{poll.id}/closure").status_code == 303
    answer = voice(participant, poll, "My late words")
    assert answer.status_code == 409
    assert "My late words" in answer.text
    assert participant.post(f"/concerns/{concern.id}", {"text": "Changed"}).status_code == 409
    assert participant.get(f"/concerns/{concern.id}/edit").status_code == 409
    assert participant.delete(f"/concerns/{concern.id}").status_code == 409
    assert texts(poll) == ["Childcare"]


def test_the_poll_can_be_opened_again(poll, participant, moderator, hear):
    moderator.post(f"/polls/{poll.id}/closure")
    hall = hear(poll.event)
    assert moderator.delete(f"/polls/{poll.id}/closure").status_code == 303
    assert hall.messages
    assert voice(participant, poll, "After all").status_code == 303


def test_closing_twice_is_closing_once(poll, moderator, announced):
    moderator.post(f"/polls/{poll.id}/closure")
    before = announced(poll.event.channel)
    closed_at = poll.closed_at
    assert moderator.post(f"/polls/{poll.id}/closure").status_code == 303
    assert announced(poll.event.channel) == before
    assert poll.closed_at == closed_at


def test_going_on_closes_the_poll_and_coming_back_leaves_it_closed(poll, event, moderator):
    welcome, step = event.items
    moderator.post(f"/e/{event.code}/step", {"item": welcome.id})
    assert poll.state == PollState.CLOSED
    moderator.post(f"/e/{event.code}/step", {"item": step.id})
    assert poll.state == PollState.CLOSED


def test_the_author_says_it_differently(poll, participant, hear):
    concern = write(poll, participant, "Childcare")
    hall, mine = hear(poll.event), hear(participant)
    assert "Childcare" in participant.get(f"/concerns/{concern.id}/edit").text
    answer = participant.post(f"/concerns/{concern.id}", {"text": "Childcare at night"})
    assert (answer.status_code, answer.location) == (303, f"/e/{poll.event.code}")
    assert texts(poll) == ["Childcare at night"]
    assert concern.edited_at is not None
    assert "Childcare at night" in hall.html
    assert "Childcare at night" in mine.html


@pytest.mark.parametrize("text", ["", "x" * (LONGEST_CONCERN + 1)])
def test_a_bad_edit_is_refused_beside_the_field(poll, participant, text):
    concern = write(poll, participant, "Childcare")
    answer = participant.post(f"/concerns/{concern.id}", {"text": text})
    assert answer.status_code == 422
    assert "<textarea" in answer.text
    assert text in answer.text
    assert texts(poll) == ["Childcare"]


def test_a_withdrawn_concern_goes_from_all_pages(poll, participant, hear):
    concern = write(poll, participant, "Childcare")
    hall, cockpit = hear(poll.event), hear(poll.event, View.COCKPIT)
    assert participant.delete(f"/concerns/{concern.id}").status_code == 303
    assert f'action="remove" target="concern-{concern.id}"' in hall.html
    assert f'action="remove" target="card-{concern.id}"' in cockpit.html
    for page in (participant.get(f"/e/{poll.event.code}"),):
        assert "Childcare" not in page.text


def test_what_is_withdrawn_is_withdrawn_once_and_not_edited(poll, participant, announced):
    concern = write(poll, participant, "Childcare")
    participant.delete(f"/concerns/{concern.id}")
    before = announced(poll.event.channel)
    assert participant.delete(f"/concerns/{concern.id}").status_code == 404
    assert participant.post(f"/concerns/{concern.id}", {"text": "Back"}).status_code == 404
    assert announced(poll.event.channel) == before


def test_what_others_support_stays_theirs_without_the_author(poll, participant, join, hear):
    concern = write(poll, participant, "Childcare")
    support(concern, join(poll.event))
    hall, mine = hear(poll.event), hear(participant)
    assert participant.delete(f"/concerns/{concern.id}").status_code == 303
    assert texts(poll) == ["Childcare"]
    assert concern.participant_id is None
    assert f'id="concern-{concern.id}"' in hall.html
    assert "Childcare" not in mine.html


def test_nobody_else_edits_or_withdraws(
    poll, participant, join, moderator, host, observer, outsider
):
    concern = write(poll, participant, "Childcare")
    for visitor in (join(poll.event), moderator, host, observer, outsider):
        for answer in (
            visitor.get(f"/concerns/{concern.id}/edit"),
            visitor.post(f"/concerns/{concern.id}", {"text": "Mine now"}),
            visitor.delete(f"/concerns/{concern.id}"),
        ):
            assert answer.status_code in (401, 403, 404)
    assert texts(poll) == ["Childcare"]


def test_a_quiet_poll_is_heard_in_the_cockpit_only(quiet_poll, participant, join, hear):
    poll, other = quiet_poll, join(quiet_poll.event)
    hall, cockpit, screen = (hear(poll.event, v) for v in (View.HALL, View.COCKPIT, View.SCREEN))
    theirs = hear(other)
    voice(participant, poll, "A quiet concern")
    assert "A quiet concern" in cockpit.html
    for ear in (hall, screen, theirs):
        assert "A quiet concern" not in ear.html
    assert "A quiet concern" not in other.get(f"/e/{poll.event.code}").text
    assert "A quiet concern" in participant.get(f"/e/{poll.event.code}").text


def test_a_quiet_polls_concerns_are_supported_by_nobody_who_cannot_see_them(
    quiet_poll, participant, join
):
    concern = write(quiet_poll, participant, "A quiet concern")
    assert join(quiet_poll.event).post(f"/concerns/{concern.id}/support").status_code == 404


def test_a_quiet_poll_shows_all_once_it_is_closed(quiet_poll, participant, join, moderator, hear):
    write(quiet_poll, participant, "A quiet concern")
    hall = hear(quiet_poll.event)
    moderator.post(f"/polls/{quiet_poll.id}/closure")
    assert "A quiet concern" in hall.html
    assert "A quiet concern" in join(quiet_poll.event).get(f"/e/{quiet_poll.event.code}").text


def test_a_hidden_concern_goes_from_all_pages_but_the_moderators_and_its_authors(
    poll, participant, join, moderator, hear, announced
):
    concern, other = write(poll, participant, "Something rude"), join(poll.event)
    hall, cockpit = hear(poll.event), hear(poll.event, View.COCKPIT)
    url = f"/e/{poll.event.code}/hidden/concern/{concern.id}"
    assert moderator.post(url).status_code == 303
    assert CardHidden(poll.event_id, "concern", concern.id) in announced(poll.event.channel)
    assert f'action="remove" target="concern-{concern.id}"' in hall.html
    assert "Something rude" not in hall.html
    assert "Something rude" in cockpit.html
    assert "Something rude" not in other.get(f"/e/{poll.event.code}").text
    assert "Something rude" in participant.get(f"/e/{poll.event.code}").text
    moderator.delete(url)
    assert "Something rude" in hall.html
    assert "Something rude" in other.get(f"/e/{poll.event.code}").text


def test_a_hidden_concern_stays_hidden_when_it_is_edited_or_supported(
    poll, participant, moderator, hear
):
    concern = write(poll, participant, "Something rude")
    moderator.post(f"/e/{poll.event.code}/hidden/concern/{concern.id}")
    hall = hear(poll.event)
    participant.post(f"/concerns/{concern.id}", {"text": "Something ruder"})
    assert "ruder" not in hall.html


def test_a_referrer_from_elsewhere_leads_nowhere_else(poll, participant, moderator):
    concern = write(poll, participant, "Childcare")
    answer = moderator.post(
        f"/e/{poll.event.code}/hidden/concern/{concern.id}",
        headers={"Referer": "https://evil.example/page"},
    )
    assert "evil.example" not in answer.location


def test_a_settings_change_while_it_is_open_is_heard(poll, participant, moderator, hear):
    hall = hear(poll.event)
    item = poll.item
    moderator.post(
        f"/e/{poll.event.code}/items/{item.id}",
        {"kind": "poll", "title": "Flash poll", "text": "A better question?"},
    )
    assert "A better question?" in hall.html
    with transaction():
        assert poll.question == "A better question?"
