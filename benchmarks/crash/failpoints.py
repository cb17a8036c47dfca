"""Every step that a command takes outside its own memory, by name.

Python tells its audit hooks of each before it is taken, so gitscale needs no line for this. `effect` says in words what
is about to happen to a repository, FAILPOINTS names it. An effect without a name, and a name that no scene comes to,
fail a test.
"""

import fcntl
import os
import re
from typing import Any

_READING = "rev-parse|cat-file|ls-tree|ls-files|config|diff-tree|merge-base|status|rev-list|check-ref-format|var"
_READING += "|hash-object|worktree|for-each-ref|symbolic-ref|version|log"

FAILPOINTS = {
    # a command: the writers' lock, what an earlier one left, objects, index and work tree, the branch
    "git.read": f"git ({_READING})",
    "lock.folder": r"mkdir \.git/gitscale",
    "lock.file": r"open \.git/gitscale/lock",
    "lock.take": r"lock \.git/gitscale/lock",
    "lock.holder": r"(truncate|write) \.git/gitscale/lock",
    "lock.release": r"unlock \.git/gitscale/lock",
    "object.young": r"utime \.git/objects/.*",
    "object.folder": r"(mkdir|chmod) \.git/objects/..",
    "object.temporary": r"open \.git/objects/../tmp_obj_\w+",
    "object.mode": r"chmod \.git/objects/../tmp_obj_\w+",
    "object.name": r"rename \.git/objects/../[0-9a-f]+",
    "object.undo": r"remove \.git/objects/../tmp_obj_\w+",
    "commit.object": "git commit-tree",
    "index-lock.mark": r"open \.git/gitscale-index-lock",
    "index-lock.take": r"link \.git/index\.lock",
    "index-lock.unmark": r"remove \.git/gitscale-index-lock",
    "journal.temporary": r"open \.git/gitscale/journal\.tmp",
    "journal.name": r"rename \.git/gitscale/journal\.json",
    "index.sweep": r"remove \.git/gitscale-index(\.lock)?",
    "index.copy": r"open \.git/gitscale-index",
    "index.time": r"(utime|chmod) \.git/gitscale-index",
    "index.change": "git read-tree",
    "index.entry": "git update-index",
    "index.name": r"rename \.git/index",
    "ref.move": "git update-ref",
    "worktree.back": r"git checkout-index|(remove|rmdir) bots.*",
    "note.temporary": r"open \.git/gitscale-steps\.tmp",
    "note.name": r"rename \.git/gitscale-steps\.json",
    "journal.clear": r"remove \.git/gitscale/journal\.json",
    "index-lock.release": r"remove \.git/index\.lock",
    "ticket.folder": r"mkdir \.git/gitscale/pending",
    "ticket.temporary": r"open \.git/gitscale/pending/\w+\.\d+\.tmp",
    "ticket.name": r"rename \.git/gitscale/pending/\w+\.json",
    "ticket.consume": r"remove \.git/gitscale/pending/\w+\.json",
    # a sync: its lock, the database, the run that begins, files, rows and the run that ends
    "sync-lock.file": r"open \.git/gitscale/sync\.lock",
    "sync-lock.take": r"lock \.git/gitscale/sync\.lock",
    "sync-lock.holder": r"(truncate|write) \.git/gitscale/sync\.lock",
    "sync-lock.release": r"unlock \.git/gitscale/sync\.lock",
    "folder.make": "mkdir build",
    "database.open": "connect .*",
    "rows.lock": "sql (select pg_advisory_lock|select set_config).*",
    "rows.tell": "sql select pg_notify.*",
    "rows.read": "sql (select|pragma).*",
    "schema.change": "sql (create table (bots|syncs|alembic)|alter table|(insert into|update) alembic).*",
    "transaction.begin": "sql begin.*",
    "run.begin": "sql insert into syncs .*",
    "file.sweep": r"remove build/bots/\.[^/]+\.tmp",
    "file.folder": "mkdir build/bots",
    "file.temporary": r"open build/bots/\.[^/]+\.tmp",
    "file.content": r"write build/bots/\.[^/]+\.tmp",
    "file.flush": r"fsync build/bots/\.[^/]+\.tmp",
    "files.flush": "syncfs",
    "file.name": r"rename build/bots/[^/.]+\.json",
    "file.remove": r"remove build/bots/[^/.]+\.json",
    "folder.flush": "fsync build(/bots)?",
    "rows.incoming": "sql (create temporary table|copy) incoming.*",
    "rows.put": "sql insert into bots .*",
    "rows.remove": "sql delete from bots .*",
    "run.finish": "sql update syncs .*",
    "transaction.commit": "sql commit.*",
    "transaction.rollback": "sql rollback.*",
    "state.temporary": r"open build/\.synced\.tmp",
    "state.flush": r"fsync build/\.synced\.tmp",
    "state.name": r"rename build/synced\.json",
    # what a large fleet remembers of itself
    "memory.folder": r"mkdir \.git/gitscale/cache",
    "memory.temporary": r"open \.git/gitscale/cache/known\.\d+",
    "memory.name": r"rename \.git/gitscale/cache/known",
}
_KNOWN = [(name, re.compile(pattern)) for name, pattern in FAILPOINTS.items()]
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_VERBS = {
    "open": "open",
    "os.mkdir": "mkdir",
    "os.remove": "remove",
    "os.rmdir": "rmdir",
    "os.rename": "rename",
    "os.link": "link",
    "os.symlink": "link",
    "os.truncate": "truncate",
    "os.chmod": "chmod",
    "os.chown": "chown",
    "os.utime": "utime",
    "fcntl.flock": "lock",
    "sqlite3.connect": "connect",
    # these have no audit event: `hear` makes them
    "os.fsync": "fsync",
    "os.write": "write",
    "os.pwrite": "write",
}


def failpoint(what: str) -> str:
    """The name of an effect; empty where it has none."""
    return next((name for name, pattern in _KNOWN if pattern.fullmatch(what)), "")


def effect(event: str, given: tuple[Any, ...], root: str) -> str:
    """What an audit event does to the repository at `root`; empty where it only reads, or is about something else."""
    if event == "subprocess.Popen":
        return f"git {_verb(given[1])}"
    if event == "ctypes.dlsym":
        return "syncfs" if given[1] == "syncfs" else ""
    if event not in _VERBS or (event == "open" and (isinstance(given[0], int) or not given[2] & _WRITING)):
        return ""
    path = _inside(given[1 if event in ("os.rename", "os.link", "os.symlink") else 0], root)
    released = event == "fcntl.flock" and given[1] == fcntl.LOCK_UN
    return path and f"{'un' * released}{_VERBS[event]} {path}"


def _verb(words: list[str]) -> str:
    """The git command of a hardened command line."""
    rest = iter(words[words.index("git") + 1 :])
    for word in rest:
        if word in ("-c", "-C"):
            next(rest)
        elif not word.startswith("-"):
            return word
    return ""


def _inside(place: Any, root: str) -> str:
    path = os.readlink(f"/proc/self/fd/{place}") if isinstance(place, int) else os.path.abspath(os.fspath(place))  # noqa: PTH100, PTH115
    return path.removeprefix(f"{root}/") if path.startswith(f"{root}/") else ""
