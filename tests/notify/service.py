"""A service on this machine that takes messages as Apprise's json:// sends them, or fails in the ways services do."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue
from typing import Any

PASSWORD = "hunter2-in-the-url"
_PATIENCE = 30


class Service:
    """What was taken, in its order; how it answers is said by the path: /ok, /500, /hang, /drip, /moved."""

    def __init__(self, port: int, taken: "Queue[dict[str, Any]]") -> None:
        self.port, self._taken = port, taken

    def url(self, how: str = "ok") -> str:
        return f"json://desk:{PASSWORD}@127.0.0.1:{self.port}/{how}"

    def next(self) -> dict[str, Any]:
        return self._taken.get(timeout=_PATIENCE)

    def title(self) -> str:
        return str(self.next()["title"])

    def none(self, seconds: float = 0.5) -> bool:
        """Whether nothing comes for so long."""
        try:
            self._taken.get(timeout=seconds)
        except Empty:
            return True
        return False


@contextmanager
def service() -> Iterator[Service]:
    taken: Queue[dict[str, Any]] = Queue()
    ended = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/hang":
                ended.wait(_PATIENCE)
                return
            if self.path == "/drip":
                self._drip()
                return
            self.send_response({"/500": 500, "/moved": 307}.get(self.path, 200))
            if self.path == "/moved":
                self.send_header("Location", "/elsewhere")
            if self.path in ("/ok", "/elsewhere"):
                taken.put(message | {"path": self.path})
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _drip(self) -> None:
            """An answer that never ends: each read is in time, the whole never is."""
            self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            while not ended.wait(0.2):
                self.wfile.write(b".")
                self.wfile.flush()

        def log_message(self, *_: object) -> None: ...

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Whoever hangs up is no matter."""

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield Service(server.server_address[1], taken)
        ended.set()
        server.shutdown()
