"""A concern that holds two is split in two: whose both are, who supports them, and who may not."""

import json

import pytest
from sqlalchemy import select

from app.database import transaction
from app.extensions import db
from app.livepolls import actions
from app.livepolls.board.models import Suggestion
from app.livepolls.models import Concern, ConcernSupport, FlashPoll
from app.livepolls.queries import cards, voices
from app.livepolls.splits import ConcernSplit
from app.realtime import View
from tests.factories import look_again
from tests.livepolls.board.boards import suggestion
from tests.livepolls.polls import heard_by, support, write

WHOLE = "Buses in the evening are missing; doctors for children are missing too"
FIRST, SECOND = "Buses in the evening are missing", "Doctors for children are missing"


@pytest.fixture
def whole(poll, people):
    return write(poll, people[0], WHOLE)


@pytest.fixture
def split(table, whole):
    """Split the concern, and tell what came of it."""

    def do(first=FIRST, second=SECOND, concern=None, by=None, **form):
        form = {"first": first, "second": second, "page": "x", **form}
        url = f"/concerns/{(concern or whole).id}/parts"
        return (by or table).send("POST", url, **form)

    return do


def second_of(concern):
    look_again()
    id = db.session.scalar(
        select(ConcernSplit.second_id).where(ConcernSplit.first_id == concern.id).limit(1)
    )
    return db.session.get(Concern, id) if id else None


def told(*concerns):
    """What cards say: the words, all supporters, those of other words, and what was split."""
    look_again()
    return [
        (
            card.concern.text,
            card.supports,
            [(e.text, e.supports) for e in card.supported_as],
            [(w.text, w.supports) for w in card.split_from],
        )
        for card in cards(Concern.id.in_([c.id for c in concerns]))
    ]


def board_card(page, concern):
    return page.split(f'id="card-{concern.id}"')[1].split("</li>")[0]


# What becomes of it


def test_two_concerns_of_the_same_person_come_of_one(table, whole, split, people):
    answer = split()
    second = second_of(whole)
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"/cockpit#card-{second.id}")
    assert told(whole, second) == [(FIRST, 0, [], [(WHOLE, 0)]), (SECOND, 0, [], [(WHOLE, 0)])]
    assert second.participant_id == people[0].participant_id
    assert second.created_at == whole.created_at
    assert {FIRST, SECOND} <= set(table.loose)


def test_the_form_proposes_the_cut_between_the_two(table, whole, moderator):
    page = moderator.get(f"/concerns/{whole.id}/parts").text
    first, second = (
        page.split(f'name="{name}"')[1].split(">", 1)[1].split("</textarea>")[0]
        for name in ("first", "second")
    )
    assert (first, second) == (
        "Buses in the evening are missing",
        "Doctors for children are missing too",
    )


def test_where_nothing_tells_a_cut_both_fields_hold_all(poll, people, moderator):
    concern = write(poll, people[1], "Playgrounds")
    assert moderator.get(f"/concerns/{concern.id}/parts").text.count(">Playgrounds</textarea>") == 2


def test_the_board_leads_there_from_each_card_and_from_the_mark(
    table, whole, poll, moderator, concerns
):
    link = f'href="/concerns/{whole.id}/parts"'
    assert moderator.get(f"/e/{poll.event.code}/cockpit").text.count(link) == 1
    id = suggestion(poll, whole, concerns[0])
    with transaction():
        near = {"concern": concerns[1].id, "title": "Doctors", "double": True}
        db.session.get_one(Suggestion, id).near = {str(whole.id): near}
    page = moderator.get(f"/e/{poll.event.code}/cockpit").text
    assert link in page.split('class="suggested-near"')[1].split("</p>")[0]


def test_who_supports_the_whole_supports_both_and_counts_as_one_person(
    table, poll, whole, split, people
):
    support(whole, *people[1:4])
    split()
    second = second_of(whole)
    assert told(whole, second) == [(FIRST, 3, [], [(WHOLE, 3)]), (SECOND, 3, [], [(WHOLE, 3)])]
    aspect = table.gather("Both", whole, second)
    assert next(c.voices for c in table.board.aspects if c.aspect.id == aspect.id) == 4


