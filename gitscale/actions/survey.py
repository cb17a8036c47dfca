"""Reading and judging a large work tree on two cores; what was found travels as the lines that are remembered.

Each core takes portions of the files by path, and the accounts whose bots it meets. The verdict on an account that
both met is of no use then: it stands under files that nobody asks for, and the account is judged again.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import NamedTuple

from gitscale.actions import memory
from gitscale.actions.in_two import Portions, in_two
from gitscale.actions.verdicts import line_of
from gitscale.documents import load
from gitscale.errors import Problem
from gitscale.model.fleet import Fleet
from gitscale.model.snapshot import SourceFile
from gitscale.risk.linter import accounts, judge
from gitscale.store.checkout import read_work_files
from gitscale.store.repository import Repository


class Surveyed(NamedTuple):
    """Rows of good bots, what is wrong with the other files, and lines of verdicts."""

    rows: list[str]
    problems: list[Problem]
    verdicts: list[str]


def survey(repository: Repository, files: Sequence[SourceFile], common: Fleet, today: date) -> Surveyed:
    """Files of the work tree that git has, judged by the policy and facts of `common`."""
    found = Surveyed([], [], [])
    for share in in_two(partial(_share, repository, common, today), files, least=memory.FEWEST):
        found.rows.extend(share.rows)
        found.problems.extend(share.problems)
        found.verdicts.extend(share.verdicts)
    return found


def _share(repository: Repository, common: Fleet, today: date, portions: Portions[SourceFile]) -> Surveyed:
    reader = load.FleetReader(frozenset(common.policy.not_secrets))
    with repository.again() as mine:
        for files in portions:
            for source in read_work_files(mine, files):
                reader.read_bot(source)
    done = reader.done()
    fleet = replace(common, bots=done.fleet.bots)
    rows = [memory.row(entry.path, entry.blob, entry.venue) for entry in fleet.bots.values()]
    verdicts = [line_of(judge(name, group, today), group) for name, group in accounts(fleet).items()]
    return Surveyed(rows, list(done.problems), verdicts)
