"""Hostile repositories through the real command, in every format: no forged command, nothing written but the reports,
nothing of what lies outside told, no traceback, little memory.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as Xml

import pytest

from gitscale.cli.lint import FORMATS
from gitscale.risk.reporters.markdown import MARKER
from tests.conftest import Git
from tests.helpers import bot_text
from tests.risk.hostile import TEXTS
from tests.risk.runner import commands
from tests.risk.shape import Shape

SECRET = "root-of-the-host"
MOST_MEMORY = 200 * 1024  # KiB
# the limit on time is for what would never end; how long lint takes is for the benchmarks to tell
CHILD = """
import resource
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
from gitscale.__main__ import run
try:
    run()
finally:
    with open("/proc/self/status") as status, open("{peak}", "w") as peak:
        peak.write(next(line.split()[1] for line in status if line.startswith("VmHWM:")))
"""
ANNOTATIONS = {"title", "file", "line", "endLine", "col", "endColumn"}
TAGS = {
    "h2",
    "h3",
    "p",
    "table",
    "thead",
    "tbody",
    "tr",
    "th align",
    "td align",
    "th",
    "td",
    "b",
    "br",
    "sub",
    "code",
    "s",
}
TAGS |= {"pre", "strong", "i", "em", "details", "summary"}


class Told(NamedTuple):
    """What a run of the command left: exit code, the two streams, every report, its memory in KiB."""

    code: int
    out: str
    err: str
    reports: dict[str, str]
    memory: int

    def found(self) -> set[tuple[str, str]]:
        """Code and path of every finding."""
        return {(item["code"], item["place"]["path"]) for item in json.loads(self.reports["json"])["findings"]}


class Bench(NamedTuple):
    """A repository, and a folder for reports beside it."""

    repo: Path
    outside: Path
    git: Git

    def write(self, path: str, content: bytes | str) -> None:
        place = self.repo / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode(errors="surrogatepass") if isinstance(content, str) else content)

    def commit(self, message: str = "a change") -> None:
        self.git("add", "-A"), self.git("commit", "-q", "--allow-empty", "--cleanup=verbatim", "-m", message)

    def lint(self, *words: str) -> Told:
        """Every format to its file, by a process of its own; nothing else may appear or change."""
        folder = self.outside / "reports"
        folder.mkdir(exist_ok=True)
        wanted = [word for name in FORMATS for word in ("--format", name, "--output", str(folder / name))]
        before = self._files()
        command = [sys.executable, "-c", CHILD.format(peak=self.outside / "peak"), "lint", *wanted, *words]
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run(command, cwd=self.repo, capture_output=True, check=False, env=env, timeout=120)
        assert self._files() == before
        reports = {path.name: path.read_text() for path in folder.iterdir()}
        for path in folder.iterdir():
            path.unlink()
        memory = int((self.outside / "peak").read_text())
        return Told(done.returncode, done.stdout.decode(), done.stderr.decode(), reports, memory)

    def _files(self) -> dict[Path, object]:
        """Everything around the repository with size and time, but for git's own files, the reports and the peak."""
        found: dict[Path, object] = {}
        for folder, folders, files in os.walk(self.outside):
            folders[:] = [name for name in folders if name not in (".git", "reports")]
            for path in (Path(folder, name) for name in [*files, *folders] if name != "peak"):
                state = path.lstat()
                found[path] = (state.st_mode, path.is_dir() or (state.st_size, state.st_mtime_ns))
        return found


@pytest.fixture
def bench(repo: Path, tmp_path: Path, git: Git) -> Bench:
    (tmp_path / "outside.yaml").write_text(f"name: {SECRET}\n{bot_text('outside')}")
    return Bench(repo, tmp_path, git)


def harmless(told: Told) -> None:
    """What holds whatever was judged."""
    assert told.code in (0, 1)
    assert (told.out, told.err) == ("", "")
    assert set(told.reports) == set(FORMATS)
    assert told.memory < MOST_MEMORY
    for name, said in told.reports.items():
        assert said.replace("\n", "").isprintable(), name
        assert SECRET not in said, name
        sent = commands(said)
        assert len(sent) == (sum(line.startswith("::") for line in said.splitlines()) if name == "github" else 0), name
        for command in sent:
            assert command.name in ("error", "warning", "notice")
            assert set(command.properties) <= ANNOTATIONS
            assert command.properties["title"].startswith("GS")
    for name in ("json", "sarif", "gitlab"):
        json.loads(told.reports[name])
    assert Xml.fromstring(told.reports["junit"]).tag == "testsuites"
    for name in ("markdown", "comment"):
        shape = Shape(told.reports[name])
        assert {tag.lstrip("/") for tag in shape.tags} <= TAGS
        assert (shape.calls(), [text.strip() for text in shape.comments]) == ([], [MARKER[4:-3].strip()])