def test_who_supported_one_of_them_alone_supports_that_one(poll, whole, split, people):
    with transaction():
        concern = db.session.get_one(Concern, whole.id)
        concern.text = SECOND
    support(whole, people[1])
    people[0].post(f"/concerns/{whole.id}", {"text": WHOLE})
    support(whole, people[2])
    split()
    assert told(whole, second_of(whole)) == [
        (FIRST, 1, [], [(WHOLE, 1)]),
        (SECOND, 2, [], [(WHOLE, 1)]),
    ]


def test_the_first_keeps_its_place_and_the_second_is_to_be_sorted(table, whole, split, concerns):
    table.gather("Buses", whole, concerns[1])
    split()
    assert table.aspects == {"Buses": ["Concern 1", FIRST]}
    assert SECOND in table.loose


def test_the_second_goes_where_the_form_says(table, whole, split, concerns):
    aspect = table.gather("Doctors", concerns[1])
    split(into=aspect.id)
    assert table.aspects == {"Doctors": ["Concern 1", SECOND]}
    table.undo()
    assert table.aspects == {"Doctors": ["Concern 1"]}
    assert WHOLE in table.loose
    table.redo()
    assert table.aspects == {"Doctors": ["Concern 1", SECOND]}


def test_what_was_taken_out_of_an_aspect_is_suggested_for_it_with_neither_part(
    table, poll, whole, split, concerns
):
    from app.livepolls.board.offering import apart
    from app.livepolls.queries import aspect_cards

    aspect = table.gather("Not here", concerns[1], whole)
    table.move(whole, None)
    split()
    second = second_of(whole)
    gathered = aspect_cards(table.poll, cards(Concern.poll_id == poll.id, Concern.shown()))
    assert aspect.id in [card.aspect.id for card in gathered]
    assert {id for id, _other in apart(table.poll, gathered)} == {str(whole.id), str(second.id)}


def test_suggestions_are_made_anew_where_there_were_any(table, whole, split, poll):
    split()
    assert not table.poll.suggestions_wanted
    table.undo()
    with transaction():
        actions_ = db.session.get_one(FlashPoll, poll.id)
        actions_.suggested_at = actions_.opened_at
    split()
    assert table.poll.suggestions_wanted


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (FIRST, FIRST),
        (WHOLE, SECOND),
        (FIRST, f"{WHOLE}!"),
        ("", SECOND),
        (FIRST, " "),
        ("x" * 501, SECOND),
    ],
)
def test_what_is_no_split_is_refused_and_keeps_what_was_typed(table, whole, split, first, second):
    answer = split(first, second)
    assert answer.status_code == 422
    assert (first or second) in answer.text
    assert 'role="alert"' in answer.text
    assert second_of(whole) is None
    assert table.actions == []


def test_it_takes_no_more_of_what_a_person_may_voice(poll, whole, split, people):
    with transaction():
        db.session.get_one(FlashPoll, poll.id).most_per_person = 3
    split()
    write(poll, people[0], "A third one")
    assert db.session.query(Concern).filter_by(participant_id=people[0].participant_id).count() == 4


def test_a_late_retry_of_what_was_sent_is_answered_with_the_first_part(poll, people, table, split):
    concern = write(poll, people[1], WHOLE, "key")
    split(concern=concern)
    assert write(poll, people[1], WHOLE, "key").id == concern.id


# Who sees it


def test_the_hall_its_author_and_its_supporters_see_both_at_once(poll, whole, split, people, hear):
    support(whole, people[1])
    hall, cockpit = hear(poll.event), hear(poll.event, View.COCKPIT)
    split()
    second = second_of(whole)
    for heard in (hall, cockpit):
        assert f"<q>{WHOLE}</q>" in heard.html
        assert FIRST in heard.html
        assert SECOND in heard.html
    mine = people[0].get(f"/e/{poll.event.code}").text.split('id="mine"')[1]
    for concern in (whole, second):
        assert f'id="my-concern-{concern.id}"' in mine
    assert mine.count(f"<q>{WHOLE}</q>") == 2


