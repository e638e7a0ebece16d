"""How many queries something asks of the database, and which database that is: for measuring."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, connections
from django.test.utils import CaptureQueriesContext


def queries_of(act: Callable[[], object]) -> int:
    """How many queries ``act`` asks."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def database_name() -> str:
    """What kind of database this is: ``sqlite``, ``postgresql``."""
    return connection.vendor


def let_go() -> None:
    """Close every connection: processes that are started next open their own."""
    connections.close_all()
