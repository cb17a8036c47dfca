"""The server: `http://127.0.0.1:PORT/<exchange>` is where an exchange's API begins; faults are scripted by path."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Literal, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from standin import binanceusdm, bitget, blofin, bybit, hyperliquid, okx
from standin.world import World

DIALECTS = {
    "binanceusdm": binanceusdm.answer,
    "bitget": bitget.answer,
    "blofin": blofin.answer,
    "bybit": bybit.answer,
    "hyperliquid": hyperliquid.answer,
    "okx": okx.answer,
}
Kind = Literal["429", "500", "503", "silence", "hang up", "truncated", "page", "wrong", "empty", "error"]
HOSTILE = "\x1b[2J::error::forged\n<script>"
_BODIES = {
    "429": '{"retCode": 10006, "code": "429", "retMsg": "Too many visits!", "msg": "too many"}',
    "okx 429": '{"code": "50011", "msg": "Too Many Requests"}',
    "500": "<html>oops</html>",
    "503": "<html>down for maintenance</html>",
    "page": "<html>a page of somebody else</html>",
    "wrong": '[{"surprise": [1, 2, {"three": null}]}, 7]',
    "empty": "{}",
    "error": json.dumps({"retCode": 10001, "code": "1", "retMsg": HOSTILE, "msg": HOSTILE, "status": "err"}),
}


@dataclass
class Fault:
    """What goes wrong where the address contains `where`; so many times, or always."""

    kind: Kind
    where: str = ""
    times: int = -1


class Asked(NamedTuple):
    """A request that came in, and when; what was posted is written behind the address."""

    at: float
    address: str


class Server(ThreadingHTTPServer):
    """Serves a world on a free port, or on the one that is given."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, world: World | None = None, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.world = world or World()
        self.faults: list[Fault] = []
        self.asked: list[Asked] = []
        self.silence = 30.0

    @property
    def url(self) -> str:
        """Where it is; an exchange's API begins below, at its ccxt id."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def fault(self, address: str) -> Kind | None:
        """The fault that is due for an address."""
        for item in self.faults:
            if item.where in address and item.times:
                item.times -= 1
                return item.kind
        return None

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is none of our concern."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """A question in the address."""
        self._answer(self.path, dict(parse_qsl(urlsplit(self.path).query)))

    def do_POST(self) -> None:
        """A question in the body."""
        asked = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))) or "{}")
        self._answer(f"{self.path}?{urlencode(asked)}", asked)

    def _answer(self, address: str, query: dict[str, Any]) -> None:
        """Answer, or do what the script says instead."""
        self.server.asked.append(Asked(time.monotonic(), address))
        _, exchange, path = urlsplit(address).path.split("/", 2)
        dialect = DIALECTS.get(exchange)
        found = dialect(self.server.world, f"/{path}", query) if dialect else None
        body = json.dumps(found)
        kind = self.server.fault(address)
        if kind == "silence":
            time.sleep(self.server.silence)
        if kind in ("silence", "hang up"):
            self.close_connection = True
        elif kind == "truncated":
            self._say(200, body[: len(body) // 2])
        elif kind:
            self._say(int(kind) if kind.isdigit() else 200, _BODIES.get(f"{exchange} {kind}", _BODIES[kind]))
        else:
            self._say(200 if found is not None else 404, body)

    def _say(self, status: int, text: str) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """What was asked is in `asked`."""


@contextmanager
def serving(world: World | None = None, port: int = 0) -> Iterator[Server]:
    """A server that answers while the block runs."""
    with Server(world, port) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
