"""Who may look: one browser on this machine, which was given the address with its token.

In: the headers of a request. Out: whether it is answered. The token opens once, and is a cookie
from then on. A page of another origin cannot ask (Fetch Metadata, `Origin`), and a name that was
made to lead to this machine is not its own (`Host`, against DNS rebinding).
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie

from msgspec import Struct, field

from publish.ground.offline import HERE

_SITES = ("same-origin", "none", "")
"""Where a request may come from (Fetch Metadata): the page itself, or a person who typed it."""


class Guard(Struct):
    """The keys of one watching."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def origin(self) -> str:
        """Return the one origin that may ask."""
        return f"http://{HERE}:{self.port}"

    @property
    def address(self) -> str:
        """Return the address to open, which works once."""
        return f"{self.origin}/?token={self.token}"

    @property
    def cookie(self) -> str:
        """Return the cookie that takes the token's place."""
        return f"{self.name}={self.secret}; HttpOnly; SameSite=Strict; Path=/"

    @property
    def name(self) -> str:
        """Return the cookie's name; cookies know no ports, so that it bears this one's."""
        return f"katern-{self.port}"

    def is_own(self, headers: Mapping[str, str]) -> bool:
        """Tell whether a request is to this server by its own name, and from its own pages."""
        host = headers.get("Host", "")
        origin = headers.get("Origin", self.origin)
        site = headers.get("Sec-Fetch-Site", "")
        return host == f"{HERE}:{self.port}" and origin == self.origin and site in _SITES

    def opens(self, token: str) -> bool:
        """Tell whether a token is the one that was given out; it opens once."""
        if not self.token or not hmac.compare_digest(token.encode(), self.token.encode()):
            return False
        self.token = ""
        return True

    def knows(self, cookies: str) -> bool:
        """Tell whether a browser has the cookie."""
        try:
            given = SimpleCookie(cookies).get(self.name)
        except CookieError:
            return False
        return given is not None and hmac.compare_digest(given.value.encode(), self.secret.encode())
