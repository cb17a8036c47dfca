"""The floor under a comparison: both fleets are read and checked, nothing is remembered, and nothing is judged.

usage: python read_both.py REPOSITORY OLD NEW
"""

import sys
from pathlib import Path

from gitscale.documents import admission, load
from gitscale.model.snapshot import CONFIG_PATHS
from gitscale.store.repository import Repository


def main() -> None:
    """Two readings, so that neither knows what the other has read."""
    for revision in sys.argv[2:]:
        with Repository.open(Path(sys.argv[1])) as repository:
            commit = repository.resolve(revision)
            assert commit is not None
            listed = repository.listing(commit, *CONFIG_PATHS)
            load.fleet(repository.read([file for file in listed if admission.concerns(file)])).valid()


if __name__ == "__main__":
    main()
