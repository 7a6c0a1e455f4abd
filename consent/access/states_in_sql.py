"""Asks the ledger's state for each row of a query, in SQL written out.

It runs with every read of personal rows; compiling it anew by the ORM took longer than the database took to answer.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Expression, F
from django.db.models.sql.compiler import SQLCompiler


class HasState(Expression):
    """True for each row whose person has a state that meets a condition on `s`; `{}` stands for the row's columns.

    PostgreSQL would guess how many rows may be used, far too few, and read every state of everybody for a page; an
    offset, be it of none, keeps it from joining (its planner, `simplify_EXISTS_query`).
    """

    conditional = True
    output_field = BooleanField()

    def __init__(
        self, condition: str, given: Sequence[str | int | datetime], *, person: str, columns: Sequence[str] = ()
    ) -> None:
        super().__init__()
        self.condition, self.given = condition, tuple(given)
        self.sources: list[Any] = [F(name) for name in (person, *columns)]

    def get_source_expressions(self) -> list[Any]:
        return self.sources

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        self.sources = list(exprs)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        person, *columns = (compiler.compile(source)[0] for source in self.sources)
        # The condition is the predicates' own text; whatever is given goes in as a parameter.
        table = "consent_consentstate s WHERE s.person_id"
        asked = f"EXISTS(SELECT 1 FROM {table} = {person} AND {self.condition.format(*columns)} LIMIT 1 OFFSET 0)"  # noqa: S608
        adapt = connection.ops.adapt_datetimefield_value
        return asked, tuple(adapt(value) if isinstance(value, datetime) else value for value in self.given)