def test_the_author_edits_and_withdraws_each_by_itself(table, whole, split, people):
    split()
    second = second_of(whole)
    assert people[0].post(f"/concerns/{second.id}", {"text": "Midwives"}).status_code == 303
    assert told(whole, second) == [(FIRST, 0, [], [("", 0)]), ("Midwives", 0, [], [("", 0)])]
    assert people[0].delete(f"/concerns/{second.id}").status_code == 303
    look_again()
    assert second.withdrawn_at is not None
    assert FIRST in table.loose
    assert "Midwives" not in table.loose


def test_what_was_taken_back_is_quoted_nowhere(poll, whole, split, people, hear, moderator):
    split()
    hall = hear(poll.event)
    people[0].delete(f"/concerns/{second_of(whole).id}")
    assert "Split from a longer concern." in hall.html
    pages = (people[1].get(f"/e/{poll.event.code}"), moderator.get(f"/e/{poll.event.code}/cockpit"))
    for page in pages:
        assert WHOLE not in page.text
        assert FIRST in page.text
    assert WHOLE not in str(db.session.execute(select(ConcernSplit.text)).all())


def test_nor_below_the_part_of_those_who_supported_both_and_took_one_back(
    poll, whole, split, people
):
    support(whole, people[1])
    split()
    second = second_of(whole)
    people[1].delete(f"/concerns/{second.id}/support")
    people[0].delete(f"/concerns/{second.id}")
    page = people[1].get(f"/e/{poll.event.code}").text
    assert FIRST in page
    assert WHOLE not in page


def test_the_taps_of_supporters_show_on_both_at_once(app, poll, whole, split, people, table):
    support(whole, people[1])
    told = heard_by(app, poll, people[1], split)
    assert f"concern-{second_of(whole).id}" in told
    told = heard_by(app, poll, people[1], table.undo)
    assert f"concern-{whole.id}" in told
    assert f"concern-{second_of(whole).id}" not in told


def test_a_part_stays_with_who_supported_the_whole_when_its_author_goes(whole, split, people, poll):
    support(whole, people[1])
    split()
    people[0].post(f"/concerns/{whole.id}", {"text": "Trams"})
    people[0].delete(f"/concerns/{whole.id}")
    (first, second) = told(whole, second_of(whole))
    assert first == (FIRST, 1, [(WHOLE, 1)], [("", 0)])
    assert whole.participant_id is None
    assert second[0] == SECOND


def test_who_deletes_all_that_is_theirs_leaves_no_word_of_it(poll, whole, split, people, table):
    split()
    table.undo()
    split("Buses", "Doctors for all")
    split("Trams", "Trains for all", concern=second_of(whole))
    people[0].delete(f"/e/{poll.event.code}/me")
    look_again()
    said = db.session.execute(
        select(
            Concern.text,
            Concern.submitted_text,
            ConcernSplit.text,
            ConcernSplit.first_text,
            ConcernSplit.second_text,
        ).join(Concern, Concern.id.in_([ConcernSplit.first_id, ConcernSplit.second_id]))
    ).all()
    assert said
    assert {text for row in said for text in row} == {""}


def test_ones_own_data_says_what_it_was_split_from(poll, whole, split, people):
    split()
    mine = json.loads(people[0].get(f"/e/{poll.event.code}/me.json").text)["concerns"]
    own = [(each["text"], each["split_from"]) for each in mine if each["text"] != "Concern 0"]
    assert own == [(FIRST, [WHOLE]), (SECOND, [WHOLE])]


def test_where_a_part_is_hidden_nobody_else_reads_the_whole(
    poll, whole, split, people, moderator, hear
):
    support(whole, people[1])
    split()
    second, hall = second_of(whole), hear(poll.event)
    moderator.post(f"/polls/{poll.id}/hidden", {"concern": second.id, "reason": "a name"})
    page = people[2].get(f"/e/{poll.event.code}").text
    assert FIRST in page
    assert "doctors" not in page.lower()
    assert "doctors" not in hall.html.lower()
    assert "Split from a longer concern." in hall.html
    export = people[2].get(f"/polls/{poll.id}/export?format=json").text
    assert "doctors" not in export.lower()
    board = moderator.get(f"/e/{poll.event.code}/cockpit").text
    assert f"<q>{WHOLE}</q>" in board_card(board, whole)
    moderator.delete(f"/polls/{poll.id}/hidden", {"concern": second.id})
    assert f"<q>{WHOLE}</q>" in hall.messages[-1]["html"]


