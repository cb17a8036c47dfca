"""A branch of a remote repository, fetched: what it holds now, whatever was there before."""

from gitscale.errors import Refused, Unavailable
from gitscale.store.process import GitFailed, git
from gitscale.store.repository import Repository

_PATIENCE = 120


def fetch(repository: Repository, remote: str, branch: str) -> str:
    """The newest commit of a remote's branch; it and its history are here then, under refs/gitscale.

    Raises:
        Refused: there is no such remote, or it has no such branch.
        Unavailable: it cannot be reached.
    """
    known = git(repository.directory, "remote").decode(errors="replace").split()
    if remote not in known or remote.startswith("-"):
        raise Refused(
            f"there is no remote {remote[:60]!r} here", f"git remote lists them: {', '.join(known) or 'none'}"
        )
    place = f"refs/gitscale/{remote}/{repository.check_branch(branch)}"
    options = ("--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--refmap=")
    try:
        git(repository.directory, "fetch", *options, "--", remote, f"+refs/heads/{branch}:{place}", patience=_PATIENCE)
    except GitFailed as error:
        if "couldn't find remote ref" in error.stderr:
            raise Refused(f"{remote} has no branch {branch}", "name another in gitscale.yaml: branch: NAME") from None
        reason = error.stderr.removeprefix("fatal: ")
        raise Unavailable(f"cannot fetch {branch} from {remote}: {reason}", "see: git fetch") from None
    found = repository.reader.commit(place)
    assert found is not None
    return found
