"""`python -m gitscale` is the console script."""

import gc
import sys


def run() -> None:
    """The command line; an interrupt while it is still being imported ends quietly too."""
    gc.set_threshold(50_000, 100, 100)  # a short process makes little garbage, and what it reads it keeps
    try:
        from gitscale.cli.main import run as start

        start()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.exit(130)


if __name__ == "__main__":
    run()
