"""Whether commits are signed by somebody who may sign: git's own SSH and GPG verification."""

from pathlib import Path

from gitscale.errors import Refused, Unavailable
from gitscale.store.process import GitFailed, git
from gitscale.store.repository import Repository


def refuse_unsigned(repository: Repository, old: str | None, new: str, signers: Path | None) -> None:
    """Refuse unless every step of the branch since `old` has a good signature; without `old`, unless `new` has.

    A signed merge vouches for what it merges. SSH keys are good when `signers` has them, else git's own setting.

    Raises:
        Refused: the first commit without one is named.
        Unavailable: there is no such file of signers.
    """
    if signers is not None and not signers.is_file():
        raise Unavailable(f"there is no file of allowed signers at {signers}", "mend GITSCALE_ALLOWED_SIGNERS")
    commits = [new]
    if old is not None and repository.has(old) and old != new:
        range_ = ["--first-parent", "--reverse", "--end-of-options", new, f"^{old}"]
        commits = git(repository.directory, "rev-list", *range_).decode().split() or [new]
    named = ["-c", f"gpg.ssh.allowedSignersFile={signers.absolute()}"] if signers else []
    for commit in commits:
        try:
            git(repository.directory, *named, "verify-commit", "--end-of-options", commit)
        except GitFailed as error:
            if error.code != 1:
                raise
            raise Refused(
                f"commit {commit[:10]} is not signed by anyone who may; nothing was written",
                "sign it with a key that the file of allowed signers (GITSCALE_ALLOWED_SIGNERS) or gpg knows",
            ) from None
