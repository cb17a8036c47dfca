"""A PostgreSQL server of one's own: in a temporary folder, on a Unix socket, as an unprivileged user."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

_INSTALLED = Path("/usr/lib/postgresql")
# fsync off: nothing here has to survive a power cut
_SETTINGS = {"fsync": "off", "listen_addresses": "", "max_connections": "40", "shared_buffers": "32MB"}
_ACCESS = "local all guarded scram-sha-256\nlocal all barred reject\nlocal all all trust\n"


def missing() -> str:
    """Why there can be no server on this machine; empty where there can."""
    if _programs() is None:
        return "PostgreSQL's server is not installed (apt-get install postgresql)"
    return ""


def _programs() -> Path | None:
    """The folder of initdb and postgres: the newest one of Debian's, else that of the PATH."""
    folders = sorted(_INSTALLED.glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    found = shutil.which("initdb")
    if found:
        folders.append(Path(found).resolve().parent)
    return next((path for path in folders if (path / "postgres").exists() and (path / "initdb").exists()), None)


class Server:
    """A running server; each test gets a schema of its own in the one database `fleet`."""

    def __init__(self) -> None:
        programs = _programs()
        assert programs is not None, missing()
        self.folder = Path(tempfile.mkdtemp(prefix="gitscale-pg-"))
        self._schemas = 0
        if os.geteuid() == 0:
            os.chown(self.folder, self._user.pw_uid, self._user.pw_gid)
        data = self.folder / "data"
        made = ("-D", data, "-U", "owner", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C")
        self._as_user(subprocess.run, [programs / "initdb", *made], check=True, capture_output=True)
        (data / "pg_hba.conf").write_text(_ACCESS)
        self._process = self._started()
        self.awake()
        self.run("create database fleet")

    def _started(self) -> "subprocess.Popen[bytes]":
        programs = _programs()
        assert programs is not None
        settings = _SETTINGS | {"unix_socket_directories": str(self.folder)}
        words = [programs / "postgres", "-D", self.folder / "data", *(f"--{key}={settings[key]}" for key in settings)]
        with (self.folder / "log").open("ab") as log:
            process: subprocess.Popen[bytes] = self._as_user(
                subprocess.Popen, words, stdout=log, stderr=subprocess.STDOUT
            )
        return process

    @cached_property
    def _user(self) -> pwd.struct_passwd:
        return pwd.getpwnam("nobody")

    def _as_user(self, start: Callable[..., Any], words: list[Any], **more: Any) -> Any:
        """The server refuses to run as root."""
        if os.geteuid() == 0:
            more |= {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}
        return start(words, cwd=self.folder, **more)

    def awake(self) -> None:
        """Wait until it answers, and start it again where it was killed."""
        end = time.monotonic() + 60
        while True:
            try:
                return self.run("select 1")
            except psycopg.OperationalError:
                if time.monotonic() > end:
                    raise RuntimeError((self.folder / "log").read_text()[-2000:]) from None
                if self._process.poll() is not None:  # it cannot before the last of its processes is gone
                    self._process = self._started()
                time.sleep(0.02)

    def run(self, sql: str, database: str = "postgres") -> None:
        """Carry out statements as the server's owner."""
        with psycopg.connect(host=str(self.folder), user="owner", dbname=database, autocommit=True) as connection:
            connection.execute(sql.encode())

    def url(self, user: str = "owner", database: str = "fleet", *, password: str = "", schema: str = "") -> str:
        """The URL of a database here, whose tables are in the given schema."""
        who = user + (f":{quote(password, safe='')}" if password else "")
        options = f"?options=-csearch_path%3D{schema}" if schema else ""
        return f"postgresql://{who}@{quote(str(self.folder), safe='')}/{database}{options}"

    def schema(self) -> str:
        """A new and empty schema."""
        self._schemas += 1
        name = f"test_{self._schemas}"
        self.run(f"create schema {name}", "fleet")
        return name

    def stop(self) -> None:
        """Stop at once, and leave nothing behind."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(30)
        shutil.rmtree(self.folder)