def scalar(text: str) -> str:
    """A double-quoted YAML scalar; what YAML cannot say stays as it is, to be refused."""
    return json.dumps(text, ensure_ascii=False)


def with_text(at: int, text: str) -> str:
    """A bot in which everything that somebody may choose is the text; its findings quote it."""
    said = scalar(text[:180])
    return (
        bot_text(f"b{at}", account=said, equity_pct=20, leverage=100, stop=1500)
        + f"preset: {said}\nadvanced:\n  {said}: {said}\naccepted_risks:\n"
        + f"  - {{rule: GS101, limit: 1, reason: {said}, by: {said}, until: 2020-01-01}} # {text}\n"
    )


def broken_by(at: int, text: str) -> str:
    """A file whose mistakes are the text: an unknown key, values of the wrong kind, in lines with a comment of it."""
    said = scalar(text)
    lines = (f"strategy: {said} # {text}", f"exchange: {said}", f"{said}: {said}", f"symbols: [{said}]")
    return "\n".join([f"name: w{at}", *lines, f"settings: {said}", ""])


def test_texts(bench: Bench) -> None:
    for at, text in enumerate(TEXTS):
        bench.write(f"bots/b{at}.yaml", with_text(at, text))
        bench.write(f"bots/w{at}.yaml", broken_by(at, text))
    told = bench.lint()
    harmless(told)
    assert {f"bots/w{at}.yaml" for at in range(len(TEXTS))} <= {path for _, path in told.found()}
    bench.git("switch", "-qc", "pr")
    bench.commit("\n".join(TEXTS[:16]))
    for words in (("--base", "main"), ("--base", "main", "--head", "pr"), ("--base", "pr", "--head", "main")):
        harmless(bench.lint(*words))


COMMON = {
    "policy.yaml": "{0}: {0}\nfees: {{{0}: {0}}}\nseverity: {{{0}: {0}}}\naccounts: {{{0}: {0}}}\nnot_secrets: [{0}]\n",
    "profiles.yaml": "{0}: {0}\nprofiles: {{{0}: {{summary: {0}}}}}\npresets: {{{0}: {{summary: {0}}}}}\n",
    "gitscale.yaml": "{0}: {0}\nbranch: {0}\noutput: {0}\n",
    "market/facts.yaml": "{0}: {0}\nexchanges: {{{0}: {{as_of: {0}, markets: {{{0}: {0}}}}}}}\n",
}


@pytest.mark.parametrize("at", range(0, len(TEXTS), 4))
def test_texts_in_common_files(bench: Bench, at: int) -> None:
    """Broken ones; and profiles and presets by such a name that are dangerous."""
    for path, text in COMMON.items():
        bench.write(path, text.format(scalar(TEXTS[at])))
    told = bench.lint("--base", "main")
    harmless(told)
    assert told.code == 1
    bench.git("checkout", "-q", ".")
    wild = "exchange: blofin, symbols: [SOL/USDT:USDT], settings: {equity_pct: 50, leverage: 125}"
    bench.write("profiles.yaml", f"presets:\n  {scalar(TEXTS[at][:180])}: {{{wild}}}\n")
    harmless(bench.lint("--base", "main"))


PATHS = (
    b"::error::x",
    b"\n::error::x",
    b"a\r::error::x",
    b"%0A::error::x",
    b"##[error]x",
    b"\x1b[2J\x1b]0;x\x07",
    b"`code`|a<img src=x>@all",
    b"--output=x",
    b"-",
    b"\xff\xfe",
    "\u202etxt".encode(),
    "\u2028::error::x".encode(),
    "\x85::error::x".encode(),
    b"x" * 240,
)


