"""Telling people, as well as it can be done: whatever goes wrong with that is a line of log, and stops nothing."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from math import inf
from typing import TYPE_CHECKING

import click

from gitscale.actions.notices import of_failure, of_look, of_processes, of_success, of_targets, place_of
from gitscale.cli.host import notify_urls, open_workspace
from gitscale.errors import bug, known
from gitscale.model.plain import clean
from gitscale.notify.ledger import Ledger
from gitscale.notify.notice import Notice, message
from gitscale.notify.outbox import Complain, Outbox

if TYPE_CHECKING:
    from gitscale.actions.deliver import SyncReport
    from gitscale.actions.follow import Followed
    from gitscale.cli.watch.loop import Look

# seconds: what the end of a process waits for services, and how long the targets are believed to be as they were
_PATIENCE, _AUDIT = 5.0, 600.0
# looks that fail in a row before it is news: a network that hiccups is none
_NEWS = 3


class Herald:
    """Tells the people of one repository what they have not been told yet; `complain` hears what could not be sent."""

    def __init__(self, repo: str | None, complain: Complain) -> None:
        with open_workspace(repo) as workspace:
            self._place = place_of(workspace)
            self._ledger = Ledger(workspace.repository.state_dir / "notified.json")
        self._complain = complain
        self._outbox: Outbox | None = None
        self._mute = False

    def check(self) -> None:
        """See now, not when it matters, whether people can be told; where they cannot be, the log hears it once."""
        self._mute = True
        with self.excused():
            self.ready()
            self._mute = False

    def ready(self) -> Outbox:
        """The way out; Apprise is loaded when there is something to tell, or whoever runs for long asks before.

        Raises:
            Usage: a URL cannot be read.
            Unavailable: Apprise is not installed.
        """
        if self._outbox is None:
            self._outbox = Outbox(notify_urls(), self._complain)
        return self._outbox

    def tell(self, notices: Iterable[Notice]) -> None:
        """Hand over what is due; waits for nothing."""
        if self._mute:
            return
        with self.excused():
            for notice in self._ledger.sift(notices, datetime.now(UTC)):
                self.ready().put(message(self._place, notice))

    @contextmanager
    def excused(self) -> Iterator[None]:
        """What goes wrong in here is told the log alone."""
        try:
            yield
        except Exception as error:
            self._complain("", (known(error) or bug(error)).message)

    def close(self) -> None:
        """Give what is on its way a few seconds."""
        if self._outbox is not None:
            self._outbox.close(_PATIENCE)


@contextmanager
def telling(repo: str | None) -> Iterator[Herald]:
    """Tells from a command that ends soon, also that it failed; standard error hears what could not be sent."""
    herald = Herald(repo, _aside)
    try:
        herald.check()
        yield herald
    except Exception as error:
        herald.tell([of_failure(error)])
        raise
    finally:
        herald.close()


def after_sync(repo: str | None, herald: Herald, report: "SyncReport") -> None:
    """Tell of a sync that failed in nothing."""
    herald.tell([of_success(report.revision, report.branch)])
    with herald.excused(), open_workspace(repo) as workspace:
        herald.tell([of_processes(workspace)])


def heralded(look: "Look", repo: str | None, herald: Herald) -> "Look":
    """A look of the controller that is told of; files and rows are read behind a delivery, else every ten minutes."""
    audited, failures = -inf, 0

    def looked(before: "Followed | None") -> "Followed":
        nonlocal audited, failures
        try:
            found = look(before)
        except Exception as error:
            failures += 1
            if failures >= _NEWS:
                herald.tell([of_failure(error)])
            raise
        failures = 0
        herald.tell(of_look(found))
        if found.state == "delivered" or time.monotonic() - audited > _AUDIT:
            audited = time.monotonic()
            with herald.excused(), open_workspace(repo) as workspace:
                herald.tell(of_targets(workspace))
        return found

    return looked


def _aside(service: str, reason: str) -> None:
    click.echo(clean(f"not notified: {f'{service}: ' * bool(service)}{reason}"), err=True)
