import csv
import io
import json

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select, update

from app.breakouts.models import Contribution, Kind, Room, Round, RoundState
from app.database import transaction
from app.exporting.tables import Table, as_csv, as_xlsx
from app.extensions import db
from app.livepolls import actions as polls
from app.livepolls.queries import poll_of
from app.notes.models import Notes
from app.notes.queries import notes_in
from app.permissions import Role, SpaceRole
from tests.factories import item_of_kind, make_member
from tests.livepolls.polls import open_poll, write

NAMES = ("Gesa Guest", "Otto Other", "Hanna Host")


def fetch(visitor, poll, wanted="json"):
    answer = visitor.get(f"/polls/{poll.id}/export?format={wanted}")
    assert answer.status_code == 200, answer.text
    return answer


def shape(visitor, poll):
    return json.loads(fetch(visitor, poll).data)


def lines(visitor, poll):
    text = fetch(visitor, poll, "csv").data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def sheets(visitor, poll):
    book = load_workbook(io.BytesIO(fetch(visitor, poll, "xlsx").data))
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.rows]
        for sheet in book.worksheets
    }


def test_the_json_tells_where_each_concern_went(past, poll, moderator):
    told = shape(moderator, poll)
    assert told["poll"]["question"] == "What do you want advice on?"
    assert [c["text"] for c in told["concerns"]] == [c.text for c in past.concerns]
    parents = next(a for a in told["aspects"] if a["title"] == "Reaching parents")
    assert parents["concerns"] == [past.concerns[0].id, past.concerns[2].id]
    assert {c["aspect"] for c in told["concerns"]} == {a["id"] for a in told["aspects"]}
    (answer,), (proposal,) = parents["answers"], parents["proposals"]
    assert answer["text"] == "We **fund** it."
    assert (proposal["id"], proposal["text"]) == (past.proposal.id, "Let us *visit* them.")
    assert (proposal["supporters"], proposal["comments"]) == (0, 1)
    rooms = [room for aspect in told["aspects"] for room in aspect["rooms"]]
    assert past.room.id in [room["id"] for room in rooms]


def test_every_address_leads_to_the_thing(past, poll, moderator):
    told = shape(moderator, poll)
    aspects = told["aspects"]
    things = [told["event"], told["poll"], *told["concerns"], *aspects]
    things += [t for a in aspects for kind in ("answers", "proposals", "rooms") for t in a[kind]]
    for thing in things:
        address, _, place = thing["address"].partition("#")
        path = "/" + address.split("/", 3)[3]
        page = moderator.get(path, follow_redirects=True)
        assert page.status_code == 200, path
        assert not place or f'id="{place}"' in page.text, thing["address"]


def test_names_are_for_moderators_alone(poll, moderator, member, host, observer):
    own = fetch(moderator, poll).data.decode()
    for name in NAMES:
        assert name in own
    for wanted in ("json", "csv"):
        assert "Gesa Guest" in fetch(moderator, poll, wanted).data.decode()
        for visitor in (member, host, observer):
            text = fetch(visitor, poll, wanted).data.decode()
            assert "How do we reach parents?" in text
            for name in NAMES:
                assert name not in text
    for visitor in (member, host, observer):
        assert not any(name in str(sheets(visitor, poll)) for name in NAMES)
    assert "Gesa Guest" in str(sheets(moderator, poll))


def test_nobody_outside_the_event_gets_it(poll, outsider, browser):
    for visitor in (outsider, browser()):
        for wanted in ("json", "csv", "xlsx"):
            answer = visitor.get(f"/polls/{poll.id}/export?format={wanted}")
            assert answer.status_code == 401
            assert b"parents" not in answer.data


def test_hidden_concerns_are_marked_for_moderators_and_missing_for_others(
    past, poll, event, moderator, member
):
    hidden = past.concerns[1]
    moderator.post(f"/e/{event.code}/hidden/concern/{hidden.id}")
    told = {c["id"]: c for c in shape(moderator, poll)["concerns"]}
    assert told[hidden.id]["is_hidden"] is True
    assert hidden.id not in [c["id"] for c in shape(member, poll)["concerns"]]
    assert hidden.text not in fetch(member, poll, "csv").data.decode()


