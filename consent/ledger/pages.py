"""Reading a table from end to end in constant memory, on either engine and through any pool."""

from collections.abc import Iterator
from typing import TypeVar

from django.db import Error
from django.db.models import Model, QuerySet

_PAGE = 1000
_UNREADABLE = (Error, ValueError, TypeError, OverflowError)
Row = TypeVar("Row", bound=Model)


class UnreadableRow(Exception):
    """A row holds what its columns cannot hold; `after` is the sort key of the row before it."""

    def __init__(self, after: object) -> None:
        super().__init__(after)
        self.after = after


def in_pages(rows: QuerySet[Row], column: str, after: object = None) -> Iterator[Row]:
    """Yield the rows by a unique column, a page of memory at a time; raise UnreadableRow at a broken one.

    `after` is where to begin: said as a filter of `rows`, SQLite would begin there again for each page.
    """
    last, size = after, _PAGE
    while True:
        rest = rows if last is None else rows.filter(**{f"{column}__gt": last})
        try:
            page = list(rest.order_by(column)[:size])
        except _UNREADABLE as error:
            if size == 1:
                raise UnreadableRow(last) from error
            size = 1
            continue
        if not page:
            return
        yield from page
        last = getattr(page[-1], column)
