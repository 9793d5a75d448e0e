import pytest

from app.extensions import db
from app.forums.tags import Tag, tags_of
from tests.factories import make_thread


def tag(group, who, words="", chosen=()):
    form = {"words": words, "tag": list(chosen)}
    return who.post(f"/threads/{group.thread.id}/tags", form)


def names(group):
    db.session.rollback()
    return [tag.name for tag in tags_of([group.thread.id]).get(group.thread.id, [])]


def known(name):
    return db.session.query(Tag).filter_by(folded=name.casefold()).one()


def test_coordinators_make_tags_and_choose_them(group):
    assert tag(group, group.as_coordinator, "Childcare, Evenings").status_code == 303
    assert names(group) == ["Childcare", "Evenings"]
    assert "Childcare" in group.page(group.as_reader)
    assert "Childcare" in group.as_member.get(f"/forums/{group.forum.id}").text
    page = group.as_coordinator.get(f"/threads/{group.thread.id}/tags").text
    assert page.count("checked") == 2
    tag(group, group.as_coordinator, chosen=[known("evenings").id])
    assert names(group) == ["Evenings"]
    tag(group, group.as_coordinator)
    assert names(group) == []


def test_one_word_is_one_tag_however_it_is_written(group):
    tag(group, group.as_coordinator, "Childcare, childcare ,CHILDCARE")
    assert len(names(group)) == 1
    assert db.session.query(Tag).count() == 1


def test_the_author_chooses_from_what_there_is(group):
    tag(group, group.as_coordinator, "Childcare, Evenings")
    assert tag(group, group.as_author, chosen=[known("childcare").id]).status_code == 303
    assert names(group) == ["Childcare"]
    assert tag(group, group.as_author, "New word").status_code == 403


def test_a_forum_is_filtered_by_a_tag(group):
    make_thread(group.forum, group.member, "Untagged")
    tag(group, group.as_coordinator, "Childcare")
    url = f"/forums/{group.forum.id}?tag={known('childcare').id}"
    page = group.as_member.get(url).text
    assert "Evening hours" in page
    assert "Untagged" not in page


def test_another_spaces_tags_are_not_taken(group):
    thread = make_thread(group.other_forum, group.sibling, "Theirs")
    group.as_sibling.post(f"/threads/{thread.id}/tags", {"words": "Secret word"})
    tag(group, group.as_coordinator, chosen=[known("secret word").id])
    assert names(group) == []
    assert "Secret word" not in group.as_coordinator.get(f"/threads/{group.thread.id}/tags").text


def test_there_are_limits(group):
    assert tag(group, group.as_coordinator, "x" * 41).status_code == 422
    assert tag(group, group.as_coordinator, ",".join("abcdefghi")).status_code == 422
    assert names(group) == []


def test_a_tag_gets_another_name_or_goes(group):
    tag(group, group.as_coordinator, "Childcare, Evenings")
    one, other = known("childcare"), known("evenings")
    page = group.as_coordinator.get(f"/spaces/{group.space.id}/tags").text
    assert "Childcare" in page
    assert group.as_coordinator.post(f"/tags/{one.id}", {"name": "Care"}).status_code == 303
    assert names(group) == ["Care", "Evenings"]
    assert group.as_coordinator.post(f"/tags/{one.id}", {"name": "evenings"}).status_code == 422
    assert group.as_coordinator.post(f"/tags/{one.id}", {"name": " "}).status_code == 422
    assert group.as_coordinator.delete(f"/tags/{other.id}").status_code == 303
    assert names(group) == ["Care"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("member", 403), ("reader", 403), ("sibling", 404), ("outsider", 404), (None, 401)],
)
def test_who_may_not(group, who, status):
    tag(group, group.as_coordinator, "Childcare")
    visitor = getattr(group, f"as_{who}") if who else group.nobody()
    made = known("childcare").id
    assert tag(group, visitor).status_code == status
    assert visitor.get(f"/threads/{group.thread.id}/tags").status_code == status
    assert visitor.get(f"/spaces/{group.space.id}/tags").status_code == status
    assert visitor.post(f"/tags/{made}", {"name": "Mine"}).status_code == status
    assert visitor.delete(f"/tags/{made}").status_code == status
    assert names(group) == ["Childcare"]
