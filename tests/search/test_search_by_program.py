import pytest

from app import identity
from app.database import transaction
from app.identity import TokenKind
from tests.factories import make_forum, make_member, make_post, make_space, make_thread


@pytest.fixture
def ask(browser):
    """Search as a program that has somebody's token."""

    def get(account, query):
        with transaction():
            token = identity.issue(TokenKind.API, account_id=account.id)
        bears = {"Authorization": f"Bearer {token}"}
        return browser().get(f"/api/v1/search?{query}", headers=bears)

    return get


def test_a_program_finds_what_its_bearer_may_read(app, ask):
    space = make_space("Cluster 1")
    anna, ole = make_member(space, name="Anna"), make_member(make_space())
    post = make_post(make_thread(make_forum(space, "Topics"), anna, "T"), anna, "Ein <b> Haus")
    (result,) = ask(anna, "q=häuser").json["results"]
    assert (result["kind"], result["id"], result["author"]) == ("post", post.id, "Anna")
    assert result["where"] == ["Cluster 1", "Topics"]
    assert ask(anna, "q=hauz").json["instead"] == [{"typed": "hauz", "found": "Haus"}]
    assert ask(ole, "q=häuser").json == {"results": [], "following": None, "instead": []}


def test_pages_follow_one_another(app, ask):
    space = make_space()
    anna = make_member(space)
    thread = make_thread(make_forum(space), anna, "T")
    for number in range(25):
        make_post(thread, anna, f"Haus {number}")
    first = ask(anna, "q=haus&order=newest").json
    second = ask(anna, f"q=haus&order=newest&after={first['following']}").json
    assert len(first["results"]) == 20
    assert len(second["results"]) == 5
    assert second["following"] is None


def test_without_a_token_nothing_is_told(browser, app):
    assert browser().get("/api/v1/search?q=x").status_code == 401
