"""A browser as a server sees it: one connection, cookies, pages, and the forms in them."""

import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from app.demo.crowd.http import Connection

HIDDEN = re.compile(rb'name="(csrf_token|key)"[^>]*value="([^"]+)"')
PAGE = "text/html"


@dataclass
class Browser:
    """It follows no link by itself; raises `OSError` or `HTTPException` where nobody answers."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    waited: list[float] = field(default_factory=list)  # milliseconds for each answer
    come_again: float = 0.0  # seconds, if the last answer said so

    def __post_init__(self) -> None:
        self._connection = Connection(urlsplit(self.url))

    @property
    def cookie(self) -> str:
        """All cookies, as they are sent."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def fetch(
        self, method: str, path: str, form: dict[str, str] | None = None, accept: str = PAGE
    ) -> tuple[int, bytes]:
        """The status of the answer, and what it brings."""
        headers = {"Accept": accept, "Accept-Language": "de", "Accept-Encoding": "identity"}
        headers |= {"Cookie": self.cookie} if self.cookies else {}
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers |= {"Origin": self.url, "Referer": self.url + path}
        begun = time.perf_counter()
        self._connection.request(method, path, urlencode(form) if form else None, headers)
        response = self._connection.getresponse()
        content = response.read()
        self.waited.append((time.perf_counter() - begun) * 1000)
        for cookie in response.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.come_again = float(response.headers.get("Retry-After") or 0)
        return response.status, content

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()


def hidden_fields(page: bytes) -> dict[str, str]:
    """What the forms of a page send along unseen."""
    return {name.decode(): value.decode() for name, value in HIDDEN.findall(page)}
