"""Signed commits, with real SSH and GPG keys: who may sign is the host's to say."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gitscale.actions.sync import Terms, sync
from gitscale.actions.workspace import Workspace
from gitscale.errors import Refused, Unavailable
from tests.conftest import Git
from tests.helpers import bot_text, commit_file, say


@pytest.fixture
def signing(opened: Workspace, git: Git, tmp_path: Path) -> Workspace:
    """Commits from here on are signed with a key that may; another one lies beside it."""
    for name in ("key", "other"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / name], check=True)
    (tmp_path / "signers").write_text(f"ada@example.org {(tmp_path / 'key.pub').read_text()}")
    git("config", "gpg.format", "ssh"), git("config", "commit.gpgSign", "true")
    git("config", "user.signingKey", str(tmp_path / "key.pub"))
    opened.host = replace(opened.host, signers=tmp_path / "signers")
    return opened


def test_a_tip_without_a_signature_is_refused(signing: Workspace) -> None:
    with pytest.raises(Refused, match="is not signed by anyone who may; nothing was written"):
        sync(signing, terms=Terms(signed=True))
    assert not (signing.repository.directory / "build/bots").exists()


def test_a_signed_tip_is_delivered(signing: Workspace) -> None:
    say(signing, "/set leverage 50")
    assert sync(signing, terms=Terms(signed=True)).created == ("blofin-main",)
    assert sync(signing, terms=Terms(signed=True)).changed == 0


def test_every_step_since_the_last_sync_counts(signing: Workspace, git: Git) -> None:
    say(signing, "/set leverage 50")
    sync(signing, terms=Terms(signed=True))
    repo = signing.repository.directory
    git("config", "commit.gpgSign", "false")
    unsigned = commit_file(repo, "bots/second.yaml", bot_text("second"))
    git("config", "commit.gpgSign", "true")
    commit_file(repo, "bots/third.yaml", bot_text("third"))
    with pytest.raises(Refused, match=f"commit {unsigned[:10]} is not signed"):
        sync(signing, terms=Terms(signed=True))


def test_a_key_that_may_not_sign(signing: Workspace, git: Git, tmp_path: Path) -> None:
    git("config", "user.signingKey", str(tmp_path / "other.pub"))
    say(signing, "/set leverage 50")
    with pytest.raises(Refused, match="is not signed by anyone who may"):
        sync(signing, terms=Terms(signed=True))


def test_signers_that_are_not_there(signing: Workspace, tmp_path: Path) -> None:
    (tmp_path / "signers").unlink()
    with pytest.raises(Unavailable, match="no file of allowed signers"):
        sync(signing, terms=Terms(signed=True))


@pytest.mark.skipif(shutil.which("gpg") is None, reason="there is no gpg on this machine")
def test_keys_that_gpg_knows(opened: Workspace, git: Git, short_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GNUPGHOME", str(short_folder))
    words = (
        "gpg",
        "--batch",
        "--quiet",
        "--passphrase",
        "",
        "--quick-generate-key",
        "ada@example.org",
        "ed25519",
        "sign",
    )
    subprocess.run(words, check=True, capture_output=True)
    git("config", "gpg.format", "openpgp"), git("config", "commit.gpgSign", "true")
    git("config", "user.signingKey", "ada@example.org")
    say(opened, "/set leverage 50")
    assert sync(opened, terms=Terms(signed=True)).created == ("blofin-main",)
    say(opened, "/set leverage 40")
    monkeypatch.setenv("GNUPGHOME", str(short_folder / "nobody"))
    (short_folder / "nobody").mkdir(mode=0o700)
    with pytest.raises(Refused, match="is not signed by anyone who may; nothing was written"):
        sync(opened, terms=Terms(signed=True))


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder whose name is short enough for the socket of gpg's agent, which is stopped at the end."""
    with tempfile.TemporaryDirectory(prefix="gpg") as name:
        yield Path(name)
        subprocess.run(["gpgconf", "--homedir", name, "--kill", "all"], check=False)
