"""Short write transactions, and what the database says when it cannot write, in people's words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction

from luoshi.problems import Problem, problem

# What drivers say, lower case → our code. SQLite and PostgreSQL word these differently and give no common number.
_SAID = (
    ("database is locked", "T010"),
    ("database table is locked", "T010"),
    ("lock timeout", "T010"),
    ("deadlock detected", "T010"),
    ("disk is full", "T011"),
    ("no space left", "T011"),
    ("could not extend file", "T011"),
    ("readonly database", "T011"),
)


class Unavailable(Exception):
    """The database cannot be used right now; carries the problem that says why. Nothing was changed."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{one.code} {one.message}" for one in problems))


@contextmanager
def writing() -> Iterator[None]:
    """One short write transaction: all of it or nothing. Raises :class:`Unavailable` where the database cannot."""
    try:
        with transaction.atomic():
            yield
    except (OperationalError, InterfaceError) as error:
        raise Unavailable((why(error),)) from error


@contextmanager
def one_moment() -> Iterator[None]:
    """Reads within see one moment, whatever others write meanwhile; nobody is kept waiting.

    SQLite would take the lock of writers here, so its transaction is begun by hand.
    """
    if connection.in_atomic_block or connection.vendor != "sqlite":
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql" and not connection.savepoint_ids:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def why(error: DatabaseError | InterfaceError) -> Problem:
    """What ``error`` means for the person who waits."""
    said = str(error).lower()
    code = next((code for words, code in _SAID if words in said), "T012")
    return problem(code, detail=str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__)
