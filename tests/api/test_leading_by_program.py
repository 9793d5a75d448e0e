from app.accounts.models import Standing
from app.database import transaction
from app.events import actions
from app.events.facts import StepStarted
from app.livepolls.models import PROPOSED_ASPECTS


def gathered(leader, poll):
    return leader.get(f"/polls/{poll}").json["aspects"]


def voiced(enter, event, poll, count):
    ada = enter(event)
    path = f"/polls/{poll}/concerns"
    texts = ({"text": f"Concern {n}", "key": str(n)} for n in range(count))
    return [ada.post(path, sent).json["id"] for sent in texts]


def test_an_organiser_creates_an_event_from_a_template(event, account, program):
    with transaction():
        template = actions.event_from(event, "Template")
        template.is_template = True
    organiser = program(account(standing=Standing.ORGANISER))
    made = organiser.post("/events", {"title": "Copy", "template": template.code})
    assert made.status_code == 201
    copy = made.json["event"]
    assert [s["kind"] for s in copy["agenda"]] == [i.kind for i in event.items]
    assert copy["me"]["role"] == "moderator"
    lead = program(made.json["token"])
    moved = lead.put(f"/events/{copy['code']}/step", {"step": copy["agenda"][0]["id"]})
    assert moved.json["step"]["id"] == copy["agenda"][0]["id"]


def test_members_and_guests_create_no_event(event, account, program, leader, enter):
    for caller in (program(account()), leader, enter(event)):
        assert caller.post("/events", {"title": "Mine"}).status_code == 403


def test_nobody_copies_the_agenda_of_an_event_they_do_not_lead(event, account, program):
    organiser = program(account(standing=Standing.ORGANISER))
    copied = organiser.post("/events", {"title": "Copy", "template": event.code})
    assert copied.status_code == 404


def test_a_moderator_moves_the_hall_on(event, leader, announced):
    item = event.items[0]
    for _ in range(2):
        answer = leader.put(f"/events/{event.code}/step", {"step": item.id})
        assert answer.json["step"]["id"] == item.id
    started = [f for f in announced(event.channel) if isinstance(f, StepStarted)]
    assert started == [StepStarted(event.id, item.id)]


def test_a_step_of_another_event_is_not_found(event, other_event, leader):
    answer = leader.put(f"/events/{event.code}/step", {"step": other_event.items[0].id})
    assert answer.status_code == 404


def test_only_moderators_lead(event, open_poll, enter, program, host, observer):
    body = {"aspects": [{"title": "A", "concerns": [1]}]}
    for caller in (enter(event), program(host), program(observer)):
        step = caller.put(f"/events/{event.code}/step", {"step": event.items[0].id})
        assert step.status_code == 403
        assert caller.get(f"/events/{event.code}/people").status_code == 403
        assert caller.post(f"/polls/{open_poll}/closure").status_code == 403
        assert caller.delete(f"/polls/{open_poll}/closure").status_code == 403
        assert caller.put(f"/polls/{open_poll}/aspects", body).status_code == 403


def test_a_moderator_lists_the_people(event, leader, enter):
    enter(event, "Ada")
    assert [p["name"] for p in leader.get(f"/events/{event.code}/people").json["people"]] == [
        "Mona Moderator",
        "Ada",
    ]


def test_a_poll_is_closed_and_opened_again(open_poll, leader):
    for _ in range(2):
        assert leader.post(f"/polls/{open_poll}/closure").json["state"] == "closed"
    for _ in range(2):
        assert leader.delete(f"/polls/{open_poll}/closure").json["state"] == "open"


def test_aspects_are_gathered_and_frozen_in_one_call(event, open_poll, leader, enter):
    one, two, three, four = voiced(enter, event, open_poll, 4)
    path = f"/polls/{open_poll}/aspects"
    wanted = {
        "aspects": [
            {"title": "First", "concerns": [one, two]},
            {"title": "Second", "concerns": [three], "is_chosen": False},
        ]
    }
    assert leader.put(path, wanted).status_code == 409
    leader.post(f"/polls/{open_poll}/closure")
    assert enter(event, "Bob").get(f"/polls/{open_poll}").json["aspects"] == []
    made = leader.put(path, wanted)
    assert made.status_code == 200
    assert made.json["is_frozen"]
    shown = {a["title"]: (a["is_chosen"], a["concerns"]) for a in made.json["aspects"]}
    assert shown == {"First": (True, [one, two]), "Second": (False, [three])}
    again = leader.put(path, wanted)
    assert again.json["aspects"] == made.json["aspects"]
    event_now = leader.get(f"/events/{event.code}").json
    assert [a["title"] for a in event_now["aspects"]] == ["First"]
    assert four not in shown["First"][1]


def test_arranging_anew_keeps_what_is_known_by_its_title(event, open_poll, leader, enter):
    one, two, three = voiced(enter, event, open_poll, 3)
    leader.post(f"/polls/{open_poll}/closure")
    path = f"/polls/{open_poll}/aspects"
    first = leader.put(
        path, {"aspects": [{"title": "A", "concerns": [one]}, {"title": "B", "concerns": [two]}]}
    ).json["aspects"]
    second = leader.put(
        path,
        {"aspects": [{"title": "A", "concerns": [one, two]}, {"title": "C", "concerns": [three]}]},
    ).json["aspects"]
    ids = {a["title"]: a["id"] for a in first}
    assert {a["title"]: a["concerns"] for a in second} == {"A": [one, two], "C": [three]}
    assert next(a["id"] for a in second if a["title"] == "A") == ids["A"]


def test_bad_aspects_are_refused(event, open_poll, leader, enter):
    one, two = voiced(enter, event, open_poll, 2)
    leader.post(f"/polls/{open_poll}/closure")

    def field(*aspects):
        answer = leader.put(f"/polls/{open_poll}/aspects", {"aspects": list(aspects)})
        assert answer.status_code == 422
        return answer.json["field"]

    assert field() == "aspects"
    assert field({"title": "A", "concerns": [one, 99999]}) == "aspects[0].concerns"
    assert field({"title": "A", "concerns": []}) == "aspects[0].concerns"
    assert field({"title": "A", "concerns": ["1"]}) == "aspects[0].concerns[0]"
    twice = {"title": "A", "concerns": [one]}, {"title": "A", "concerns": [two]}
    assert field(*twice) == "aspects[1].title"
    shared = {"title": "A", "concerns": [one]}, {"title": "B", "concerns": [one, two]}
    assert field(*shared) == "aspects[1].concerns"
    unchosen = {"title": "A", "concerns": [one], "is_chosen": False}
    assert field(unchosen) == "aspects"
    assert gathered(leader, open_poll) == []
    assert PROPOSED_ASPECTS == 6


def test_suggestions_are_for_moderators(event, open_poll, leader, enter):
    from app.livepolls.suggesting import suggest

    ada = enter(event)
    for n in range(3):
        text = f"How do we reach parents in difficult situations early? {n}"
        ada.post(f"/polls/{open_poll}/concerns", {"text": text, "key": str(n)})
    leader.post(f"/polls/{open_poll}/closure")
    suggest(open_poll)
    assert len(leader.get(f"/polls/{open_poll}").json["suggestions"][0]["concerns"]) == 3
    assert ada.get(f"/polls/{open_poll}").json["suggestions"] == []
