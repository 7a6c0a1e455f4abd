"""Events and states as plain rows, a page of memory at a time: a million of them are read to check the ledger.

Models would take longer to make than the rows to check. Times come as the chain writes them, on either engine.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.db import Error, connections
from django.db.models import Model

from consent.ledger.chain import CHAINED
from consent.ledger.models import ConsentEvent, ConsentState
from consent.ledger.pages import UnreadableRow

_PAGE = 2000
_TIMES = frozenset({"occurred_at", "valid_until", "given_at", "ended_at"})
_REPLAYED = ("person_id", "purpose", "status", "seq", "policy_version", "occurred_at", "valid_until")
_KEPT = ("person_id", "purpose", "status", "last_seq", "policy_version", "given_at", "valid_until", "ended_at", "id")
_WRITTEN = (
    "CASE WHEN {0} IS NOT NULL THEN "
    "coalesce(to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"AD'), 'never') END AS {0}"
)
_AMONG = {"sqlite": "person_id IN (SELECT value FROM json_each(%s))", "postgresql": "person_id = ANY(%s)"}
Row = tuple[Any, ...]


def events_after(seq: int) -> Iterator[Row]:
    """Yield the values of CHAINED, then `prev_hash` and `hash`, of each event after a number, in their order."""
    query = _select((*CHAINED, "prev_hash", "hash"), ConsentEvent)
    last, size = seq, _PAGE
    while True:
        try:
            page = _fetched(f"{query} seq > %s ORDER BY seq LIMIT {size}", [last])
        except (Error, ValueError, OverflowError) as error:
            if size == 1:
                raise UnreadableRow(last) from error
            size = 1
            continue
        if not page:
            return
        yield from page
        last = page[-1][1]


def by_person(persons: list[int] | None = None) -> Iterator[tuple[list[Row], list[Row]]]:
    """Yield the events and the kept states of some persons at a time, each in the order of person and purpose.

    An event's row is person, purpose, status, number, version, time, end; a state's has the number of its last
    event, when it was given and when it ended, and its id. `persons` are some of them alone, sorted.
    """
    events, states = _select(_REPLAYED, ConsentEvent), _select(_KEPT, ConsentState)
    order = "ORDER BY person_id, purpose, "
    if persons is not None:
        for at in range(0, len(persons), _PAGE):
            some = _as_array(persons[at : at + _PAGE])
            among = f"{_AMONG[connections['default'].vendor]} {order}"
            yield _fetched(f"{events} {among} seq", [some]), _fetched(f"{states} {among} id", [some])
        return
    last, size = -(2**63), _PAGE
    while True:
        page = _fetched(f"{events} person_id > %s {order} seq LIMIT {size}", [last])
        is_end = len(page) < size
        whole = page if is_end else [row for row in page if row[0] != page[-1][0]]
        if not whole and not is_end:
            size *= 2  # one person has more events than a page
            continue
        upto = 2**63 - 1 if is_end else whole[-1][0]
        yield whole, _fetched(f"{states} person_id > %s AND person_id <= %s {order} id", [last, upto])
        if is_end:
            return
        last, size = upto, _PAGE


def _as_array(numbers: list[int]) -> Any:
    return json.dumps(numbers) if connections["default"].vendor == "sqlite" else numbers


def _fetched(query: str, given: list[Any]) -> list[Row]:
    with connections["default"].cursor() as cursor:
        cursor.execute(query, given)
        described = [column[0] for column in cursor.description]
        rows: list[Row] = cursor.fetchall()
    times = [at for at, name in enumerate(described) if name in _TIMES]
    convert = _from_text if connections["default"].vendor == "sqlite" else _from_written
    gpc = described.index("gpc") if "gpc" in described else None
    return [_plain(row, times, gpc, convert) for row in rows]


def _plain(row: Row, times: list[int], gpc: int | None, convert: Any) -> Row:
    values = list(row)
    for at in times:
        values[at] = convert(values[at])
    if gpc is not None and type(values[gpc]) is int and values[gpc] in (0, 1):
        values[gpc] = values[gpc] == 1
    return tuple(values)


def _from_written(value: str | None) -> str | None:
    """Return a time of PostgreSQL, which wrote it with its era; what is not of ours is left, and fits no link."""
    return value[:-2] if value is not None and value.endswith("AD") else value


def _from_text(value: Any) -> Any:
    """Return a time of SQLite as the chain writes it; what Django would not have written so comes as it is."""
    if type(value) is not str:
        return value
    if len(value) == 26 and value[10] == " " and value[19] == "." and value[20:] != "000000":
        return f"{value[:10]}T{value[11:]}+00:00"
    return f"{value[:10]}T{value[11:]}.000000+00:00" if len(value) == 19 and value[10] == " " else value


def _select(names: tuple[str, ...], model: type[Model]) -> str:
    """Return a statement up to its condition; the drivers would read times slowly, SQLite's in more than one way."""
    is_sqlite = connections["default"].vendor == "sqlite"
    how = dict.fromkeys(_TIMES, "CAST({0} AS TEXT) AS {0}" if is_sqlite else _WRITTEN)
    how["gpc"] = "CAST({0} AS INTEGER) AS {0}" if is_sqlite else "{0}"
    columns = (how.get(name, "{0}").format(name) for name in names)
    return f"SELECT {', '.join(columns)} FROM {model._meta.db_table} WHERE"  # noqa: S608  # names of our own
