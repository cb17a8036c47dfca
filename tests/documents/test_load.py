"""Files to values: the common files, encodings, names and places, a fleet as a whole."""

from collections.abc import Callable

import pytest

from gitscale.documents import admission, exact, load
from gitscale.errors import InvalidConfig, Problem
from gitscale.model.deployment import Deployment
from gitscale.model.policy import Policy
from gitscale.model.profiles import Profiles
from gitscale.model.snapshot import SourceFile

BOT = "name: {}\nstrategy: perp_mm\nexchange: blofin\nsymbols: [SOL/USDT:USDT]\n"
NAME_FORM = "use lower-case letters, digits and hyphens, at most 63, not a hyphen first"


def told(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{item} -> {item.remedy}" for item in problems]


def file(path: str, text: str | bytes, mode: str = "100644") -> SourceFile:
    return SourceFile(path, mode, "0" * 40, text if isinstance(text, bytes) else text.encode("utf-8"))


def bot_file(path: str, mode: str = "100644") -> SourceFile:
    return file(path, BOT.format(path.rsplit("/", 1)[-1].removesuffix(".yaml")), mode)


# what cannot be committed as an example file: bytes, and characters that editors mend
BYTES: dict[str, tuple[bytes, str]] = {
    "UTF-16": (BOT.format("x").encode("utf-16"), "x:1:1: GS001 not UTF-8 text"),
    "UTF-16 without a mark": (BOT.format("x").encode("utf-16-le"), "x:1:2: GS001 holds a NUL character"),
    "UTF-32": (BOT.format("x").encode("utf-32-be"), "x:1:1: GS001 holds a NUL character"),
    "Latin-1": (b"name: x\naccount: f\xfcr\n", "x:2:11: GS001 not UTF-8 text"),
    "overlong": (b"a: \xc0\xaf\n", "x:1:4: GS001 not UTF-8 text"),
    "half of a character": (b"a: \xed\xa0\x80\n", "x:1:4: GS001 not UTF-8 text"),
    "byte order mark": (b"\xef\xbb\xbfname: x\n", "x:1:1: GS001 holds a byte order mark"),
    "byte order mark inside": ("name: x\na: \ufeffb\n".encode(), "x:2:4: GS001 holds a byte order mark"),
    "NUL": (b"name: x\na: b\0\n", "x:2:5: GS001 holds a NUL character"),
    "bell": (b"a: b\x07\n", "x:1:5: GS001 holds the control character U+0007"),
    "escape": (b"# \x1b[31mred\n", "x:1:3: GS001 holds the control character U+001B"),
    "delete": (b"a: \x7f\n", "x:1:4: GS001 holds the control character U+007F"),
    "noncharacter": ("a: \ufffe\n".encode(), "x:1:4: GS001 holds the control character U+FFFE"),
    "next line": ("a: b\x85c: d\n".encode(), "x:1:5: GS001 holds a line break that only some readers see"),
    "line separator": ("# a\u2028b: c\n".encode(), "x:1:4: GS001 holds a line break that only some readers see"),
    "carriage return alone": (b"a: b\rc: d\n", "x:1:5: GS001 holds a line break that only some readers see"),
}


@pytest.mark.parametrize("name", BYTES)
def test_bytes_that_are_no_plain_text_are_refused(name: str) -> None:
    data, words = BYTES[name]
    with pytest.raises(InvalidConfig) as caught:
        load.bot("x", data)
    (problem,) = caught.value.problems
    assert str(problem) == words
    assert problem.remedy


def test_a_scalar_that_is_quoted_may_hold_any_character_but_nul() -> None:
    """Which rows in PostgreSQL cannot hold; tests/examples/invalid has it."""
    assert load.document("x", b'a: "\\x85\\u2028\\x07"\n') == {"a": "\x85\u2028\x07"}


def test_problems_of_an_unreadable_text_keep_their_places() -> None:
    with pytest.raises(exact.Unreadable) as caught:
        exact.compose("x", "a: yes\nb: &c 1\n")
    assert [(item.line, item.column, item.code) for item in caught.value.problems] == [
        (1, 4, "GS008"),
        (2, 4, "GS001"),
    ]


Reader = Callable[[str, bytes], object]
GOOD: list[tuple[Reader, str, object]] = [
    (load.policy, "slippage_bps: 12\n", Policy(slippage_bps=12)),
    (
        load.policy,
        "fees: {okx: {maker: -0.5, taker: 5}}\n",
        Policy.model_validate({"fees": {"okx": {"maker": -0.5, "taker": 5}}}),
    ),
    (load.policy, 'severity: {GS104: "off"}\n', Policy(severity={"GS104": "off"})),
    (load.profiles, "profiles: {}\n", Profiles()),
    (load.deployment, "branch: live\n", Deployment(branch="live")),
    (load.deployment, "output: out/bots\n", Deployment(output="out/bots")),
]


@pytest.mark.parametrize(("read", "text", "value"), GOOD, ids=[text.strip() for _, text, _ in GOOD])
def test_a_common_file_is_read(read: Reader, text: str, value: object) -> None:
    assert read("x", text.encode()) == value


BAD: list[tuple[Reader, str, str]] = [
    (
        load.policy,
        "levels:\n  moderate: 600\n",
        "x:2:3: GS002 levels: moderate 600, high 500, extreme 1500 do not rise -> write them in rising order",
    ),
    (
        load.policy,
        "loss_at_stop: {warn: 90, max: 75}\n",
        "x:1:15: GS002 loss_at_stop: warn 90 is above max 75 -> set warn to 75 or less, or max to 90 or more",
    ),
    (
        load.policy,
        "loss_at_stop:\n  max: 10\n",
        "x:2:3: GS002 loss_at_stop: warn 25 is above max 10 -> set warn to 10 or less, or max to 25 or more",
    ),
    (
        load.policy,
        "max_exposur: 5\n",
        'x:1:1: GS002 max_exposur is not a known key -> did you mean "max_exposure"?',
    ),
    (
        load.deployment,
        "output: /etc\n",
        'x:1:9: GS002 output "/etc" does not have the form a folder inside the repository -> for example build',
    ),
    (
        load.deployment,
        "output: ../x\n",
        'x:1:9: GS002 output "../x" does not have the form a folder inside the repository -> for example build',
    ),
    (load.deployment, 'branch: ""\n', "x:1:9: GS002 branch is empty -> write a value"),
    (
        load.deployment,
        "database: sqlite\n",
        "x:1:1: GS002 database is not a known key -> known here: branch, output, engines",
    ),
]


@pytest.mark.parametrize(("read", "text", "words"), BAD, ids=[text.strip() for _, text, _ in BAD])
def test_a_common_file_is_refused(read: Reader, text: str, words: str) -> None:
    with pytest.raises(InvalidConfig) as caught:
        read("x", text.encode())
    assert told(caught.value.problems) == [words]


def test_a_severity_that_is_off_is_to_be_quoted() -> None:
    with pytest.raises(InvalidConfig) as caught:
        load.policy("x", b"severity: {GS101: off}\n")
    (problem,) = caught.value.problems
    assert (str(problem)[:13], problem.remedy.partition(";")[0]) == (
        "x:1:19: GS008",
        'put it in quotes for text: "off"',
    )


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        *((name, "is where sources lie") for name in ("bots", "Bots/out", "schemas", "market", "policy.yaml")),
        *((name, "does not have the form") for name in (".git", ".github/x")),
    ],
)
def test_nothing_is_delivered_into_sources(folder: str, words: str) -> None:
    with pytest.raises(InvalidConfig) as caught:
        load.deployment("x", f"output: {folder}\n".encode())
    (problem,) = caught.value.problems
    assert (problem.line, problem.column, words in problem.message) == (1, 9, True)
    assert "for example build" in problem.remedy


