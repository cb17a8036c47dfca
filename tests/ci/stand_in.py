"""A stand-in for the part of GitHub's REST interface that `gitscale comment` uses: real sockets, real paging."""

import json
import re
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "ghs_secret"
BOT = {"login": "github-actions[bot]", "type": "Bot"}
PERSON = {"login": "mallory", "type": "User"}
COMMENTS = re.compile(r"/repos/desk/fleet/issues/7/comments")
COMMENT = re.compile(r"/repos/desk/fleet/issues/comments/([0-9]+)")


@dataclass
class State:
    """The pull request's comments, what was asked, and the faults to come."""

    comments: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    login: str | None = None
    faults: dict[str, list[int | float]] = field(default_factory=dict)
    lost_answers: int = 0

    def add(self, body: str | None, user: dict[str, str] | None = None) -> dict[str, Any]:
        number = len(self.comments) + 1
        self.comments.append({"id": number, "body": body, "user": user, "html_url": f"https://git.example/c/{number}"})
        return self.comments[-1]


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.state = State()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        state = self.server.state
        if self._faulty():
            return
        if self.path == "/user":
            self._say(*((200, {"login": state.login}) if state.login else (403, {"message": "::error::forged"})))
        elif COMMENTS.fullmatch(urlsplit(self.path).path):
            self._page({name: int(value[0]) for name, value in parse_qs(urlsplit(self.path).query).items()})
        else:
            self._say(404, {})

    def do_POST(self) -> None:
        body = self._body()
        if not self._faulty():
            made = self.server.state.add(body, BOT)
            self._say_or_lose(201, made)

    def do_PATCH(self) -> None:
        body = self._body()
        if not self._faulty() and (found := COMMENT.fullmatch(self.path)):
            changed = self.server.state.comments[int(found[1]) - 1]
            changed["body"] = body
            self._say(200, changed)

    def _page(self, asked: dict[str, int]) -> None:
        found, size, page = self.server.state.comments, asked["per_page"], asked["page"]
        more = len(found) > page * size
        links = f'<{self.server.url}/x?page={page + 1}>; rel="next", <{self.server.url}/x>; rel="last"' if more else ""
        self._say(200, found[(page - 1) * size : page * size], Link=links)

    def _faulty(self) -> bool:
        """The next fault for this method, if one is set: a status, or seconds of silence (a float)."""
        state = self.server.state
        state.asked.append(f"{self.command} {self.path}")
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            self._say(401, {})
            return True
        faults = state.faults.get(self.command, [])
        fault = faults.pop(0) if faults else 0
        if isinstance(fault, float):
            sleep(fault)
        elif fault:
            self._say(fault, {"message": "::error::forged"}, Location=f"{self.server.url}/user")
        return bool(fault)

    def _say_or_lose(self, status: int, data: Any) -> None:
        if self.server.state.lost_answers:
            self.server.state.lost_answers -= 1
            status, data = 502, {}
        self._say(status, data)

    def _body(self) -> str:
        return str(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"])

    def _say(self, status: int, data: Any, **headers: str) -> None:
        text = json.dumps(data).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: Any) -> None:
        """The asked requests are in the state."""
