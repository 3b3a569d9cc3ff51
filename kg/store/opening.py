"""Opening `kg.db`: for writing (made where there is none) or for reading only (never makes a file).

While it is written the file is in WAL mode, so that a query during a build reads the last finished batch instead of waiting; when the
last writer closes it goes back to a rollback journal, so that at rest a store is ONE file that can be copied, and read from a
read-only disk. See https://sqlite.org/wal.html.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kg.store.errors import MissingStore, StoreError
from kg.store.schema import APPLICATION_ID, RECORDS, VERSION, statements

WAIT = 30.0
"""Seconds to wait for another writer."""


def for_writing(path: Path) -> sqlite3.Connection:
    """A connection to the store at `path`, made with its tables where there is none. Raises StoreError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path} can't be written: {error}. Choose another folder with -o DIR.") from error
    try:
        if not _is_store(connection, path):
            _create(connection)
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error as error:
        connection.close()
        raise unusable(path, error) from error
    except StoreError:
        connection.close()
        raise
    return connection


def for_reading(path: Path) -> sqlite3.Connection:
    """A read-only connection to an existing store. Raises MissingStore or StoreError."""
    if not path.exists():
        raise MissingStore(f"There is no {path} yet. Make it with: kg build -o {path.parent}")
    for immutable in ("", "&immutable=1"):
        # A store left in WAL mode in a folder that can't be written only opens as immutable; with an unfinished log beside
        # it that would hide what the log holds, so the first error stands.
        connection: sqlite3.Connection | None = None
        try:
            connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{immutable}", uri=True, timeout=WAIT, isolation_level=None)
            if _is_store(connection, path):
                return connection
            raise MissingStore(f"{path} is empty. Fill it with: kg build -o {path.parent}")
        except sqlite3.Error as error:
            if connection is not None:
                connection.close()
            log = path.with_name(f"{path.name}-wal")
            if not immutable and isinstance(error, sqlite3.OperationalError) and not (log.exists() and log.stat().st_size):
                continue
            raise unusable(path, error) from error
        except StoreError:
            if connection is not None:
                connection.close()
            raise
    raise AssertionError("unreachable: the second round returns or raises")


def close_writer(connection: sqlite3.Connection) -> None:
    """Close a writing connection and leave a single file, unless others are reading it right now."""
    try:
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error:
        pass  # somebody reads: the log stays beside the file until the next writer closes, and nothing is lost
    finally:
        connection.close()


def unusable(path: Path, error: sqlite3.Error) -> Exception:
    """SQLite's error as one that says what to do; the error itself where the program is at fault and not the file."""
    if isinstance(error, sqlite3.ProgrammingError | sqlite3.IntegrityError | sqlite3.InterfaceError):
        return error
    reason = str(error)
    if "not a database" in reason:
        return StoreError(f"{path} is no kg.db (not an SQLite file). Move it away, or build elsewhere with: kg build -o DIR")
    if "locked" in reason:
        return StoreError(f"{path} is being written by another process. Try again when that has finished.")
    if "full" in reason:
        return StoreError(f"{path}: the disk is full. What was stored before is still there; free some space and run kg build again.")
    if "readonly" in reason or "unable to open" in reason:
        return StoreError(f"{path} can't be opened ({reason}). Check the permissions, or choose another folder with -o DIR.")
    return StoreError(f"{path} is damaged ({reason}). Move it away and run: kg build -o {path.parent}")


def _is_store(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether the store's tables are there; False for an empty file. Raises StoreError for a file of something else."""
    application, version = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    if application == APPLICATION_ID and version == VERSION:
        return True
    if application == APPLICATION_ID:
        age = "a newer kg: update it with pip install --upgrade whatbeats, or" if version > VERSION else "an older kg:"
        raise StoreError(f"{path} was written by {age} move the file away and run: kg build -o {path.parent}")
    if application or version or connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise StoreError(f"{path} is an SQLite file of another program, no kg.db. Build elsewhere with: kg build -o DIR")
    return False


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("PRAGMA user_version").fetchone()[0] == 0:  # else another process was faster
        for statement in statements(RECORDS):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")