@pytest.mark.parametrize("path", PATHS, ids=range(len(PATHS)))
def test_names_of_files_and_folders(bench: Bench, path: bytes) -> None:
    name = os.fsdecode(path)
    bench.write(f"bots/{name}.yaml", bot_text("a"))
    bench.write(f"bots/{name}/deep.yaml", "name: [")
    for words in ((), ("--base", "main"), ("--valid",)):
        told = bench.lint(*words)
        harmless(told)
        assert told.code == 1
    bench.commit()
    harmless(bench.lint("--base", "HEAD~1", "--head", "HEAD"))
    harmless(bench.lint("--base", "HEAD", "--head", "HEAD~1"))


REFS = (
    *TEXTS,
    "--output=x",
    "--upload-pack=touch x",
    "-x",
    "--help",
    "HEAD:bots",
    "HEAD:policy.yaml",
    "main..HEAD",
    "^HEAD",
    "@{-1}",
    "HEAD^{/::error::x}",
    ":/start",
    "main --output=x",
)


@pytest.mark.parametrize("option", ["--base", "--head"])
def test_revisions_that_name_nothing(bench: Bench, option: str) -> None:
    for text in REFS:
        if "\0" in text or "\ud800" in text:
            continue  # which no argument of a process can hold
        told = bench.lint(f"{option}={text}")
        assert (told.out, told.reports) == ("", {}) or told.code == 0, text
        assert told.code in (0, 1, 4), text
        assert commands(told.err) == [], text
        assert told.err.replace("\n", "").isprintable()
        assert "Traceback" not in told.err


NAMES = (
    "%0A",
    "`code`",
    "a|b",
    "<img/src=x>",
    "@all",
    "--output=x",
    "\u202etxt",
    "\u2028error",
    "#1",
    "a;b$(touch${IFS}x)",
)


@pytest.mark.parametrize("name", NAMES)
def test_branches_by_such_a_name(bench: Bench, name: str) -> None:
    tip = bench.git("rev-parse", "HEAD").strip()
    bench.git("update-ref", f"refs/heads/{name}", tip)
    bench.write("bots/second.yaml", bot_text("second", leverage=60))
    for words in (
        (f"--base={name}",),
        (f"--base=refs/heads/{name}", "--head=HEAD"),
        ("--base=HEAD", f"--head=heads/{name}"),
    ):
        told = bench.lint(*words)
        assert commands(told.err) == []
        if told.reports:
            harmless(told)
    assert told.reports


