"""Help in one style: what every command says of itself, its arguments and its options."""

import re
from collections.abc import Iterator

import click
import pytest

from gitscale.cli.main import main


def commands(group: click.Group, above: str = "") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{above}{name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} ")


ALL = dict(commands(main))


@pytest.mark.parametrize("name", ALL)
def test_sentences_begin_large_and_end_with_a_full_stop(name: str) -> None:
    texts = [ALL[name].help, *(item.help for item in ALL[name].params if isinstance(item, click.Option))]
    assert [text for text in texts if not text or not re.fullmatch(r"[A-Z].*\.\s*", text, re.DOTALL)] == []


@pytest.mark.parametrize("name", ALL)
def test_places_have_names(name: str) -> None:
    """No TEXT; what may be left out stands in brackets."""
    context = click.Context(ALL[name])
    for item in ALL[name].params:
        shown = item.make_metavar(context)
        if isinstance(item, click.Argument):
            assert shown.startswith("[") is not item.required
        elif isinstance(item, click.Option) and not item.is_flag:
            assert (shown.isupper(), shown != "TEXT") == (True, True)


def test_one_option_is_described_in_one_way() -> None:
    told: dict[str, set[str | None]] = {}
    for command in ALL.values():
        for item in command.params:
            if isinstance(item, click.Option):
                told.setdefault(item.opts[0], set()).add(item.help)
    several = {name for name, texts in told.items() if len(texts) > 1}
    # a list or a risk; a plan or a report; an answer or a branch; a report or a folder
    assert several == {"--limit", "--format", "--watch", "--output"}


@pytest.mark.parametrize("group", [main, ALL["db"]])
def test_the_list_of_commands_is_not_cut_off(group: click.Command) -> None:
    assert "..." not in group.get_help(click.Context(group)).partition("Commands:")[2]
