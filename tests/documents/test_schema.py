"""The schemas: sound, agreeing with the model, and the words in which a breach is told."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from gitscale.documents import exact, schema, words
from gitscale.model.bot import bot_from
from gitscale.model.parameters import PARAMETERS
from gitscale.model.policy import Policy
from gitscale.model.profiles import Profiles

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "tests" / "examples"
# what a schema cannot say: figures beside each other, keys in two places, days of the calendar
BEYOND_SCHEMA = {"spread_floor", "advanced_repeats", "date", "disorder"}

Values = st.SearchStrategy[Any]
anything: Values = st.sampled_from(
    [0, 1, -1, 5, 5.5, 7.0, 50, 200, 1e9, True, False, "", "x", "a\n", "\x00", [], {}, ["x"], {"a": 1}]
)


def mostly(*good: Any, other: Values | None = None) -> Values:
    """One of the good values, now and then another: documents should be wrong in one place at a time, if at all."""
    bad = anything if other is None else other
    return st.integers(0, 15).flatmap(lambda dice: st.sampled_from(good) if dice else bad)


def odd(*values: Any) -> Values:
    return st.sampled_from(values) | anything


line = mostly("main", "ü", "x" * 200, other=odd("", "a\n", "a\tb", "x" * 201))
settings = st.fixed_dictionaries(
    {},
    optional={
        name: mostly(True, False) if row.minimum is None else mostly(row.minimum, row.maximum, row.default)
        for name, row in PARAMETERS.items()
    },
)
symbols = mostly(
    ["SOL/USDT:USDT"],
    ["SOL/USDT:USDT", "1000X/USDT:USDT"],
    other=odd([], ["SOL/USDT"], ["SOL/USDT:USDT\n"], ["SOL/USDT:USDT"] * 2, [5]),
)
acceptances = st.lists(
    st.fixed_dictionaries(
        {
            "rule": mostly("GS101", other=odd("GS1", "gs101")),
            "limit": mostly(2000, 0.5, -3),
            "reason": line,
            "by": line,
            "until": mostly("2027-01-31", "2027-02-30", other=odd("31.1.2027", "2027-1-1")),
        }
    ),
    max_size=2,
)
margin_mode = mostly("cross", "isolated", other=odd("both"))
exchange = mostly("blofin", "okx", other=st.just("blofinn"))
bots = st.fixed_dictionaries(
    {
        "name": mostly("main", "a" * 63, other=odd("Main", "a" * 64, "-a", "a\n")),
        "strategy": mostly("perp_mm", "perp_mm", "vortex_dca", other=odd("Vortex")),
        "exchange": exchange,
        "symbols": symbols,
    },
    optional={
        "account": line,
        "preset": line,
        "enabled": mostly(True, False),
        "margin_mode": margin_mode,
        "settings": settings,
        "advanced": mostly({}, {"leverage": 1}, {"deep": [{"a": [1]}]}),
        "accepted_risks": acceptances,
    },
).flatmap(lambda bot: st.sampled_from([bot, bot, bot, bot | {"leverage": 5}, bot | {"settings": 5}]))
profiles = st.fixed_dictionaries(
    {},
    optional={
        "profiles": st.dictionaries(
            mostly("night", "n_1-x", other=st.sampled_from(["Night", "a b", "", "x" * 42, "a\n"])),
            st.fixed_dictionaries({"settings": settings}, optional={"summary": line, "confirm": mostly(True)}),
            max_size=2,
        ),
        "presets": st.dictionaries(
            mostly("Night Shift", "ü", other=st.sampled_from(["", "x" * 201, "a\n"])),
            st.fixed_dictionaries(
                {"exchange": exchange, "symbols": symbols, "settings": settings}, optional={"margin_mode": margin_mode}
            ),
            max_size=2,
        ),
    },
)
share = mostly(0, 0.5, 100, other=odd(-1, 101))
rate = mostly(-100, 2.5, 100, other=odd(-101, 100.5))
count = mostly(1, 30, 366, other=odd(0, -1, 367, 3.5))
positive = mostly(0.5, 100, 1500, other=odd(0, -5))
policies = st.fixed_dictionaries(
    {},
    optional={
        name: count if field.annotation is int else positive
        for name, field in Policy.model_fields.items()
        if field.annotation in (int, float)
    }
    | {
        "loss_at_stop": st.fixed_dictionaries({}, optional={"warn": share, "max": share}),
        "levels": st.fixed_dictionaries({}, optional={"moderate": positive, "high": positive, "extreme": positive}),
        "mass_change": st.fixed_dictionaries({}, optional={"share": share, "bots": count}),
        "severity": st.dictionaries(
            mostly("GS101", "GS999", other=st.sampled_from(["GS001", "GS1010"])),
            mostly("error", "warning", "note", "off", other=odd("none")),
            max_size=2,
        ),
        "fees": st.dictionaries(exchange, st.fixed_dictionaries({"maker": rate, "taker": rate}), max_size=2),
        "accounts": st.dictionaries(mostly("okx/main", other=st.sampled_from(["okx", "okx/"])), positive, max_size=2),
        "not_secrets": mostly([], ["advanced.token"]),
    },
)


def agree(kind: str, build: Any, document: Any) -> None:
    """Schema and model give one verdict, except where only the model can judge."""
    by_schema = not list(schema._validator()(schema.schema(kind)).iter_errors(document))
    try:
        build(document)
        expected = True
    except ValidationError as error:
        expected = {item["type"] for item in error.errors()} <= BEYOND_SCHEMA
    assert by_schema == expected


@given(bots)
def test_schema_and_model_agree_on_bots(document: dict[str, Any]) -> None:
    agree("bot", bot_from, document)


@given(profiles)
def test_schema_and_model_agree_on_profiles(document: dict[str, Any]) -> None:
    agree("profiles", Profiles.model_validate, document)


@given(policies)
def test_schema_and_model_agree_on_policies(document: dict[str, Any]) -> None:
    agree("policy", Policy.model_validate, document)


@given(bots)
def test_an_editor_accepts_what_the_model_accepts(document: dict[str, Any]) -> None:
    """Editors use the draft as it stands; they may let 7.0 pass for 7, but never mark what is right."""
    try:
        bot_from(document)
    except ValidationError:
        return
    assert not list(Draft202012Validator(schema.schema("bot")).iter_errors(document))


@pytest.mark.parametrize("kind", ["bot", "profiles", "policy"])
def test_a_schema_is_a_schema_of_the_2020_draft(kind: str) -> None:
    rules = schema.schema(kind)
    assert rules["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(rules)
    text = json.dumps(rules)
    assert '"null"' not in text, "no file can hold null"
    assert "patternProperties" not in text, "what does not meet the pattern would pass"


def test_the_committed_schemas_are_fresh() -> None:
    for path, text in schema.files().items():
        assert (ROOT / path).read_text(encoding="utf-8") == text, f"{path}: gitscale schema write"


@pytest.mark.parametrize("name", ["profiles.yaml", "policy.yaml", "bots/blofin-main.yaml"])
def test_this_repository_is_what_init_makes(name: str) -> None:
    assert (ROOT / name).read_bytes() == (ROOT / "gitscale" / "actions" / "starter" / name).read_bytes()


def check(kind: str, *paths: Path) -> subprocess.CompletedProcess[str]:
    """An independent validator, as editors and other people's CI run it."""
    tool = Path(sys.executable).with_name("check-jsonschema")
    rules = ROOT / "schemas" / f"{kind}.schema.json"
    return subprocess.run([tool, "--schemafile", rules, *paths], check=False, capture_output=True, text=True)