LEVELS = "".join(
    f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMBS: dict[str, bytes] = {
    "aliases": f"a: &a [x,x,x,x,x,x,x,x,x]\n{LEVELS}".encode(),
    "merged": b"a: &a {x: 1}\nb: &b {<<: [*a,*a,*a,*a]}\nc: {<<: [*b,*b,*b,*b]}\n",
    "its own alias": b"a: &a [*a]\n",
    "deep flow": b"a: " + b"[" * 50_000,
    "deep and closed": b"a: " + b"[" * 50_000 + b"]" * 50_000,
    "deep mappings": b"{a: " * 50_000,
    "deep blocks": b"- " * 50_000,
    "deep questions": b"? " * 50_000,
    "deep lines": b"".join(b" " * at + b"a:\n" for at in range(700)),
    "8 MB of lines": b"key: value\n" * 800_000,
    "8 MB in a line": b"key: " + b"v" * 8_000_000,
    "8 MB of nothing": b"\n" * 8_000_000,
    "many keys": b"".join(b"k%d: 1\n" % at for at in range(25_000)),
    "many secrets": b"".join(b"api_secret%d: 9f8a7c6b5d4e3f2a1b0c\n" % at for at in range(6_000)),
    "many twice": b"a: 1\n" * 50_000,
    "a long number": b"a: " + b"1" * 250_000,
    "a long word": b"a: " + b"1_" * 120_000 + b"x",
    "unclosed": b'a: "' + b"x" * 250_000,
    "escapes": b'a: "' + b"\\u0041" * 40_000 + b'"',
    "blanks": b"a:" + b" " * 250_000 + b"b",
    "tabs": b"a:\n" + b"\t" * 250_000,
    "colons": b"a: b" + b": " * 120_000,
    "dashes": b"---\n" * 60_000,
    "directives": b"%YAML 1.1\n" * 20_000,
    "tags": b"a: !!python/object/apply:os.system ['touch x']\n",
    "anchors": b"".join(b"k%d: &a%d x\n" % (at, at) for at in range(12_000)),
    "utf-16": b"\xff\xfe" + "name: bomb\n".encode("utf-16-le"),
    "utf-16, not marked": "name: bomb\n".encode("utf-16-be"),
    "utf-32": "name: bomb\n".encode("utf-32"),
    "marked": b"\xef\xbb\xbfname: bomb\n",
    "latin": b"name: b\xf6mb\n",
    "half a sign": b"name: \xed\xa0\x80\n",
    "nul": b"name: bomb\0\n",
    "bytes": bytes(range(256)) * 100,
    "empty": b"",
    "old line ends": b"name: bomb\rexchange: ::error::x\r",
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs(bench: Bench, name: str) -> None:
    paths = ["bots/bomb.yaml", *COMMON]
    for path in paths:
        bench.write(path, BOMBS[name])
    told = bench.lint()
    harmless(told)
    assert told.code == 1
    assert "bots/bomb.yaml" in {path for _, path in told.found()}
    bench.git("switch", "-qc", "pr")
    bench.commit()
    harmless(bench.lint("--base", "main", "--head", "pr"))
    told = bench.lint("--base", "pr")
    assert (told.code, told.reports, told.out) == (1, {}, "") or name == "empty"
    assert "Traceback" not in told.err
    assert told.memory < MOST_MEMORY


def link(path: str, target: str) -> Callable[[Bench], str]:
    def make(bench: Bench) -> str:
        place = bench.repo / path
        if place.exists():
            place.unlink()
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(target)
        bench.git("add", "-A")
        return path

    return make


def linked_folder(bench: Bench) -> str:
    (bench.outside / "folder").mkdir()
    (bench.outside / "folder/evil.yaml").write_text(f"name: {SECRET}\n")
    return link("bots/folder.yaml", "../../folder")(bench)


def submodule(path: str) -> Callable[[Bench], str]:
    def make(bench: Bench) -> str:
        tip = bench.git("rev-parse", "HEAD").strip()
        bench.git("update-index", "--add", "--cacheinfo", f"160000,{tip},{path}")
        (bench.repo / path).mkdir(parents=True)
        return path

    return make


LINKS: dict[str, Callable[[Bench], str]] = {
    "to the host's users": link("bots/link.yaml", "/etc/passwd"),
    "to a bot outside": link("bots/link.yaml", "../../outside.yaml"),
    "to a bot inside": link("bots/link.yaml", "blofin-main.yaml"),
    "to itself": link("bots/link.yaml", "link.yaml"),
    "to nothing": link("bots/link.yaml", "nowhere"),
    "to a device": link("bots/link.yaml", "/dev/zero"),
    "to a folder outside": linked_folder,
    "the policy": link("policy.yaml", "../outside.yaml"),
    "the facts": link("market/facts.yaml", "/etc/passwd"),
    "a submodule": submodule("bots/module.yaml"),
    "a submodule for a folder": submodule("bots/module"),
}


@pytest.mark.parametrize("name", LINKS)
def test_links_and_submodules_are_found_and_never_followed(bench: Bench, name: str) -> None:
    path = LINKS[name](bench)
    bench.git("switch", "-qc", "pr")
    bench.git("commit", "-qm", "a link")
    for words in ((), ("--valid",), ("--head", "pr"), ("--base", "main"), ("--base", "main", "--head", "pr")):
        told = bench.lint(*words)
        harmless(told)
        assert (told.code, ("GS007", path) in told.found()) == (1, True), words
        assert not any("root:" in said for said in told.reports.values())


def test_a_folder_of_bots_that_leads_outside(bench: Bench) -> None:
    """Git tells of a link where the folder was, and of nothing below it."""
    (bench.outside / "folder").mkdir()
    (bench.outside / "folder/evil.yaml").write_text(f"name: {SECRET}\n")
    bench.git("rm", "-rq", "bots")
    (bench.repo / "bots").symlink_to(bench.outside / "folder")
    harmless(bench.lint())
    bench.git("add", "-A"), bench.git("commit", "-qm", "a link")
    for words in ((), ("--head", "HEAD"), ("--base", "HEAD~1")):
        harmless(bench.lint(*words))


def test_a_pipe_is_not_waited_for(bench: Bench) -> None:
    os.mkfifo(bench.repo / "bots/pipe.yaml")
    (bench.repo / "bots/blofin-main.yaml").unlink()
    os.mkfifo(bench.repo / "bots/blofin-main.yaml")
    harmless(bench.lint())
