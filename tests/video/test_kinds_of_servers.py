"""The kinds of video servers: their addresses, checksums and tokens."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from app.video.bigbluebutton import BigBlueButton
from app.video.calls import Call, room_name, title_of
from app.video.errors import VideoAway
from app.video.jitsi import Jitsi
from app.video.links import PlainLink
from tests.video.stand_in_servers import SECRET, verified

CALL = Call(
    room="abc234-7-k2jf",
    number=3,
    title="3 · Reaching parents",
    person="Paula & Co.",
    person_key="someone",
    leads=False,
    ends_at=4_000_000_000,
    back="http://localhost/rounds/1/room",
)
EXAMPLE = "name=Test+Meeting&meetingID=abc123&attendeePW=111222&moderatorPW=333444"
CREATED = "<response><returncode>SUCCESS</returncode><createTime>1700</createTime></response>"
JITSI = Jitsi("https://meet.example.org/{room}", "us", "jitsi", "meet.example.org", SECRET)


def bigbluebutton(answer=CREATED, hash="sha256"):
    return BigBlueButton("https://bbb.example.org/api", SECRET, hash, lambda _url: answer)


def asked(address):
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def test_the_checksum_is_that_of_the_example_in_bigbluebuttons_documentation():
    server = bigbluebutton(hash="sha1")
    assert server.checksum("create", EXAMPLE) == "1fcbb0c4fc1f039f73aa6d697d2db9ba7f803f17"
    in_example = dict(pair.split("=") for pair in EXAMPLE.replace("+", " ").split("&"))
    assert server.signed("create", in_example) == (
        f"https://bbb.example.org/api/create?{EXAMPLE}"
        "&checksum=1fcbb0c4fc1f039f73aa6d697d2db9ba7f803f17"
    )


@pytest.mark.parametrize(("hash", "length"), [("sha1", 40), ("sha256", 64), ("sha512", 128)])
def test_the_operator_says_with_which_hash(hash, length):
    assert len(asked(bigbluebutton(hash=hash).address(CALL))["checksum"]) == length


def test_a_room_is_a_meeting_without_rooms_of_its_own():
    urls = []

    def fetch(url):
        urls.append(url)
        return CREATED

    replace(bigbluebutton(), fetch=fetch).address(CALL)
    (created,) = map(asked, urls)
    assert created["meetingID"] == CALL.room
    assert created["disabledFeatures"] == "breakoutRooms"
    assert created["record"] == "false"
    assert created["logoutURL"] == CALL.back


def test_a_link_is_good_for_one_meeting_one_person_and_one_rank():
    guest = asked(bigbluebutton().address(CALL))
    leader = asked(bigbluebutton().address(replace(CALL, leads=True)))
    assert guest["createTime"] == "1700"
    assert guest["fullName"] == "Paula & Co."
    assert (guest["role"], leader["role"]) == ("VIEWER", "MODERATOR")
    assert guest["password"] != leader["password"]


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "no XML",
        "<response><returncode>FAILED</returncode><createTime>1</createTime></response>",
        "<response><returncode>SUCCESS</returncode></response>",
        "<response><returncode>SUCCESS</returncode><createTime>now</createTime></response>",
        '<!DOCTYPE a [<!ENTITY b "b">]>' + CREATED,
    ],
)
def test_a_server_that_made_no_meeting_is_away(answer):
    with pytest.raises(VideoAway):
        bigbluebutton(answer).address(CALL)


def test_a_token_says_who_may_enter_which_room_and_for_how_long():
    claims = verified(asked(JITSI.address(CALL))["jwt"])
    assert (claims["iss"], claims["aud"], claims["sub"]) == ("us", "jitsi", "meet.example.org")
    assert claims["room"] == CALL.room
    assert 0 < claims["exp"] - CALL.ends_at <= 3600
    assert claims["context"]["user"] == {
        "id": "someone",
        "name": "Paula & Co.",
        "affiliation": "member",
    }


def test_only_who_leads_owns_the_room():
    claims = verified(JITSI.token(replace(CALL, leads=True)))
    assert claims["context"]["user"]["affiliation"] == "owner"
    assert all(isinstance(value, str) for value in claims["context"]["user"].values())


def test_a_token_signed_with_another_secret_is_worthless():
    with pytest.raises(ValueError, match="not signed"):
        verified(replace(JITSI, secret="another").token(CALL))


def test_a_jitsi_without_tokens_gets_the_name_where_only_the_browser_reads_it():
    address = urlsplit(replace(JITSI, secret=None).address(CALL))
    assert address.query == ""
    assert address.path == f"/{CALL.room}"
    assert "userInfo.displayName=%22Paula%20%26%20Co.%22" in address.fragment


def test_a_plain_link_holds_the_rooms_name_or_its_number():
    assert PlainLink("https://v.example.org/{room}?x=1").address(CALL) == (
        f"https://v.example.org/{CALL.room}?x=1"
    )
    assert PlainLink("https://v.example.org/r{number}").address(CALL) == "https://v.example.org/r3"


def test_nobody_guesses_the_name_of_a_room():
    name = room_name("a secret", "AB-C2", 17)
    assert re.fullmatch(r"abc2-17-[a-z2-7]{16}", name)
    assert name == room_name("a secret", "AB-C2", 17)
    others = {room_name("another", "AB-C2", 17), room_name("a secret", "AB-C2", 18)}
    assert len({each.rpartition("-")[2] for each in {name, *others}}) == 3


def test_a_long_title_is_cut():
    assert title_of(2, "Short") == "2 · Short"
    assert len(title_of(2, "long " * 40)) <= 64
