"""Connections to PostgreSQL that its server closed, found before a request trips over one."""

import select
from typing import Any

from django.db import connections


def let_go_of_closed(**_: Any) -> None:
    """Close this thread's connections whose server has gone, so that the request opens new ones.

    An idle connection has nothing to read unless its server said goodbye; to look costs no round trip, as asking the
    server (`CONN_HEALTH_CHECKS`) would before every request.
    """
    for connection in connections.all(initialized_only=True):
        kept = connection.connection
        if kept is None or connection.vendor != "postgresql" or connection.in_atomic_block:
            continue
        if kept.closed or select.select([kept.fileno()], [], [], 0)[0]:
            connection.close()