# where: the file, the place, the spread and the floor
FLOORS = {
    "presets.Mine": (
        "presets:\n  Mine:\n    exchange: okx\n    symbols: [SOL/USDT:USDT]\n    settings: {min_spread_bps: 20}\n",
        "x:5:32",
        "15",
        "20",
    ),
    "profiles.night": (
        "profiles:\n  night:\n    settings: {base_spread_bps: 8, min_spread_bps: 9}\n",
        "x:3:52",
        "8",
        "9",
    ),
}


@pytest.mark.parametrize("where", FLOORS)
def test_a_floor_above_its_spread_is_refused_with_both_ways_out(where: str) -> None:
    text, place, base, floor = FLOORS[where]
    with pytest.raises(InvalidConfig) as caught:
        load.profiles("x", text.encode())
    keys = f"{where}.settings"
    message = f"{place}: GS002 {keys}.min_spread_bps {floor} is above base_spread_bps {base}"
    remedy = f"set {keys}.min_spread_bps to {base} or less, or {keys}.base_spread_bps to {floor} or more"
    assert told(caught.value.problems) == [f"{message} -> {remedy}"]


def test_a_profile_may_name_the_floor_alone() -> None:
    """The spread it lies under is the bot's own; the bot is judged when the profile is applied."""
    read = load.profiles("x", b"profiles:\n  wide:\n    settings: {min_spread_bps: 20}\n")
    assert read.profiles["wide"].settings.given() == {"min_spread_bps": 20}


def test_a_declared_false_alarm_is_no_credential() -> None:
    data = (BOT.format("x") + "advanced: {token: [abc, def]}\n").encode()
    with pytest.raises(InvalidConfig):
        load.bot("bots/x.yaml", data, frozenset({"advanced.token[0]"}))
    assert load.bot("bots/x.yaml", data, frozenset({"advanced.token[0]", "advanced.token[1]"})).name == "x"