def test_the_name_that_was_promised_goes_with_both(poll, table, people, split):
    with transaction():
        db.session.get_one(FlashPoll, poll.id).is_named = True
    named = write(db.session.get_one(FlashPoll, poll.id), people[2], WHOLE)
    split(concern=named)
    hall = people[3].get(f"/e/{poll.event.code}").text
    assert hall.count("<span>Person 2</span>") == 2


def test_in_an_anonymous_poll_neither_has_a_name(poll, whole, split, people):
    split()
    assert "Person 0" not in people[3].get(f"/e/{poll.event.code}").text
    with transaction():
        db.session.get_one(FlashPoll, poll.id).is_named = True
    assert "Person 0" not in people[3].get(f"/e/{poll.event.code}").text


def test_of_a_quiet_poll_the_hall_hears_nothing(poll, whole, split, people, hear):
    with transaction():
        db.session.get_one(FlashPoll, poll.id).hides_until_closed = True
    hall = hear(poll.event)
    split()
    assert SECOND not in hall.html
    assert FIRST not in people[3].get(f"/e/{poll.event.code}").text


def test_the_screen_shows_the_first_part_then(poll, whole, split, moderator, hear, table):
    moderator.post(f"/e/{poll.event.code}/highlight/concern/{whole.id}", {"shown": "1"})
    screen = hear(poll.event, View.SCREEN)
    split()
    assert FIRST in screen.html
    assert "doctors" not in screen.html
    second = second_of(whole)
    table.undo()
    assert WHOLE in screen.messages[-1]["html"]
    table.redo()
    moderator.post(f"/e/{poll.event.code}/highlight/concern/{second.id}", {"shown": "1"})
    table.undo()
    look_again()
    assert poll.event.highlight_id is None


def test_the_search_finds_both_by_their_words(indexed_at_once, whole, split, people, table):
    split(FIRST, "Midwives are missing")
    assert "are missing" in people[3].get("/search?q=midwives").text
    assert "missing" not in people[3].get("/search?q=children").text
    table.undo()
    assert "missing" not in people[3].get("/search?q=midwives").text
    assert "missing" in people[3].get("/search?q=children").text


# What moderators read first


def test_what_nobody_has_read_is_split_before_it_is_published(
    poll, table, people, split, hear, moderator
):
    with transaction():
        db.session.get_one(FlashPoll, poll.id).is_moderated_before = True
    concern = write(db.session.get_one(FlashPoll, poll.id), people[2], WHOLE)
    hall = hear(poll.event)
    assert f'/concerns/{concern.id}/parts"' in moderator.get(f"/e/{poll.event.code}/cockpit").text
    assert split(concern=concern).status_code == 303
    second = second_of(concern)
    assert "missing" not in hall.html
    assert [c.concern.text for c in table.board.waiting] == [FIRST, SECOND]
    edition = concern.edition
    table.send("POST", f"/polls/{poll.id}/published", concern=f"{concern.id}:{edition}")
    assert FIRST in hall.html
    assert "doctors" not in hall.html.lower()
    table.send("POST", f"/polls/{poll.id}/published", concern=f"{second.id}:{second.edition}")
    assert f"<q>{WHOLE}</q>" in hall.messages[-1]["html"]


def test_who_read_the_whole_does_not_publish_a_part_unread(poll, table, people, split, ben):
    with transaction():
        db.session.get_one(FlashPoll, poll.id).is_moderated_before = True
    concern = write(db.session.get_one(FlashPoll, poll.id), people[2], WHOLE)
    seen = f"{concern.id}:{concern.edition}"
    split(concern=concern, by=table.by(ben))
    table.send("POST", f"/polls/{poll.id}/published", concern=seen)
    assert [c.concern.text for c in table.board.waiting] == [FIRST, SECOND]


