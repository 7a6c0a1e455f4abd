"""Events and states as plain rows, a page of memory at a time: a million of them are read to check the ledger.

Models would take longer to make than the rows to check. Times come as the chain writes them, on either engine.
"""

from collections.abc import Iterator
from typing import Any

from django.db import Error, connections
from django.db.models import Model

from consent.ledger.chain import CHAINED, written
from consent.ledger.models import ConsentEvent, ConsentState
from consent.ledger.pages import UnreadableRow

_PAGE = 2000
_TIMES = frozenset({"occurred_at", "valid_until", "given_at", "ended_at"})
_REPLAYED = ("person_id", "purpose", "status", "seq", "policy_version", "occurred_at", "valid_until")
_KEPT = ("person_id", "purpose", "status", "last_seq", "policy_version", "given_at", "valid_until", "ended_at", "id")
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
        for at in range(0, len(persons), _PAGE // 4):
            some = persons[at : at + _PAGE // 4]
            among = f"person_id IN ({', '.join(['%s'] * len(some))}) {order}"
            yield _fetched(f"{events} {among} seq", some), _fetched(f"{states} {among} id", some)
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


def _fetched(query: str, given: list[int]) -> list[Row]:
    with connections["default"].cursor() as cursor:
        cursor.execute(query, given)
        described = [column[0] for column in cursor.description]
        rows: list[Row] = cursor.fetchall()
    times = [at for at, name in enumerate(described) if name in _TIMES]
    convert = _from_text if connections["default"].vendor == "sqlite" else _from_moment
    gpc = described.index("gpc") if "gpc" in described else None
    return [_plain(row, times, gpc, convert) for row in rows]


def _plain(row: Row, times: list[int], gpc: int | None, convert: Any) -> Row:
    values = list(row)
    for at in times:
        values[at] = convert(values[at])
    if gpc is not None and type(values[gpc]) is int and values[gpc] in (0, 1):
        values[gpc] = values[gpc] == 1
    return tuple(values)


def _from_moment(value: Any) -> str | None:
    return None if value is None else written(value)


def _from_text(value: Any) -> Any:
    """Return a time of SQLite as the chain writes it; what Django would not have written so comes as it is."""
    if type(value) is not str:
        return value
    if len(value) == 26 and value[10] == " " and value[19] == "." and value[20:] != "000000":
        return f"{value[:10]}T{value[11:]}+00:00"
    return f"{value[:10]}T{value[11:]}.000000+00:00" if len(value) == 19 and value[10] == " " else value


def _select(names: tuple[str, ...], model: type[Model]) -> str:
    """Return a statement up to its condition; SQLite's driver would read times and truths in more than one way."""
    kinds = dict.fromkeys(_TIMES, "TEXT") | {"gpc": "INTEGER"} if connections["default"].vendor == "sqlite" else {}
    columns = (f"CAST({name} AS {kinds[name]}) AS {name}" if name in kinds else name for name in names)
    return f"SELECT {', '.join(columns)} FROM {model._meta.db_table} WHERE"  # noqa: S608  # names of our own
