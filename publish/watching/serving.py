"""The page in the browser: a server of this machine alone, for one who was given its address.

In: a `Desk`. Out: the page, its pictures, the e-book's files, and each new scene as it comes (HTML,
“Server-sent events”). Nothing is taken: there are only things to get.
"""

from __future__ import annotations

import json
import mimetypes
import threading
from functools import cache
from http.server import BaseHTTPRequestHandler
from importlib.resources import files
from pathlib import PurePosixPath
from socketserver import ThreadingTCPServer
from typing import ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

from msgspec import Struct, field

from publish.ground.offline import HERE
from publish.ground.templating import templates
from publish.watching.desk import Desk
from publish.watching.guarding import Guard
from publish.watching.model import Scene
from publish.watching.telling import told

ALIVE = 15.0
"""Seconds after which a silent stream says that it is still there."""
_TYPES = {"xhtml": "application/xhtml+xml", "ncx": "application/xml", "opf": "application/xml"}
_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_BOOK = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self';"
    " frame-ancestors 'self'; sandbox allow-same-origin"
)
"""A book is shown, and runs nothing (Content Security Policy 3)."""


class Stage(Struct):
    """The scene that is shown, and those who wait for the next one."""

    scene: Scene = field(default_factory=Scene)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def show(self, scene: Scene) -> None:
        """Show a scene."""
        with self.changed:
            self.scene = scene
            self.changed.notify_all()

    def next(self, number: int) -> Scene | None:
        """Return the first scene after one; None where none came for a while."""
        with self.changed:
            self.changed.wait_for(lambda: self.scene.number > number, ALIVE)
            return self.scene if self.scene.number > number else None


class Server(ThreadingTCPServer):
    """Answers the browser; bound to this machine's own address, at a port of its choice."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, desk: Desk, stage: Stage, port: int = 0) -> None:
        super().__init__((HERE, port), Answer)
        self.desk, self.stage = desk, stage
        self.guard = Guard(int(self.server_address[1]))

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that went away."""


class Answer(BaseHTTPRequestHandler):
    """Answers one browser."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "katern"
    sys_version = ""
    timeout: ClassVar[float] = 3600.0

    def log_message(self, format: str, *args: object) -> None:
        """Keep requests from the terminal."""

    def do_GET(self) -> None:
        """Answer a request."""
        headers, guard = dict(self.headers.items()), self.server.guard
        address = urlsplit(self.path)
        if not guard.is_own(headers):
            return self._refuse(403, "This page is for this machine alone.")
        token = parse_qs(address.query).get("token", [""])[0]
        if address.path == "/" and token and guard.opens(token):
            self.send_response(303)
            self.send_header("Set-Cookie", guard.cookie)
            self.send_header("Location", "/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        if not guard.knows(headers.get("Cookie", "")):
            return self._refuse(403, "The address is good once: start “katern watch” again.")
        return self._answer(address.path)

    def _answer(self, path: str) -> None:
        match path.split("/")[1:]:
            case [""]:
                self._send(_page(self.server.desk), "text/html; charset=utf-8", _PAGE)
            case ["watch.css" | "watch.js" as name]:
                kind = "text/css" if name.endswith("css") else "text/javascript"
                self._send(_asset(name), f"{kind}; charset=utf-8", _PAGE)
            case ["scenes"]:
                self._scenes()
            case ["leaf", sheaf, name]:
                self._leaf(sheaf, name.removesuffix(".png"))
            case ["book", *rest]:
                self._book(unquote("/".join(rest)))
            case _:
                self._refuse(404, "There is no such thing here.")

    def _leaf(self, sheaf: str, index: str) -> None:
        try:
            data = self.server.desk.sheaves[int(sheaf)].png(int(index))
        except (KeyError, IndexError, ValueError):
            return self._refuse(404, "There is no such page.")
        return self._send(data, "image/png", _PAGE, kept=True)

    def _book(self, path: str) -> None:
        data = self.server.desk.scene.files.get(path)
        if data is None:
            return self._refuse(404, "There is no such file in the e-book.")
        suffix = PurePosixPath(path).suffix[1:]
        kind = _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
        return self._send(data, kind, _BOOK)

    def _scenes(self) -> None:
        self.send_response(200)
        self._headers("text/event-stream", _PAGE)
        self.send_header("Connection", "close")
        self.end_headers()
        number = -1
        while True:
            scene = self.server.stage.next(number)
            number = scene.number if scene else number
            line = f"data: {json.dumps(told(scene))}\n\n" if scene else ": still here\n\n"
            try:
                self.wfile.write(line.encode())
                self.wfile.flush()
            except OSError:
                return

    def _send(self, data: bytes, kind: str, policy: str, kept: bool = False) -> None:
        self.send_response(200)
        self._headers(kind, policy, "private, max-age=3600" if kept else "no-store")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _headers(self, kind: str, policy: str, kept: str = "no-store") -> None:
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", kept)
        self.send_header("Content-Security-Policy", policy)
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")

    def _refuse(self, status: int, why: str) -> None:
        data = f"{why}\n".encode()
        self.send_response(status)
        self._headers("text/plain; charset=utf-8", _PAGE)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@cache
def _asset(name: str) -> bytes:
    return files("publish").joinpath("templates", "watch", name).read_bytes()


def _page(desk: Desk) -> bytes:
    title = desk.folder.resolve().name
    return templates("watch").get_template("watch.html.j2").render(title=title).encode()