def test_what_is_hidden_is_shown_again_before_it_is_split(poll, table, whole, split, moderator):
    table.send("POST", f"/polls/{poll.id}/hidden", concern=whole.id)
    page = moderator.get(f"/e/{poll.event.code}/cockpit").text
    assert f'/concerns/{whole.id}/parts"' not in page
    assert split().status_code == 409
    assert second_of(whole) is None


def test_what_was_taken_back_is_not_split(whole, split, people, moderator):
    people[0].delete(f"/concerns/{whole.id}")
    assert moderator.get(f"/concerns/{whole.id}/parts").status_code == 404
    assert split().status_code == 404


# Closed and chosen


def test_a_closed_poll_is_split_as_an_open_one(table, poll, whole, split, people):
    table.send("POST", f"/polls/{poll.id}/closure")
    assert split().status_code == 303
    assert people[0].delete(f"/concerns/{second_of(whole).id}").status_code == 409


def test_once_the_aspects_are_chosen_the_second_part_waits_in_the_tray(
    table, poll, whole, split, people, hear, concerns
):
    aspect = table.gather("Buses", whole)
    other = table.gather("Doctors", concerns[1])
    support(whole, people[1])
    table.freeze()
    hall = hear(poll.event)
    split()
    second = second_of(whole)
    assert [c.concern.text for c in table.board.late] == [SECOND]
    assert table.aspects["Buses"] == [FIRST]
    assert table.poll.suggestions_wanted
    assert table.move(second, other).status_code == 303
    assert table.aspects["Doctors"] == ["Concern 1", SECOND]
    assert f'target="gathered-{other.id}"' in hall.html or SECOND in hall.html
    mine = people[0].get(f"/e/{poll.event.code}").text
    own = mine.split(f'id="my-concern-{second.id}"')[1].split("</li>")[0]
    assert "Doctors" in own
    supported = people[1].get(f"/e/{poll.event.code}").text.split('id="my-supports"')[1]
    assert FIRST in supported
    assert SECOND in supported
    assert supported.count(f"<q>{WHOLE}</q>") == 2
    assert aspect.id == whole.aspect_id


def test_who_supported_the_whole_is_not_told_to_support_what_its_author_says_later(
    table, whole, split, people, concerns
):
    support(whole, people[1])
    split()
    table.gather("Doctors", whole, second := second_of(whole))
    people[0].post(f"/concerns/{second.id}", {"text": "Ban all cars"})
    table.freeze()
    page = people[1].get(f"/e/{table.poll.event.code}").text
    supported = page.split('id="my-supports"')[1].split("</section>")[0]
    assert SECOND in supported
    assert "Ban all cars" not in supported


def test_a_part_that_was_chosen_by_itself_is_not_undone_below_the_choice(
    table, whole, split, concerns
):
    split()
    table.gather("Doctors", second_of(whole))
    table.freeze()
    first = table.actions[0].id
    assert table.send("POST", f"/board-actions/{first}/undoing").status_code == 409
    assert table.aspects == {"Doctors": [SECOND]}


# Undone and done again


def test_it_is_one_line_in_the_log_undone_and_done_again_whole(
    table, poll, whole, split, people, moderator, hear
):
    support(whole, people[1], people[2])
    split()
    second, hall = second_of(whole), hear(poll.event)
    assert [action.kind.value for action in table.actions] == ["split"]
    page = moderator.get(f"/e/{poll.event.code}/cockpit").text
    assert "Mona Moderator split a concern in two." in page
    assert table.undo().status_code == 303
    assert told(whole) == [(WHOLE, 2, [], [])]
    assert f'action="remove" target="concern-{second.id}"' in hall.html
    assert SECOND not in people[0].get(f"/e/{poll.event.code}").text
    assert db.session.query(ConcernSupport).filter_by(concern_id=second.id).count() == 0
    assert table.redo().status_code == 303
    assert told(whole, second) == [(FIRST, 2, [], [(WHOLE, 2)]), (SECOND, 2, [], [(WHOLE, 2)])]
    assert table.undo().status_code == 303
    assert told(whole) == [(WHOLE, 2, [], [])]


