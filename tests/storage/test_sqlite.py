"""A SQLite file that several processes begin to use at once."""

import sqlite3
import threading

from storage.sqlite import write_ahead


def test_a_file_another_connection_is_reading_is_waited_for(tmp_path):
    path = tmp_path / "fresh.sqlite"
    busy = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    busy.execute("CREATE TABLE noise (one)")
    busy.execute("BEGIN")
    busy.execute("SELECT * FROM noise").fetchall()
    threading.Timer(0.3, lambda: busy.execute("COMMIT")).start()
    late = sqlite3.connect(path, timeout=0)
    write_ahead(late.cursor())
    assert late.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    late.close()
    busy.close()
