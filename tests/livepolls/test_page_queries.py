from tests.livepolls.polls import support, write


def test_a_page_with_many_concerns_asks_the_database_as_often_as_one_with_few(
    poll, people, participant, moderator, statements
):
    pages = [
        (participant, f"/e/{poll.event.code}"),
        (moderator, f"/e/{poll.event.code}/cockpit"),
        (moderator, f"/e/{poll.event.code}/screen"),
    ]
    asked = []
    for number in (2, 12):
        for n in range(number):
            concern = write(poll, people[n % 5], f"Concern {number} {n}")
            support(concern, people[(n + 1) % 5])
        for visitor, url in pages:
            statements.clear()
            assert visitor.get(url).status_code == 200
            asked.append(len(statements))
    assert asked[:3] == asked[3:]


def test_a_sorted_and_frozen_poll_asks_no_more_for_many_aspects(
    poll, people, participant, moderator, statements
):
    asked = []
    for number in (2, 10):
        moderator.delete(f"/polls/{poll.id}/choice")
        for n in range(number):
            concern = write(poll, people[n % 5], f"Concern {number} {n}")
            form = {"title": f"Aspect {number} {n}", "concern": concern.id}
            moderator.post(f"/polls/{poll.id}/aspects", form)
        moderator.post(f"/polls/{poll.id}/closure")
        moderator.post(f"/polls/{poll.id}/choice")
        for visitor, tail in ((participant, ""), (moderator, "/cockpit"), (moderator, "/screen")):
            statements.clear()
            assert visitor.get(f"/e/{poll.event.code}{tail}").status_code == 200
            asked.append(len(statements))
        moderator.delete(f"/polls/{poll.id}/choice")
        moderator.delete(f"/polls/{poll.id}/closure")
    assert asked[:3] == asked[3:]
