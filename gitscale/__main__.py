"""`python -m gitscale` is the console script."""

import sys


def run() -> None:
    """The command line; an interrupt while it is still being imported ends quietly too."""
    try:
        from gitscale.cli.main import run as start

        start()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.exit(130)


if __name__ == "__main__":
    run()