def test_who_supports_a_part_meanwhile_supports_the_whole_in_those_words_and_the_part_again(
    table, whole, split, people, poll
):
    support(whole, people[1])
    split()
    second = second_of(whole)
    support(second, people[2], people[3])
    support(whole, people[3])
    people[1].delete(f"/concerns/{whole.id}/support")
    table.undo()
    assert told(whole) == [(WHOLE, 3, [(SECOND, 1), (FIRST, 1)], [])]
    assert voices(table.poll)[whole.id] == {p.participant_id for p in people[:4]}
    table.redo()
    assert told(whole, second) == [
        (FIRST, 2, [], [(WHOLE, 1)]),
        (SECOND, 2, [], [(WHOLE, 1)]),
    ]


def test_who_supported_earlier_words_does_so_again_when_it_is_undone(table, poll, people, split):
    concern = write(poll, people[0], "Buses")
    support(concern, people[1])
    people[0].post(f"/concerns/{concern.id}", {"text": WHOLE})
    split(concern=concern)
    both = (concern, second_of(concern))
    assert [(each[0], each[2]) for each in told(*both)] == [
        (FIRST, [("Buses", 1)]),
        (SECOND, [("Buses", 1)]),
    ]
    table.undo()
    assert told(concern) == [(WHOLE, 1, [("Buses", 1)], [])]
    table.gather("Traffic", concern)
    table.freeze()
    page = people[1].get(f"/e/{poll.event.code}").text
    mine = page.split('id="my-supports"')[1].split("</section>")[0]
    assert '<p class="concern-text">Buses</p>' in mine


@pytest.mark.parametrize("part", [0, 1])
@pytest.mark.parametrize("deed", ["edit", "withdraw"])
def test_what_its_author_has_changed_since_is_not_undone_and_it_is_said(
    table, whole, split, people, part, deed, moderator, poll
):
    split()
    concern = (whole, second_of(whole))[part]
    url = f"/concerns/{concern.id}"
    if deed == "edit":
        people[0].post(url, {"text": "Said differently"})
    else:
        people[0].delete(url)
    answer = table.undo()
    assert answer.status_code == 409
    assert "Who voiced it has taken a part back since, or says it differently." in answer.text
    assert "Only what nobody has changed since" not in answer.text
    assert "changed since" in moderator.get(f"/e/{poll.event.code}/cockpit").text
    look_again()
    assert whole.text != WHOLE
    assert not table.actions[0].is_undone


def test_what_another_moderator_has_gone_on_with_is_left(table, ben, whole, split, concerns):
    split()
    second = second_of(whole)
    table.by(ben).gather("Doctors", second)
    assert table.undo().status_code == 409
    assert table.aspects == {"Doctors": [SECOND]}
    table.by(ben).undo()
    assert table.undo().status_code == 303
    assert WHOLE in table.loose


def test_a_hidden_part_is_not_brought_out_by_undoing(table, ben, whole, split, poll):
    split()
    table.by(ben).send("POST", f"/polls/{poll.id}/hidden", concern=second_of(whole).id)
    answer = table.undo()
    assert answer.status_code == 409
    assert "One of the two parts was split, hidden or shown since." in answer.text


def test_a_part_is_split_once_more_and_put_together_from_the_end(table, whole, split, poll):
    split()
    second = second_of(whole)
    split("Doctors for the small", "Nurses for all of them", concern=second)
    third = second_of(second)
    assert [w[0] for w in told(third)[0][3]] == [SECOND]
    assert [w[0] for w in told(second)[0][3]] == [WHOLE, SECOND]
    first_line = table.actions[0].id
    assert table.send("POST", f"/board-actions/{first_line}/undoing").status_code == 409
    table.undo()
    table.undo()
    assert told(whole) == [(WHOLE, 0, [], [])]


def test_a_part_of_a_part_that_is_hidden_veils_all_it_was_part_of(
    table, whole, split, poll, people
):
    split()
    split("Doctors for the small", "Nurses of Mrs Miller", concern=second_of(whole))
    third = second_of(second_of(whole))
    table.send("POST", f"/polls/{poll.id}/hidden", concern=third.id)
    page = people[3].get(f"/e/{poll.event.code}").text
    assert WHOLE not in page
    assert SECOND not in page
    assert page.count("Split from a longer concern.") == 3


