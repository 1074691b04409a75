"""Threads share a file of articles, and none waits for another for ever."""

import subprocess
import sys
from pathlib import Path

SHARING = """
import sqlite3, sys, threading
from pathlib import Path
from pullquote.storage import read_only_database as module

module._STEPS_BETWEEN_LOOKS = 10  # every query looks at the clock, again and again
schema = "CREATE TABLE numbers (number INTEGER)"
path = Path(sys.argv[1])
connection = sqlite3.connect(path)
connection.execute(schema)
connection.executemany("INSERT INTO numbers VALUES (?)", [(n,) for n in range(2000)])
connection.commit()
connection.close()
database = module.ReadOnlyDatabase(path, schema)

def ask():
    for number in range(400):
        assert database.row("SELECT COUNT(*) FROM numbers WHERE number >= ?", number)

threads = [threading.Thread(target=ask) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


def test_threads_that_ask_at_the_same_time_all_get_their_rows(tmp_path: Path) -> None:
    # In a process of its own: one that waits with the GIL held cannot end itself.
    subprocess.run(
        [sys.executable, "-c", SHARING, str(tmp_path / "numbers.sqlite")], check=True, timeout=90
    )
