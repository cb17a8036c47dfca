"""The floor under a first sync: write these files, insert these rows, nothing else.

usage: python bare_loop.py DELIVERED FOLDER [--hasty]    (hasty: without fsync)
"""

import os
import pickle
import sqlite3
import sys


def main() -> None:
    """Files first, then the rows in one transaction."""
    with open(sys.argv[1], "rb") as stream:  # noqa: PTH123 -- pathlib's import would count
        files, table, rows = pickle.load(stream)
    folder, hasty = sys.argv[2], "--hasty" in sys.argv
    os.makedirs(f"{folder}/bots")  # noqa: PTH103
    for name, content in files:
        with open(f"{folder}/bots/.{name}.tmp", "wb") as stream:  # noqa: PTH123
            stream.write(content)
            if not hasty:
                stream.flush()
                os.fsync(stream.fileno())
        os.rename(f"{folder}/bots/.{name}.tmp", f"{folder}/bots/{name}")  # noqa: PTH104
    database = sqlite3.connect(f"{folder}/rows.db")
    database.execute(table)
    database.executemany(f"insert into bots values ({', '.join('?' * len(rows[0]))})", rows)
    database.commit()
    database.close()


if __name__ == "__main__":
    main()