def test_a_poll_that_hides_until_it_is_closed_tells_others_nothing(other_event, appoint, outsider):
    running = open_poll(other_event, item_of_kind(other_event, "poll"), hides_until_closed="yes")
    write(running, outsider, "My secret")
    assert shape(outsider, running)["concerns"] == []
    leader = appoint(other_event, "moderator", "Another")
    assert [c["text"] for c in shape(leader, running)["concerns"]] == ["My secret"]


def test_aspects_that_are_not_chosen_yet_are_moderators_work(other_event, appoint, outsider):
    running = open_poll(other_event, item_of_kind(other_event, "poll"))
    concern = write(running, outsider, "Childcare")
    leader = appoint(other_event, "moderator", "Another")
    leader.post(f"/polls/{running.id}/aspects", {"title": "Families", "concern": [concern.id]})
    assert [a["title"] for a in shape(leader, running)["aspects"]] == ["Families"]
    told = shape(outsider, running)
    assert told["aspects"] == []
    assert told["concerns"][0]["aspect"] is None


def test_a_draft_is_not_found_by_others(other_event, appoint, outsider):
    draft = poll_of(item_of_kind(other_event, "poll"))
    assert outsider.get(f"/polls/{draft.id}/export").status_code == 404
    fetch(appoint(other_event, "moderator", "Another"), draft)


def test_threads_stand_there_for_those_who_may_read_them(
    event, past, poll, space, member, host, moderator, appoint
):
    account = make_member(space, SpaceRole.COORDINATOR, "Cora Coordinator")
    leader = appoint(event, Role.MODERATOR, "Cora", account_id=account.id)
    leader.browser.sign_in(account)
    assert leader.post(f"/e/{event.code}/carry-over").status_code == 303
    for visitor in (leader, member):
        aspects = shape(visitor, poll)["aspects"]
        assert [t["title"] for a in aspects for t in a["threads"]] == [a["title"] for a in aspects]
    for visitor in (host, moderator):  # who are in the event, and not in the space
        assert all(aspect["threads"] == [] for aspect in shape(visitor, poll)["aspects"])


def test_each_line_of_the_csv_holds_the_whole_lineage(past, poll, moderator):
    first = lines(moderator, poll)[0]
    assert first["Concern"] == "How do we reach parents?"
    assert first["Aspect"] == "Reaching parents"
    assert first["Author"] == "Gesa Guest"
    assert f"{past.proposal.id} | " in first["Solution proposals"]
    assert "Let us *visit* them." in first["Solution proposals"]
    assert "We **fund** it." in first["Official answers"]
    assert first["Concern: address"].endswith(f"#concern-{past.concerns[0].id}")


def test_the_workbook_has_a_sheet_for_each_kind(past, poll, moderator):
    told = sheets(moderator, poll)
    assert list(told) == [
        "Concerns", "Aspects", "Official answers", "Solution proposals", "Rooms", "Contributions",
        "Threads",
    ]  # fmt: skip
    assert [row[1] for row in told["Concerns"][1:]] == [c.text for c in past.concerns]
    assert told["Solution proposals"][1][1] == "Let us *visit* them."


def test_both_parts_of_a_concern_tell_what_they_were_split_from(past, poll, moderator, member):
    concern = past.concerns[0]
    whole, parts = concern.text, {"first": "Parents", "second": "Fathers"}
    member.post(f"/concerns/{concern.id}/support")
    moderator.post(f"/concerns/{concern.id}/parts", parts)
    told = {each["text"]: each for each in shape(member, poll)["concerns"]}
    both = [concern.id, told["Fathers"]["id"]]
    for text in parts.values():
        assert told[text]["split_from"] == [{"text": whole, "me_too": 0, "concerns": both}]
    line = f"{both[0]} + {both[1]} | 0 | {whole}"
    assert [row["Split from"] for row in lines(member, poll) if row["Concern"] in told] == [
        line if row["Concern"] in parts.values() else "" for row in lines(member, poll)
    ]
    heading, *rows = sheets(member, poll)["Concerns"]
    assert [row[heading.index("Split from")] for row in rows].count(line) == 2
    moderator.post(f"/polls/{poll.id}/hidden", {"concern": both[1]})
    (first,) = (each for each in shape(member, poll)["concerns"] if each["id"] == concern.id)
    assert first["split_from"] == [{"text": None, "me_too": 0, "concerns": both}]
    assert whole not in fetch(member, poll, "csv").text
    assert whole in fetch(moderator, poll, "csv").text


