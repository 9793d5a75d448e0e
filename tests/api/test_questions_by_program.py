from app.realtime import View


def ask(caller, event, text="When does it start?", **more):
    return caller.post(f"/events/{event.code}/questions", {"text": text, "key": "q1", **more})


def test_a_question_is_asked_once_and_supported(event, enter, hear):
    ada, bob = enter(event, "Ada"), enter(event, "Bob")
    hall = hear(event, View.HALL)
    first, again = ask(ada, event), ask(ada, event)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json["id"] == again.json["id"]
    assert ask(ada, event, "Something else").status_code == 409
    assert hall.messages
    assert bob.put(f"/questions/{first.json['id']}/support").status_code == 204
    (seen,) = bob.get(f"/events/{event.code}/questions").json["questions"]
    assert (seen["author"], seen["supports"], seen["is_supported"]) == ("Ada", 1, True)
    assert bob.delete(f"/questions/{first.json['id']}/support").status_code == 204
    assert ada.put(f"/questions/{first.json['id']}/support").status_code == 409


def test_nobody_learns_who_asks_without_a_name(event, enter, leader):
    ada = enter(event, "Ada")
    assert ask(ada, event, anonymous=True).json["author"] is None
    for caller in (leader, enter(event, "Bob")):
        answer = caller.get(f"/events/{event.code}/questions")
        assert "Ada" not in answer.text


def test_observers_and_outsiders_ask_nothing(event, observer, outsider, program):
    assert ask(program(observer), event).status_code == 403
    assert ask(program(outsider), event).status_code == 404


def test_a_question_is_short(event, enter):
    assert ask(enter(event), event, "x" * 301).json["field"] == "text"
