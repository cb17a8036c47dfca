"""`python -m gitscale` is the console script."""

from gitscale.cli.main import run

if __name__ == "__main__":
    run()
