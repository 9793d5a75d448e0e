import pytest

from app.database import transaction
from app.permissions import SpaceRole
from app.spaces import actions
from tests.factories import make_account, make_member, make_municipality, make_space


@pytest.fixture
def as_(browser):
    """A browser of somebody who is signed in."""
    return lambda account: browser().sign_in(account)


def test_people_are_shown_with_municipality_and_function(as_, cluster, member):
    place = make_municipality("Auental")
    with transaction():
        member.function, member.municipality_id = "Family midwife", place.id
    for page in (f"/spaces/{cluster.id}", f"/spaces/{cluster.id}/people"):
        text = as_(member).get(page).text
        assert "Mia Member" in text
        assert "Family midwife, Auental" in text


def test_outsiders_find_nothing_and_nobody_is_asked_to_sign_in(as_, browser, cluster, outsider):
    for page in ("", "/people", "/events", "/settings", "/invitations", "/request", "/programme"):
        assert as_(outsider).get(f"/spaces/{cluster.id}{page}").status_code == 404
        assert browser().get(f"/spaces/{cluster.id}{page}").status_code == 401
    assert browser().get("/spaces").status_code == 401


def test_a_path_names_only_what_one_may_read(as_, cluster, group, put):
    below = make_account(password_hash="x")
    put(group, below)
    page = as_(below).get(f"/spaces/{group.id}").text
    assert "Quality dialogue" in page
    assert "Cluster 1" not in page


def test_spaces_below_are_listed_for_who_may_read_them(as_, programme, cluster, group, put, member):
    put(group, member)
    assert "Cluster 1" in as_(member).get(f"/spaces/{programme.id}").text
    assert "Steering group 1" in as_(member).get(f"/spaces/{cluster.id}").text
    other = make_member(programme)
    assert "Cluster 1" not in as_(other).get(f"/spaces/{programme.id}").text


@pytest.mark.parametrize("page", ["/", "/spaces"])
def test_my_spaces_are_a_tree_without_what_others_have(as_, page, cluster, group, member, outsider):
    text = as_(member).get(page).text
    assert text.index("Quality dialogue") < text.index("Cluster 1")
    assert "Steering group 1" not in text
    assert "Elsewhere" not in text
    assert "Elsewhere" in as_(outsider).get(page).text


def test_a_group_below_a_space_i_do_not_read_still_stands_in_my_tree(as_, group, put):
    below = make_account(password_hash="x")
    put(group, below)
    text = as_(below).get("/spaces").text
    assert "Steering group 1" in text
    assert "Cluster 1" not in text


def test_what_is_archived_is_in_no_list_and_can_still_be_read(as_, cluster, member):
    with transaction():
        actions.archive(cluster, True)
    assert "Cluster 1" not in as_(member).get("/spaces").text
    assert "archived" in as_(member).get(f"/spaces/{cluster.id}").text


def test_who_is_told_to_read_here(as_, programme, cluster, member, coordinator):
    make_member(programme)
    assert "read here: 2 people" in as_(member).get(f"/spaces/{cluster.id}").text
    assert "reads here: 3 people" in as_(member).get(f"/spaces/{programme.id}").text


def test_the_front_page_takes_a_fixed_number_of_queries(as_, programme, member, statements):
    def queries():
        as_(member).get(f"/spaces/{programme.id}")
        del statements[:]
        assert as_(member).get(f"/spaces/{programme.id}").status_code == 200
        return len([s for s in statements if s.startswith("SELECT")])

    before = queries()
    for n in range(8):
        space = make_space(f"More {n}", programme, is_private=False)
        make_member(space)
        make_member(programme, SpaceRole.COORDINATOR)
    assert queries() == before


def test_only_coordinators_are_led_to_the_settings(as_, cluster, member, coordinator):
    settings = f"/spaces/{cluster.id}/settings"
    assert settings not in as_(member).get(f"/spaces/{cluster.id}").text
    assert settings in as_(coordinator).get(f"/spaces/{cluster.id}").text
