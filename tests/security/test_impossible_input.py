"""What no page sends is refused with a sentence, never with a failure."""

import pytest

ENDLESS = "9" * 5000  # more digits than Python reads


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/e/{code}/step", {"item": ENDLESS}),
        ("/rounds/1/me", {"room": ENDLESS}),
        ("/rooms/1/moves", {"person-1": ENDLESS, "to-1": "1"}),
        ("/rounds/1/extension", {"minutes": ENDLESS}),
    ],
)
def test_an_endless_number_is_invalid(event, moderator, path, data):
    assert moderator.post(path.format(code=event.code), data).status_code == 422


@pytest.mark.parametrize("path", ["/concerns/{n}/edit", "/rooms/{n}", "/e/{code}/steps/{n}"])
def test_an_endless_number_in_an_address_is_not_found(event, participant, path):
    assert participant.get(path.format(n=ENDLESS, code=event.code)).status_code == 404
