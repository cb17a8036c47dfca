"""Every rule is held to its page and to its examples, tests/risk/rules/CODE: a new case is a new file.

`fails*.yaml` fires the rule, `passes*.yaml` does not; `# expect:` lines name everything that any rule finds, to the
figure. The examples of a page are such texts without those lines. `scenes` says how they are written.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from gitscale.model.numbers import spell
from gitscale.model.parameters import PARAMETERS
from gitscale.model.policy import Policy
from gitscale.model.profiles import Profile
from gitscale.risk.loosening import POLICY, POLICY_TABLES, SETTINGS
from gitscale.risk.rule import Breach, Outcome, Rule
from gitscale.risk.rules import BY_CODE, RULES
from tests.risk.scenes import Example, breaches, read, skips

EXAMPLES = Path(__file__).parent / "rules"
DESIGN = """
GS001 yaml-syntax error, GS002 schema error, GS003 duplicate-key error, GS004 name-mismatch error,
GS005 unknown-exchange error, GS006 secret-in-config error, GS007 unsafe-path error, GS008 ambiguous-scalar error,
GS009 too-large error, GS101 extreme-exposure error, GS102 exposure-limit error, GS103 stop-beyond-liquidation error,
GS104 loss-at-stop error, GS105 spread-below-fees error, GS106 leverage-above-market error,
GS107 account-exposure error, GS108 equity-overcommitted error, GS109 hedge-mode-unsupported error,
GS110 symbol-overlap warning, GS201 exposure-jump error, GS202 stop-loosened warning, GS203 mass-change error,
GS204 enabled-bot-removed error, GS205 policy-loosened error, GS206 venue-changed warning,
GS901 acceptance-expired warning, GS902 acceptance-unused note, GS903 not-evaluated note, GS904 schema-stale note
"""
CHECKED = [rule for rule in RULES if rule.bot or rule.account or rule.pair or rule.comparison]
FENCED = re.compile(r"## (Fails|Passes)\n\n```yaml\n(.*?)```", re.DOTALL)


def names(pattern: str) -> list[str]:
    return sorted(str(path.relative_to(EXAMPLES)) for path in EXAMPLES.glob(pattern))


def example(name: str) -> Example:
    return read((EXAMPLES / name).read_text())


def page_example(rule: Rule, title: str) -> Example:
    return read(dict(FENCED.findall(rule.page or ""))[title])


def found(rule: Rule, outcomes: list[Outcome]) -> list[str]:
    return [f"{rule.code} {item.about} {spell(item.figure)}" for item in breaches(outcomes)]


def by_code(rule: Rule) -> str:
    return rule.code


def test_the_table_is_the_designs() -> None:
    assert [f"{rule.code} {rule.name} {rule.severity}" for rule in RULES] == [
        item.strip() for item in DESIGN.replace("\n", " ").split(",")
    ]
    assert sorted(BY_CODE) == [rule.code for rule in RULES]
    modules = (Path(__file__).parents[2] / "gitscale/risk/rules").glob("gs*.py")
    assert sorted(path.stem.upper() for path in modules) == list(BY_CODE)


@pytest.mark.parametrize("rule", RULES, ids=by_code)
def test_a_page_says_why_and_how(rule: Rule) -> None:
    assert len(rule.summary) < 100
    assert rule.summary.endswith(".")
    assert re.findall(r"^#.*", rule.page or "", re.MULTILINE)[0] == "## Why"
    assert re.findall(r"^## .*", rule.page or "", re.MULTILINE) == ["## Why", "## Fails", "## Passes", "## How to fix"]
    assert set(dict(FENCED.findall(rule.page or ""))) == {"Fails", "Passes"}


@pytest.mark.parametrize("rule", CHECKED, ids=by_code)
def test_a_page_holds_what_it_says(rule: Rule) -> None:
    fails, passes = page_example(rule, "Fails"), page_example(rule, "Passes")
    assert breaches(fails.judged(rule))
    assert passes.judged(rule) == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.code < "GS100"], ids=by_code)
def test_a_page_about_validity_holds_what_it_says(rule: Rule) -> None:
    fails, passes = page_example(rule, "Fails"), page_example(rule, "Passes")
    assert {problem.code for problem in fails.loaded(fails.head).problems} == {rule.code}
    assert passes.loaded(passes.head).problems == ()


@pytest.mark.parametrize("rule", CHECKED, ids=by_code)
def test_every_rule_has_examples_of_both_kinds(rule: Rule) -> None:
    assert names(f"{rule.code}/fails*.yaml")
    assert names(f"{rule.code}/passes*.yaml")
    assert len(names(f"{rule.code}/*")) == len(names(f"{rule.code}/fails*.yaml") + names(f"{rule.code}/passes*.yaml"))


@pytest.mark.parametrize("name", names("*/*.yaml"))
def test_an_example_is_judged_as_it_says(name: str) -> None:
    case, own = example(name), BY_CODE[name[:5]]
    rules = [rule for rule in CHECKED if case.compares or not (rule.pair or rule.comparison)]
    outcomes = {rule.code: case.judged(rule) for rule in rules}
    assert [line for rule in rules for line in found(rule, outcomes[rule.code])] == case.expected
    assert [f"{own.code} {item.about}" for item in skips(outcomes[own.code])] == case.skipped
    assert bool(breaches(outcomes[own.code])) is Path(name).stem.startswith("fails")


@pytest.mark.parametrize("name", names("*/fails*.yaml"))
def test_every_spot_is_in_the_files(name: str) -> None:
    case = example(name)
    for outcome in case.judged(BY_CODE[name[:5]]):
        related = [spot for spot, _ in outcome.related] if isinstance(outcome, Breach) else []
        assert [spot for spot in (outcome.spot, *related) if not case.holds(spot)] == []


@pytest.mark.parametrize("name", names("*/fails*.yaml"))
def test_what_is_said_is_one_exact_line(name: str) -> None:
    for breach in breaches(example(name).judged(BY_CODE[name[:5]])):
        texts = [breach.message, breach.remedy, *(note for _, note in breach.related)]
        assert all(texts)
        assert [text for text in texts if "\n" in text or text.endswith(".")] == []
        assert breach.limit is None or breach.figure >= breach.limit


def severities(text: str) -> list[str | None]:
    return [item.severity for item in breaches(read(text).judged(BY_CODE["GS205"]))]


LOOSER = "# base: policy.yaml\nmax_exposure: 800\n# head: policy.yaml\nmax_exposure: 900\n"
ACCEPTED = "accepted_risks: [{rule: GS101, limit: 2000, reason: x, by: ada, until: 2026-12-01}]\n"


def test_loosening_is_an_error_beside_changes_to_bots() -> None:
    assert severities(LOOSER) == ["warning"]
    assert severities(LOOSER + "# base: bots/a.yaml\n# head: bots/a.yaml\nsettings: {leverage: 10}\n") == ["error"]
    assert severities(LOOSER + "# head: bots/a.yaml\n") == ["error"]
    assert severities(LOOSER + "# base: bots/a.yaml\n") == ["error"]


def test_an_acceptance_alone_can_be_proposed() -> None:
    """Step one of two: the bot differs in nothing but the acceptance."""
    assert severities(f"# base: bots/a.yaml\n# head: bots/a.yaml\n{ACCEPTED}") == ["warning"]
    assert severities(f"# base: bots/a.yaml\n# head: bots/a.yaml\nenabled: false\n{ACCEPTED}") == ["error"]


def test_every_value_of_the_policy_has_a_looser_side() -> None:
    def leaves(model: type[BaseModel], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
        for name, value in model.model_fields.items():
            kind = value.annotation
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from leaves(kind, (*above, name))
            else:
                yield (*above, name)

    assert {*POLICY, *((name,) for name in POLICY_TABLES)} == set(leaves(Policy))
    assert POLICY.keys().isdisjoint((name,) for name in POLICY_TABLES)
    assert SETTINGS.keys() == PARAMETERS.keys()
    assert set(Profile.model_fields) == {"summary", "expected", "confirm", "settings"}


def remedies(code: str, name: str) -> list[str]:
    return [item.remedy for item in breaches(example(f"{code}/{name}.yaml").judged(BY_CODE[code]))]


@pytest.mark.parametrize(
    ("code", "name", "remedy"),
    [
        ("GS101", "fails-at-the-bound", "leverage 99 or less keeps exposure at 1485%"),
        ("GS101", "fails-at-any-leverage", "equity_pct 2 or less keeps exposure at 2%"),
        ("GS102", "fails-above-the-limit", "leverage 100 or less keeps exposure at 500%"),
        ("GS103", "fails-at-the-distance", "hard_stop_loss_bps 183 or less keeps the stop within reach"),
        ("GS104", "fails-above-warn", "leverage 49 or less keeps exposure at 245%"),
        ("GS104", "fails-degen", "leverage 24 or less keeps exposure at 480%"),
        ("GS105", "fails-by-the-larger", "base_spread_bps above 15 earns more than the fees"),
        ("GS106", "fails-above", "leverage 49 or less is granted"),
        ("GS107", "fails-above", "a: leverage 79 or less brings the account to 1500%"),
        ("GS107", "fails-at-any-leverage", "a: equity_pct 3 or less brings the account to 60%"),
        ("GS107", "fails-until-one-is-disabled", "disable a: that leaves 800%"),
        (
            "GS107",
            "fails-whatever-one-bot-does",
            "take 401% of exposure or more off the account, from several bots",
        ),
        ("GS108", "fails-above", "a: equity_pct 49 or less brings the account to 99.1%"),
        ("GS108", "fails-whatever-one-bot-does", "take 100 or more off equity_pct, from several bots"),
    ],
)
def test_a_remedy_has_the_number_that_helps(code: str, name: str, remedy: str) -> None:
    assert remedies(code, name) == [remedy]


def test_where_no_setting_of_the_bot_helps_its_neighbours_are_named() -> None:
    assert remedies("GS103", "fails-whatever-the-bot-does")[1] == (
        "lower the exposure behind the shared margin, 3000% of equity"
    )


def test_what_is_loosened_is_put_back_or_taken_out() -> None:
    assert remedies("GS205", "fails-not-secrets") == ["take it out, unless it is meant"]
    assert remedies("GS205", "fails-file-gone") == ["put it back to 999, unless it is meant"]
    assert remedies("GS205", "fails-acceptances")[2:] == ["take it out, or propose it apart from changes to bots"] * 2


def test_the_policys_fees_are_pointed_at_under_any_id_of_the_exchange() -> None:
    (breach,) = breaches(example("GS105/fails-by-an-alias.yaml").judged(BY_CODE["GS105"]))
    assert [spot.keys for spot, _ in breach.related] == [("fees", "binance")]
