"""The table of commands is whole: every row has its handler, and nothing else has one."""

from gitscale.agent import reads, writes
from gitscale.agent.commands import COMMANDS


def test_every_command_has_a_handler() -> None:
    assert {row.name for row in COMMANDS if not row.writes} == set(reads.HANDLERS)
    # a confirmation is carried out as the command it confirms
    assert {row.name for row in COMMANDS if row.anywhere} == set(reads.ANYWHERE)
    assert {row.name for row in COMMANDS if row.writes} - {"confirm"} == set(writes.HANDLERS)
