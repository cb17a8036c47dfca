"""Messages on their way, through Apprise: a thread for each URL, so that none waits for another, and nobody for them.

Apprise URLs hold credentials, and hosts may be some: nothing here tells more of one than its service and its number.
"""

import logging
import re
import time
from collections.abc import Callable, Sequence
from queue import Full, Queue
from threading import Thread
from typing import TYPE_CHECKING

from gitscale.errors import Unavailable, Usage
from gitscale.notify.notice import Message

if TYPE_CHECKING:
    from apprise import Apprise

_WAITING = 20
_STATUS = re.compile(r"\berror=(\d{3})\b")

# hears which service did not take a message, and why
Complain = Callable[[str, str], None]


class Outbox:
    """Sends what it is given as well as it can."""

    def __init__(self, urls: str, complain: Complain) -> None:
        """Takes Apprise URLs, separated by blanks.

        Raises:
            Usage: Apprise cannot read one; which, is told by its number alone.
            Unavailable: Apprise is not installed.
        """
        self._lanes = [_Lane(name, service, complain) for name, service in _services(urls.split())]

    def put(self, message: Message) -> None:
        """Hand a message over; returns at once."""
        for lane in self._lanes:
            lane.put(message)

    def close(self, patience: float) -> None:
        """Wait so many seconds at most until everything is sent; what is not by then is given up."""
        for lane in self._lanes:
            lane.put(None)
        until = time.monotonic() + patience
        for lane in self._lanes:
            lane.close(until - time.monotonic())


class _Lane:
    """One service with the messages that wait for it."""

    def __init__(self, name: str, service: "Apprise", complain: Complain) -> None:
        self._name, self._service, self._complain = name, service, complain
        self._queue: Queue[Message | None] = Queue(_WAITING)
        self._thread = Thread(target=self._work, daemon=True)
        self._thread.start()

    def put(self, message: Message | None) -> None:
        try:
            self._queue.put_nowait(message)
        except Full:
            self._complain(self._name, f"it does not answer, and {_WAITING} messages wait for it; this one is lost")

    def close(self, patience: float) -> None:
        self._thread.join(max(0.0, patience))
        if self._thread.is_alive():
            self._complain(self._name, "it did not answer in time")

    def _work(self) -> None:
        while (message := self._queue.get()) is not None:
            try:
                reason = _sent(self._service, message)
            except Exception as error:  # a plugin's fault is no reason to stop
                reason = type(error).__name__
            if reason:
                self._complain(self._name, reason)


def _services(urls: Sequence[str]) -> list[tuple[str, "Apprise"]]:
    """Each URL's service, ready to send, with the name it is told by."""
    try:
        from apprise import Apprise, AppriseAsset
    except ImportError as error:
        reason = str(error).split("\n", 1)[0]
        raise Unavailable(f"notifications need Apprise: {reason}", "pip install 'gitscale[notify]'") from None
    # what Apprise and its plugins log names hosts and paths, and without any handler Python prints it
    logging.getLogger().addHandler(logging.NullHandler())
    # a redirect would carry the message elsewhere; a deadline of Apprise's own keeps the process from ending
    asset = AppriseAsset(service_timeout=0, http_redirects=False, storage_mode="memory", allow_templates=False)
    found = []
    for number, url in enumerate(urls, 1):
        plugin = Apprise.instantiate(url, asset=asset)
        if plugin is None:
            raise Usage(f"Apprise cannot read URL {number} of GITSCALE_NOTIFY", "try it: apprise -vv -b test URL")
        service = Apprise(asset=asset)
        service.add(plugin)
        found.append((f"{plugin.service_name} (URL {number})", service))
    return found


def _sent(service: "Apprise", message: Message) -> str:
    """Why a message was not taken; empty where it was."""
    result = service.notify(message.body, message.title, message.tone, body_format="text")
    if result:
        return ""
    logs = (entry.message for outcome in result for attempt in outcome for entry in attempt)
    status = next((found[1] for text in logs if (found := _STATUS.search(text))), "")
    return f"it answered {status}" if status else "it could not be reached, or refused"
