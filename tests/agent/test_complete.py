"""What is offered while a line is typed."""

import pytest

from gitscale.actions.workspace import Scope, Workspace
from gitscale.agent.commands import Argument, Command
from gitscale.agent.complete import Vocabulary, complete, vocabulary
from gitscale.model.exchanges import KNOWN

KNOWN_HERE = Vocabulary(
    bots={"blofin-main": "perp_mm", "second": "vortex_dca"},
    profiles={"moderate": "calm", "degen": "not"},
    presets={"BloFin v7 Long": "long", "Steady": "slow", "evil\x1b[2J": "steers", "bidi\u202e": "steers"},
    topics={"equity_pct": "concept", "stop": "concept"},
    waiting="/confirm scale degen",
)


@pytest.mark.parametrize(
    ("before", "offered"),
    [
        ("/sca", ["/scale"]),
        ("/SCA", ["/scale"]),
        ("/ri", ["/risk check"]),
        ("/risk ", ["check"]),
        ("/conf", ["/confirm", "/confirm scale degen"]),
        ("/confirm ", ["scale degen"]),
        ("/scale ", ["moderate", "degen"]),
        ("/scale mo", ["moderate"]),
        ("/scale moderate ", []),
        ("/set lev", ["leverage"]),
        ("/set xgrid_enabled ", ["true", "false"]),
        ("/set leverage ", []),
        ("/advise sa", ["safety"]),
        ("/use sec", ["second"]),
        ("/help us", ["use"]),
        ("/help ri", ["risk check"]),
        ("/new mine --p", ["--preset"]),
        ("/new mine --preset ", ["'BloFin v7 Long'", "Steady"]),
        ('/new mine --preset "blofin v7', ["'BloFin v7 Long'"]),
        ("/new mine --preset Steady --", ["--account", "--enabled"]),
        ("/explain eq", ["equity_pct"]),
        ("make it sa", []),
        ("scale mo", []),
        ("/nothing x", []),
    ],
)
def test_choices(before: str, offered: list[str]) -> None:
    assert [choice.text for choice in complete(before, KNOWN_HERE)] == offered


def test_all_commands_where_nothing_is_typed() -> None:
    assert {"/scale", "/use", "/quit", "/risk check"} <= {choice.text for choice in complete("", Vocabulary())}


def test_exchanges() -> None:
    row = Command("symbols", "", (Argument("EXCHANGE", False),))
    assert [choice.text for choice in complete("/symbols blof", Vocabulary(), (row,))] == ["blofin"]
    assert len(list(complete("/symbols ", Vocabulary(), (row,)))) == len(KNOWN)


def test_a_choice_replaces_the_word_at_the_cursor() -> None:
    (choice,) = complete('/new mine --preset "blofin v7', KNOWN_HERE)
    assert choice.replaces == len('"blofin v7')


def test_the_vocabulary_of_a_repository(opened: Workspace) -> None:
    found = vocabulary(opened, Scope())
    assert found.bots == {"blofin-main": "perp_mm"}
    assert set(found.profiles) == {"conservative", "moderate", "aggressive", "degen"}
    assert "BloFin v7 Long Short Counterscalp" in found.presets
