"""The controller's HTTP door: GET /healthz for whoever watches it, POST /hook for whoever has pushed."""

import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from gitscale import __version__
from gitscale.cli.watch.loop import Loop
from gitscale.errors import Unavailable, Usage

# GitHub sends up to 25 MB; what is sent is signed as a whole, and looked at by nobody
_MOST, _PORTION = 26_000_000, 65_536


def opened(loop: Loop, listen: str, secret: str | None) -> ThreadingHTTPServer:
    """A server at `HOST:PORT`, at work in a thread of its own; without a secret nobody can knock.

    Raises:
        Usage: the address cannot be read.
        Unavailable: it is taken, or not this machine's.
    """
    host, _, port = listen.rpartition(":")
    if not port.isdecimal() or int(port) > 65535:
        raise Usage(f"--listen {listen[:60]!r} is no HOST:PORT", "for example 127.0.0.1:8080")
    handler = type("Handler", (_Handler,), {"loop": loop, "secret": (secret or "").encode()})
    try:
        server = ThreadingHTTPServer((host.strip("[]") or "127.0.0.1", int(port)), handler)
    except OSError as error:
        raise Unavailable(f"cannot listen at {listen}: {error.strerror or error}", "name another address") from None
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def signed(headers: Any, secret: bytes, digest: str) -> bool:
    """Whether a hook is who it says: GitHub and Gitea sign what they send, GitLab sends the secret itself."""
    given = {
        headers.get("X-Hub-Signature-256", ""): f"sha256={digest}",
        headers.get("X-Gitea-Signature", ""): digest,
        headers.get("X-Gitlab-Token", ""): secret.decode(),
    }
    return any(said and hmac.compare_digest(said.encode(), right.encode()) for said, right in given.items())


class _Handler(BaseHTTPRequestHandler):
    """One request; `loop` and `secret` are its class's."""

    loop: Loop
    secret: bytes
    timeout = 10
    server_version = f"gitscale/{__version__}"
    sys_version = ""

    def do_GET(self) -> None:
        """`/healthz`: 200 while looks succeed, else 503."""
        if self.path != "/healthz":
            return self._answer(404, {"error": "there is /healthz, and POST /hook"})
        health, alive = self.loop.health, self.loop.alive()
        last = health.last
        return self._answer(
            200 if alive else 503,
            {
                "ok": alive,
                "state": last.state if last else None,
                "revision": last.revision if last else None,
                "failures": health.failures,
                "error": health.error or None,
            },
        )

    def do_POST(self) -> None:
        """`/hook`: whoever knows the secret makes the controller look now."""
        if self.path != "/hook" or not self.secret:
            return self._answer(404, {"error": "there is no hook here"})
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > _MOST:
            return self._answer(413, {"error": f"Content-Length is needed, up to {_MOST}"})
        digest = hmac.new(self.secret, digestmod=hashlib.sha256)
        left = int(length)
        while left and (portion := self.rfile.read(min(left, _PORTION))):
            digest.update(portion)
            left -= len(portion)
        if left or not signed(self.headers, self.secret, digest.hexdigest()):
            return self._answer(401, {"error": "the signature is missing or wrong"})
        self.loop.knock()
        return self._answer(202, {"ok": True})

    def _answer(self, code: int, data: dict[str, Any]) -> None:
        body = json.dumps(data).encode() + b"\n"
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Nothing: the log is the controller's."""