def test_check_jsonschema_accepts_every_valid_example() -> None:
    done = check("bot", ROOT / "bots" / "blofin-main.yaml", *sorted((EXAMPLES / "valid").glob("*.yaml")))
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("kind", ["profiles", "policy"])
def test_check_jsonschema_accepts_the_common_files(kind: str) -> None:
    done = check(kind, ROOT / f"{kind}.yaml")
    assert done.returncode == 0, done.stdout


def test_check_jsonschema_refuses_what_the_schema_can_judge() -> None:
    names = ("unknown-setting", "out-of-range-high", "symbol-form", "unknown-exchange", "type-fraction")
    done = check("bot", *(EXAMPLES / "invalid" / f"{name}.yaml" for name in names))
    assert done.returncode == 1
    assert [name for name in names if f"{name}.yaml::" not in done.stdout] == []


# name: (kind, text, line:column CODE message -> remedy)
TOLD: dict[str, tuple[str, str, str]] = {
    "bad profile name": (
        "profiles",
        "profiles:\n  Night Shift:\n    settings: {leverage: 5}\n",
        (
            "2:3 GS002 profiles key Night Shift does not have the form lower-case letters, digits, hyphens"
            " and underscores -> for example night-shift"
        ),
    ),
    "profile without settings": (
        "profiles",
        "profiles:\n  night: {}\n",
        "2:10 GS002 profiles.night.settings is missing -> add it",
    ),
    "fees of nobody": (
        "policy",
        "fees:\n  blofn: {maker: 1, taker: 2}\n",
        '2:3 GS005 fees key blofn is not a ccxt exchange id -> did you mean "blofin"?',
    ),
    "severity of a syntax error": (
        "policy",
        'severity: {GS001: "off"}\n',
        "1:12 GS002 severity key GS001 does not have the form the code of a risk rule -> for example GS104",
    ),
    "unknown severity": (
        "policy",
        "severity: {GS101: warn}\n",
        '1:19 GS002 severity.GS101 warn is not known -> did you mean "warning"?',
    ),
    "above a bound": (
        "policy",
        "max_exposure: 0\n",
        "1:15 GS002 max_exposure 0 is out of range -> it takes a number above 0",
    ),
    "at least": (
        "policy",
        "growth_factor: 0.5\n",
        "1:16 GS002 growth_factor 0.5 is out of range -> it takes a number, at least 1",
    ),
    "up to a bound that is out": (
        "policy",
        "maintenance_margin: 100\n",
        "1:21 GS002 maintenance_margin 100 is out of range -> it takes a number, at least 0 and below 100",
    ),
    "an item of a list": (
        "policy",
        "not_secrets: [a, 1]\n",
        "1:18 GS002 not_secrets[1] 1 is not text -> it takes text",
    ),
    "long values are shortened": (
        "bot",
        f"name: {'A' * 80}\nstrategy: x\nexchange: okx\n",
        (
            f"1:7 GS002 name {'A' * 57}... does not have the form lower-case letters, digits and hyphens, at most 63"
            " -> for example blofin-main"
        ),
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_how_a_breach_is_told(name: str) -> None:
    kind, text, told = TOLD[name]
    (item,) = schema.breaches(schema.schema(kind), "x", exact.compose("x", text))
    assert f"{item.line}:{item.column} {item.code} {item.message} -> {item.remedy}" == told


def test_a_pattern_without_words_of_its_own_is_told_as_it_is() -> None:
    rules = {"type": "object", "properties": {"word": {"type": "string", "pattern": "^x+$"}}}
    (problem,) = schema.breaches(rules, "x", exact.compose("x", "word: z\n"))
    assert (problem.message, problem.remedy) == ("word z does not have the form ^x+$", "write ^x+$")


def test_a_suggestion_is_near_or_nothing() -> None:
    assert words.suggestion("LEVERAGE", ["leverage", "num_levels"]) == 'did you mean "leverage"?'
    assert words.suggestion("zzz", ["leverage", "num_levels"]) == ""
