"""Where a room's video calls take place, as the operator has set it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

KINDS = ("jitsi", "bigbluebutton", "link")
HASHES = ("sha1", "sha256", "sha512")
USUAL_HASH = "sha256"
PLACES = {  # of which one has to stand in the address, or all rooms would be one call
    "jitsi": ("{room}",),
    "bigbluebutton": (),
    "link": ("{room}", "{number}"),
}


@dataclass(frozen=True)
class VideoSettings:
    """One kind of server, and what it takes to let somebody in."""

    kind: str
    url: str  # with {room}, or of BigBlueButton's API
    secret: str | None = field(repr=False)
    app: str  # whom Jitsi takes tokens from
    audience: str
    subject: str
    hash: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "VideoSettings | None":
        """Read and check them; none without `VIDEO`. Raises `ValueError` naming the first wrong."""
        kind = environment.get("VIDEO")
        if not kind:
            return None
        url = _checked(kind, environment)
        return cls(
            kind=kind,
            url=url,
            secret=environment.get("VIDEO_SECRET") or None,
            app=environment.get("VIDEO_APP") or "dialograum",
            audience=environment.get("VIDEO_AUDIENCE") or "jitsi",
            subject=environment.get("VIDEO_SUBJECT") or urlsplit(url).hostname or "",
            hash=environment.get("VIDEO_HASH") or USUAL_HASH,
        )


def _checked(kind: str, environment: Mapping[str, str]) -> str:
    if kind not in KINDS:
        raise ValueError(f"VIDEO must be one of {', '.join(KINDS)}, not {kind!r}")
    url = environment.get("VIDEO_URL") or ""
    if not _is_address(url):
        raise ValueError("VIDEO_URL must be an address that begins with http:// or https://")
    if PLACES[kind] and not any(place in url for place in PLACES[kind]):
        raise ValueError(f"VIDEO_URL must hold {' or '.join(PLACES[kind])} with VIDEO={kind}")
    if kind == "bigbluebutton" and not environment.get("VIDEO_SECRET"):
        raise ValueError("VIDEO=bigbluebutton needs VIDEO_SECRET, which bbb-conf --secret tells")
    if (environment.get("VIDEO_HASH") or USUAL_HASH) not in HASHES:
        raise ValueError(f"VIDEO_HASH must be one of {', '.join(HASHES)}")
    return url.rstrip("/")


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets or a port that are none
        return False