def test_the_headings_speak_the_readers_language(poll, appoint, event):
    leader = appoint(event, "moderator", "Lea", language="de")
    assert "Anliegen" in fetch(leader, poll, "csv").data.decode().splitlines()[0]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0"])
def test_nothing_that_people_wrote_becomes_a_formula(event, past, moderator, text):
    table = Table("Concerns", ["Concern"], [[text], ["plain"]])
    rows = list(csv.reader(io.StringIO(as_csv(table).decode("utf-8-sig"))))
    assert rows[1] == [f"'{text}"]
    assert rows[2] == ["plain"]
    cell = load_workbook(io.BytesIO(as_xlsx([table]))).worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize(
    "text",
    [
        "x;=1+1",
        "x; =1+1",
        'x;"=1+1',
        ';"=1+1"',
        "x\t=1+1",
        "first\n=1+1",
        "first\r\n@SUM(A1)",
        "a;b;+1;-1",
        "x, y;＝1+1",
        "＝1+1",
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_nor_where_a_spreadsheet_takes_another_separator(text, separator):
    table = Table("Concerns", ["Concern", "Aspect"], [["plain", text], [text, "plain, too"]])
    data = as_csv(table).decode("utf-8-sig")
    cells = [c for row in csv.reader(io.StringIO(data), delimiter=separator) for c in row]
    lines = [line for cell in cells for line in cell.splitlines()]
    assert not [line for line in lines if line.strip().startswith(tuple("=+-@＝＋－＠"))]


def test_a_semicolon_before_other_words_stays_as_it_is():
    table = Table("Concerns", ["Concern"], [["Yes; no - perhaps"]])
    assert list(csv.reader(io.StringIO(as_csv(table).decode("utf-8-sig"))))[1] == [
        "Yes; no - perhaps"
    ]


def test_a_concern_that_looks_like_a_formula_stays_text(other_event, outsider):
    running = open_poll(other_event, item_of_kind(other_event, "poll"))
    write(running, outsider, '=HYPERLINK("http://example.org")')
    assert lines(outsider, running)[0]["Concern"].startswith("'=")
    assert shape(outsider, running)["concerns"][0]["text"].startswith("=")


def test_texts_that_no_spreadsheet_likes_are_written_all_the_same():
    table = Table("a/b: [c]?", ["What"], [["x\x01y"], ["z" * 40_000], [None], [7]])
    sheet = load_workbook(io.BytesIO(as_xlsx([table]))).worksheets[0]
    assert sheet["A5"].value == 7
    assert len(sheet["A3"].value) == 32_767


def test_another_format_is_refused(poll, moderator):
    assert moderator.get(f"/polls/{poll.id}/export?format=pdf").status_code == 422


def test_the_files_have_names_and_are_kept_by_nobody(poll, moderator, event):
    for wanted in ("csv", "xlsx", "json"):
        headers = fetch(moderator, poll, wanted).headers
        name = f"dialograum-{event.code}-{poll.id}.{wanted}"
        assert headers["Content-Disposition"] == f"attachment; filename={name}"
        assert headers["Cache-Control"] == "no-store"


def test_the_results_and_the_cockpit_lead_to_it(poll, event, member, moderator):
    link = f"/polls/{poll.id}/export?format=xlsx"
    assert link in member.get(f"/e/{event.code}/results").text
    moderator.post(f"/e/{event.code}/step", {"item": poll.item_id})
    assert link in moderator.get(f"/e/{event.code}/cockpit").text


def test_many_concerns_ask_the_database_as_often_as_few(other_event, join, appoint, statements):
    running = open_poll(other_event, item_of_kind(other_event, "poll"))
    leader = appoint(other_event, "moderator", "Another")
    people = [join(other_event, f"Person {n}") for n in range(3)]
    asked = []
    for number in (2, 10):
        for n in range(number):
            concern = write(running, people[n % 3], f"Concern {number} {n}")
            with transaction():
                polls.create_aspect(running, f"Aspect {number} {n}", [concern.id])
        statements.clear()
        fetch(leader, running)
        asked.append(len(statements))
    assert asked[0] == asked[1]


def rooms_of(told):
    return [room for aspect in told["aspects"] for room in aspect["rooms"]]


def take_notes(room, text):
    with transaction() as session:
        session.add(Notes(room_id=room.id, text=text, version=1, kept_to=1))


def test_what_was_written_in_a_room_stands_there_with_names_for_moderators_alone(
    past, poll, moderator, member, host
):
    take_notes(past.room, "Nobody comes by themselves.")
    for visitor in (moderator, member, host):
        room = next(r for r in rooms_of(shape(visitor, poll)) if r["id"] == past.room.id)
        (contribution,) = room["contributions"]
        assert (contribution["kind"], contribution["text"]) == ("impulse", "Come along for a day.")
        assert room["notes"] == "Nobody comes by themselves."
        assert (room["discussed"], room["request"]) == ("Visits", "Please write a guide.")
        assert contribution.get("author") == ("Gesa Guest" if visitor is moderator else None)
        page = visitor.get("/" + contribution["address"].split("/", 3)[3])
        assert "Come along for a day." in page.text
    texts = [line["Contributions"] for line in lines(member, poll)]
    assert any("Come along for a day." in text for text in texts)
    assert any("Nobody comes" in line["Notes"] for line in lines(member, poll))
    heading, row = sheets(moderator, poll)["Contributions"]
    told = dict(zip(heading, row, strict=True))
    assert (told["Kind"], told["Contribution"]) == ("Impulse", "Come along for a day.")
    assert (told["Author"], told["Room no."]) == ("Gesa Guest", past.room.id)
    heading, _row = sheets(member, poll)["Contributions"]
    assert "Author" not in heading
    assert "Hidden" not in heading


def test_what_is_hidden_in_rooms_is_marked_for_moderators_and_missing_for_others(
    past, poll, event, moderator, member
):
    take_notes(past.room, "Nobody comes by themselves.")
    (contribution,) = next(r for r in rooms_of(shape(member, poll)) if r["contributions"])[
        "contributions"
    ]
    moderator.post(f"/e/{event.code}/hidden/contribution/{contribution['id']}")
    moderator.post(f"/e/{event.code}/hidden/notes/{notes_in(past.room.id).id}")
    for wanted in ("json", "csv"):
        text = fetch(member, poll, wanted).text
        assert "Come along" not in text
        assert "Nobody comes" not in text
    (room,) = (r for r in rooms_of(shape(moderator, poll)) if r["id"] == past.room.id)
    assert room["contributions"][0]["is_hidden"] is True
    assert (room["notes"], room["notes_are_hidden"]) == ("Nobody comes by themselves.", True)


def test_while_rooms_are_open_what_is_said_in_them_is_theirs(past, poll, moderator, member, host):
    take_notes(past.room, "Nobody comes by themselves.")
    with transaction() as session:
        session.execute(update(Round).values(state=RoundState.OPEN, closed_at=None))
    for visitor in (member, host):
        for wanted in ("json", "csv"):
            text = fetch(visitor, poll, wanted).text
            for words in ("Come along", "Nobody comes", "write a guide"):
                assert words not in text
    assert "Come along" in fetch(moderator, poll).text


def test_many_rooms_ask_the_database_as_often_as_few(past, poll, moderator, statements):
    asked, url = [], f"/polls/{poll.id}/export"
    where = {"round_id": past.room.round_id, "aspect_id": past.room.aspect_id}
    for number in (1, 1, 6):
        for _time in range(number):
            write_in_another_room(where)
        db.session.expunge_all()
        statements.clear()
        assert "Noted" in moderator.get(url).text
        asked.append(len(statements))
    assert asked[1] == asked[2]


def write_in_another_room(where):
    """One more room with the same topic, with a contribution and notes."""
    with transaction() as session:
        last = session.scalar(select(func.max(Room.number)))
        another = Room(number=last + 1, title="", **where)
        said = {"text": "More", "submitted_text": "More", "kind": Kind.CONCERN}
        session.add(another)
        session.flush()
        session.add(Contribution(room_id=another.id, key=f"key {last}", **said))
    take_notes(another, "Noted")