def test_a_fleet_is_read_in_any_order() -> None:
    common = [file("policy.yaml", "not_secrets: [advanced.token]\n"), file("profiles.yaml", "profiles: {}\n")]
    secret = file("bots/a.yaml", BOT.format("a") + "advanced: {token: abc}\n")
    files = [secret, *common, bot_file("bots/deep/er/b.yaml"), file("gitscale.yaml", "branch: live\n")]
    for order in (files, files[::-1]):
        loaded = load.fleet(order)
        assert loaded.problems == ()
        assert sorted(loaded.valid().bots) == ["a", "b"]
        assert loaded.fleet.bots["b"].path == "bots/deep/er/b.yaml"


FLEETS: dict[str, tuple[list[SourceFile], list[str]]] = {
    "same name twice": (
        [bot_file("bots/a.yaml"), bot_file("bots/x/a.yaml")],
        ["bots/x/a.yaml: GS004 the name a is taken by bots/a.yaml -> rename one of the two"],
    ),
    "same name but for the case": (
        [bot_file("bots/a.yaml"), bot_file("bots/A.yaml")],
        [f"bots/A.yaml: GS004 'A' is not a bot name -> {NAME_FORM}"],
    ),
    "another ending": (
        [file("bots/a.yml", BOT.format("a"))],
        ["bots/a.yml: GS004 is not read: bot files end in .yaml -> rename it to end in .yaml"],
    ),
    "bytes that are no text in a path": (
        [bot_file("bots/\udcff/a.yaml"), bot_file("bots/\ufffd/b.yaml"), bot_file("bots/x\ny/c.yaml")],
        [
            f"bots/{folder}: GS004 the path holds characters that cannot be shown"
            " -> rename file and folders: lower-case letters, digits and hyphens"
            for folder in ("\udcff/a.yaml", "\ufffd/b.yaml", "x\ny/c.yaml")
        ],
    ),
    "a folder of another script": ([bot_file("bots/für/a.yaml")], []),
    "symbolic link": (
        [file("bots/a.yaml", "../b", "120000")],
        ["bots/a.yaml: GS007 a symbolic link; links are never followed -> commit the file itself"],
    ),
    "submodule": (
        [file("bots/a.yaml", "", "160000")],
        ["bots/a.yaml: GS007 a submodule; links are never followed -> commit the file itself"],
    ),
    "policy behind a link": (
        [file("policy.yaml", "x", "120000"), bot_file("bots/a.yaml")],
        ["policy.yaml: GS007 a symbolic link; links are never followed -> commit the file itself"],
    ),
    "broken common files": (
        [file("profiles.yaml", "x: 1\n"), file("gitscale.yaml", "[]"), bot_file("bots/a.yaml")],
        [
            "profiles.yaml:1:1: GS002 x is not a known key -> known here: profiles, presets",
            "gitscale.yaml:1:1: GS002 is not a mapping -> write key: value lines",
        ],
    ),
    "executable is a file": ([bot_file("bots/a.yaml", "100755")], []),
    "another file at the top": ([file("other.yaml", "[")], []),
}


@pytest.mark.parametrize("name", FLEETS)
def test_what_is_wrong_with_a_fleet(name: str) -> None:
    files, words = FLEETS[name]
    loaded = load.fleet(files)
    assert told(loaded.problems) == words
    if words:
        with pytest.raises(InvalidConfig, match=f"not valid: {len(words)} problem"):
            loaded.valid()


def test_one_broken_bot_does_not_hide_the_others() -> None:
    loaded = load.fleet([file("bots/a.yaml", "name: a\n"), bot_file("bots/b.yaml")])
    assert list(loaded.fleet.bots) == ["b"]
    assert {item.path for item in loaded.problems} == {"bots/a.yaml"}


def test_a_name_that_is_noted_is_taken() -> None:
    reader = load.FleetReader()
    assert reader.read_bot(bot_file("bots/a.yaml"))
    assert not reader.read_bot(file("bots/b.yaml", "name: c\n"))
    reader.admission.take("bots/c.yaml")
    reader.admission.take("bots/x/c.yaml")
    assert not reader.admission.admit("bots/y/a.yaml", "100644")
    done = reader.done()
    assert list(done.fleet.bots) == ["a"]
    assert {item.path for item in done.problems} == {"bots/b.yaml", "bots/x/c.yaml", "bots/y/a.yaml"}


@pytest.mark.parametrize(
    ("path", "config", "bot"),
    [
        ("bots/a.yaml", True, True),
        ("bots/a/b.YML", True, True),
        ("bots/README.md", False, True),
        ("policy.yaml", True, False),
        ("profiles.yaml", True, False),
        ("gitscale.yaml", True, False),
        ("other.yaml", False, False),
        ("x/bots/a.yaml", False, False),
    ],
)
def test_which_files_are_read(path: str, config: bool, bot: bool) -> None:
    assert (admission.is_config(path), admission.is_bot(path)) == (config, bot)
