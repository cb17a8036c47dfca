"""Messages through the real Apprise, to a service that answers, fails, hangs, drips or points elsewhere."""

import time
from collections.abc import Iterator

import pytest

from gitscale.errors import GitscaleError, Usage
from gitscale.notify.notice import Message
from gitscale.notify.outbox import Outbox
from tests.notify.service import PASSWORD, Service, service

# Apprise loads all its plugins, old ones too
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

HELLO = Message("title", "body", "warning")


@pytest.fixture
def desk() -> Iterator[Service]:
    with service() as running:
        yield running


class Complaints(list[tuple[str, str]]):
    def __call__(self, name: str, reason: str) -> None:
        self.append((name, reason))


def test_a_message_arrives_as_it_is(desk: Service) -> None:
    heard = Complaints()
    outbox = Outbox(desk.url(), heard)
    signs = "a_b *c* `d` <e> & @f \u200b\u26a0 :g: \\n {{h}} %s"
    outbox.put(Message(signs, f"{signs}\n{signs}", "failure"))
    found = desk.next()
    assert (found["title"], found["message"], found["type"]) == (signs, f"{signs}\n{signs}", "failure")
    outbox.close(5)
    assert heard == []


@pytest.mark.parametrize(
    ("how", "reason"),
    [("500", "it answered 500"), ("moved", "it answered 307")],
)
def test_what_is_not_taken_is_told_of(desk: Service, how: str, reason: str) -> None:
    heard = Complaints()
    outbox = Outbox(f"{desk.url(how)}\n{desk.url()}", heard)
    outbox.put(HELLO)
    outbox.close(20)
    assert heard == [("JSON (URL 1)", reason)]
    assert desk.next()["path"] == "/ok"
    assert desk.none()  # nothing went where the redirect points


def test_nobody_there() -> None:
    heard = Complaints()
    outbox = Outbox(f"json://desk:{PASSWORD}@127.0.0.1:1/", heard)
    outbox.put(HELLO)
    outbox.close(20)
    assert heard == [("JSON (URL 1)", "it could not be reached, or refused")]


@pytest.mark.parametrize("how", ["hang", "drip"])
def test_who_does_not_answer_holds_up_nobody(desk: Service, how: str) -> None:
    heard = Complaints()
    begun = time.monotonic()
    outbox = Outbox(f"{desk.url(how)}?rto=60 {desk.url()}", heard)
    for _ in range(25):
        outbox.put(HELLO)
        assert desk.title() == "title"
    assert any("messages wait for it" in reason for _, reason in heard)
    assert {name for name, _ in heard} == {"JSON (URL 1)"}
    outbox.close(0.5)
    assert ("JSON (URL 1)", "it did not answer in time") in heard
    assert time.monotonic() - begun < 15


@pytest.mark.parametrize("url", ["words", "nosuch://desk:{}@host/", "discord://{}", "json://", "tgram://{}/"])
def test_a_url_that_cannot_be_read_is_told_by_its_number(
    url: str, capfd: pytest.CaptureFixture[str], desk: Service
) -> None:
    with pytest.raises(Usage) as refused:
        Outbox(f"{desk.url()} {url.format(PASSWORD)}", Complaints())
    assert refused.value.message == "Apprise cannot read URL 2 of GITSCALE_NOTIFY"
    assert isinstance(refused.value, GitscaleError)
    assert capfd.readouterr() == ("", "")


def test_nothing_is_printed_and_no_secret_told(desk: Service, capfd: pytest.CaptureFixture[str]) -> None:
    heard = Complaints()
    urls = [desk.url("500"), desk.url("moved"), f"json://desk:{PASSWORD}@127.0.0.1:1/{PASSWORD}"]
    urls += [f"json://127.0.0.1:{desk.port}/hang?rto=0.2&+X-Token={PASSWORD}"]
    outbox = Outbox(" ".join(urls), heard)
    outbox.put(HELLO)
    outbox.close(20)
    assert len(heard) == 4
    assert PASSWORD not in str(heard)
    assert capfd.readouterr() == ("", "")