def test_what_was_said_differently_after_an_undo_is_not_split_again(table, whole, split, people):
    split()
    table.undo()
    people[0].post(f"/concerns/{whole.id}", {"text": "Only buses"})
    assert table.redo().status_code == 409
    assert told(whole) == [("Only buses", 0, [], [])]


# Two at once


def test_of_two_who_split_the_second_is_asked(table, ben, whole, split):
    split(was=WHOLE)
    answer = split("Trams", "Midwives", by=table.by(ben), was=WHOLE)
    assert answer.status_code == 409
    assert "Mona Moderator split a concern in two." in answer.text
    assert f"It says “{FIRST}” now. You wrote “Trams” and “Midwives”." in answer.text
    assert "Split it nevertheless" in answer.text
    assert told(whole)[0][0] == FIRST


def test_who_knows_splits_it_nevertheless(table, ben, whole, split, people):
    people[0].post(f"/concerns/{whole.id}", {"text": "Buses and midwives"})
    assert split("Buses", "Midwives", was=WHOLE).status_code == 409
    assert split("Buses", "Midwives", was="Buses and midwives").status_code == 303
    assert told(whole)[0][0] == "Buses"


def test_lines_come_back_from_a_form_as_they_are(poll, people, table, split):
    concern = write(poll, people[1], "Buses in the evening\nDoctors for children")
    assert split(concern=concern, was=concern.text.replace("\n", "\r\n")).status_code == 303


# Who may not


def test_only_who_leads_this_event_splits(
    whole, split, participant, host, outsider, browser, table, other_event, appoint
):
    from app.permissions import Role

    elsewhere = appoint(other_event, Role.MODERATOR, "Else Where")
    url = f"/concerns/{whole.id}/parts"
    form = {"first": FIRST, "second": SECOND}
    for visitor, status in (
        (participant, 403),
        (host, 403),
        (outsider, 401),
        (elsewhere, 401),
        (browser(), 401),
    ):
        assert visitor.get(url).status_code in (status, 404, 303)
        answer = (getattr(visitor, "browser", None) or visitor).open(url, method="POST", data=form)
        assert answer.status_code == status
    assert second_of(whole) is None


def test_another_polls_aspect_is_no_place_for_it(
    table, whole, split, other_event, outsider, poll, appoint
):
    from app.permissions import Role
    from tests.factories import item_of_kind
    from tests.livepolls.polls import open_poll

    other = open_poll(other_event, item_of_kind(other_event, "poll"))
    foreign = write(other, outsider, "Foreign")
    lead = appoint(other_event, Role.MODERATOR, "Else Where")
    lead.post(f"/polls/{other.id}/aspects", {"title": "Foreign", "concern": foreign.id})
    aspect = db.session.get_one(FlashPoll, other.id).aspects[0]
    assert split(into=aspect.id).status_code == 404
    assert second_of(whole) is None


def test_the_marks_of_guests_who_become_members_go_along(table, whole, split, people, ben):
    from app.events import merging

    support(whole, people[1])
    split()
    with transaction():
        merging.merge(people[0].person, people[2].person)
    look_again()
    second = second_of(whole)
    assert {whole.participant_id, second.participant_id} == {people[2].participant_id}
    assert table.undo().status_code == 303
    assert told(whole) == [(WHOLE, 1, [], [])]


def test_a_page_with_many_split_concerns_asks_as_often_as_one_with_few(
    poll, people, statements, moderator
):
    asked = []
    for number in (1, 8):
        for n in range(number):
            concern = write(poll, people[0], f"Buses {number} {n} and doctors {number} {n}")
            with transaction():
                held = db.session.get_one(Concern, concern.id)
                actions.split_concern(held, f"Buses {number} {n}", f"Doctors {number} {n}")
        for visitor, tail in ((people[2], ""), (moderator, "/cockpit")):
            statements.clear()
            assert visitor.get(f"/e/{poll.event.code}{tail}").status_code == 200
            asked.append(len(statements))
    assert asked[:2] == asked[2:]
