import pytest
from sqlalchemy import select

from app.composing.facts import PeopleMentioned
from app.composing.models import PostMention
from app.database import transaction
from app.extensions import db
from app.forums import actions
from app.outbox import _followers, follows
from app.spaces import actions as spaces
from app.spaces.identity import member_of
from app.spaces.models import Membership
from tests.composing.towns import resay, say
from tests.factories import make_account, make_member


@pytest.fixture
def told():
    """Who is told of mentions from now on."""
    facts = []
    before = list(_followers.get(PeopleMentioned, []))
    follows(PeopleMentioned)(lambda fact: facts.append(fact.account_ids))
    yield facts
    _followers[PeopleMentioned] = before


def named(post):
    return dict(
        db.session.execute(
            select(PostMention.account_id, PostMention.name).where(PostMention.post_id == post.id)
        ).all()
    )


def offered(answer):
    assert answer.status_code == 200
    return answer.text


def test_people_of_the_space_are_offered_whose_names_go_on_so(here, elsewhere, browser):
    make_member(here.space, name="Martha Inselmann")
    make_member(elsewhere.space, name="Ingo Inselmann")
    text = offered(browser().sign_in(here.ole).get(f"/spaces/{here.space.id}/mentions?q=in"))
    assert text.index("Ines Vogt") < text.index("Martha Inselmann")
    assert "Ingo" not in text


def test_oneself_is_not_offered(here, browser):
    text = offered(browser().sign_in(here.ole).get(f"/spaces/{here.space.id}/mentions?q="))
    assert "Ines Vogt" in text
    assert "Ole Ahrens" not in text


def test_people_who_were_let_go_or_have_left_the_programme_are_not_offered(here, browser):
    gone = make_member(here.space, name="Gunda Gone")
    with transaction():
        spaces.let_go(db.session.get_one(Membership, (here.space.id, gone.id)))
    text = offered(browser().sign_in(here.ole).get(f"/spaces/{here.space.id}/mentions?q=g"))
    assert "Gunda" not in text


def test_of_two_people_of_the_same_name_each_has_a_handle_of_their_own(here, browser):
    other = make_member(here.space, name="Ines Vogt")
    text = offered(browser().sign_in(here.ole).get(f"/spaces/{here.space.id}/mentions?q=Ines"))
    assert f'data-handle="Ines Vogt#{here.ines.id}"' in text
    assert f'data-handle="Ines Vogt#{other.id}"' in text


def test_who_only_reads_cannot_look_for_people(here, reader, browser):
    assert browser().sign_in(reader).get(f"/spaces/{here.space.id}/mentions?q=i").status_code == 403


def test_others_do_not_learn_who_is_in_a_space(here, elsewhere, browser):
    url = f"/spaces/{here.space.id}/mentions?q=i"
    assert browser().sign_in(elsewhere.ole).get(url).status_code == 404
    assert browser().get(url).status_code in (302, 303, 401)


def test_a_mention_is_kept_linked_and_told(here, told):
    post = say(here, here.ole, "What do you think, @Ines Vogt?")
    assert named(post) == {here.ines.id: "Ines Vogt"}
    assert f'href="/members/{here.ines.id}"' in post.html
    assert told == [(here.ines.id,)]


def test_whoever_may_not_read_the_space_is_neither_named_nor_told(here, elsewhere, told):
    make_account(name="Ada Away", password_hash="none")
    post = say(here, here.ole, f"@Ada Away and a [@Trick](/members/{elsewhere.ines.id})")
    assert named(post) == {}
    assert told == []


def test_nobody_is_told_of_themselves(here, told):
    say(here, here.ole, "I, @Ole Ahrens, think so.")
    assert told == []


def test_an_edit_tells_only_those_who_were_not_named_before(here, told):
    third = make_member(here.space, name="Tea Third")
    post = say(here, here.ole, "@Ines Vogt?")
    resay(here, post, "@Ines Vogt? @Tea Third?")
    assert told == [(here.ines.id,), (third.id,)]
    resay(here, post, "Nobody")
    assert named(post) == {}


def test_who_was_renamed_is_still_meant_when_the_post_is_edited(here, told):
    post = say(here, here.ole, "@Ines Vogt?")
    with transaction():
        here.ines.name = "Ines Berg"
    resay(here, post, "@Ines Vogt? Please!")
    assert named(post) == {here.ines.id: "Ines Vogt"}
    assert len(told) == 1


def test_a_second_person_of_the_name_does_not_take_a_mention_over(here, told):
    post = say(here, here.ole, "@Ines Vogt?")
    make_member(here.space, name="Ines Vogt")
    resay(here, post, "@Ines Vogt? Please!")
    assert named(post) == {here.ines.id: "Ines Vogt"}
    assert named(say(here, here.ole, "@Ines Vogt?")) == {}


def test_what_is_taken_back_names_nobody(here):
    post = say(here, here.ole, "@Ines Vogt?")
    with transaction():
        actions.withdraw_post(post, member_of(here.space, here.ole))
    assert named(post) == {}
