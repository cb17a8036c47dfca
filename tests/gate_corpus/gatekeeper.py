"""The real gate, asked about a case: both sides become commits of a real repository."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path

from gitscale.actions.ask import Ask
from gitscale.actions.gate import gate
from gitscale.actions.init import init
from gitscale.actions.workspace import Host, Workspace
from gitscale.store.commit import make_commit
from gitscale.store.repository import Repository
from tests.gate_corpus.corpus import Files, Judge, Submodule, Symlink, Verdict


@contextmanager
def gatekeeper(folder: Path) -> Iterator[Judge]:
    """A judge with a repository of its own."""
    init(folder)
    with Repository.open(folder) as repository:

        def judge(base: Files, head: Files, today: date) -> Verdict:
            host = Host(lambda: datetime.combine(today, time(12), UTC))
            old = make_commit(repository, _tree(repository, base), (), "base\n")
            new = make_commit(repository, _tree(repository, head), (old,), "head\n")
            report = gate(Workspace(repository, host), Ask(base=old, head=new))
            failing = {item.code for item in report.failing}
            shown = {item.code for item in report.findings}
            return failing, shown, {item.name: item.direction for item in report.deltas if item.kind == "bot"}

        yield judge


def _tree(repository: Repository, files: Files) -> str:
    """The id of a tree; links and submodules keep their kind, which our own writing of trees does not know."""
    here = {path: content for path, content in files.items() if "/" not in path}
    below: dict[str, dict[str, bytes]] = {}
    for path, content in files.items():
        head, slash, rest = path.partition("/")
        if slash:
            below.setdefault(head, {})[rest] = content
    lines = [(name.encode(), _line(repository, name, content)) for name, content in here.items()]
    for name, inner in below.items():
        line = f"40000 {name}".encode() + b"\0" + bytes.fromhex(_tree(repository, inner))
        lines.append((name.encode() + b"/", line))
    return repository.writer.write("tree", b"".join(line for _, line in sorted(lines)))


def _line(repository: Repository, name: str, content: bytes) -> bytes:
    if isinstance(content, Submodule):
        mode, identity = "160000", content.decode()
    else:
        mode = "120000" if isinstance(content, Symlink) else "100644"
        identity = repository.writer.write("blob", bytes(content))
    return f"{mode} {name}".encode() + b"\0" + bytes.fromhex(identity)
