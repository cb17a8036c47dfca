"""python -m standin: serve until interrupted; the first line says where."""

import sys
import time

from standin.server import serving


def main() -> None:
    """Serve on a free port."""
    with serving() as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
