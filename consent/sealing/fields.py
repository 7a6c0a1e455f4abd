"""The model field for sealed values. Its import path is frozen: migrations name it."""

from typing import Any

from django.db import models

from consent.sealing.envelopes import Envelope, Sealed


class NotSealed(TypeError):
    """Something other than sealed bytes was put into a sealed column."""


class _Closed:
    """Hands out the column as an envelope that knows its row."""

    def __init__(self, field: "SealedField") -> None:
        self.field = field

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        if row is None:
            return self
        if self.field.attname not in row.__dict__:
            row.refresh_from_db(fields=[self.field.attname])
        sealed = row.__dict__[self.field.attname]
        if sealed is None:
            return None
        return Envelope(sealed, self.field.label, row.pk, row.stamp)

    def __set__(self, row: Any, value: Any) -> None:
        row.__dict__[self.field.attname] = value.sealed if isinstance(value, Envelope) else value


class SealedField(models.BinaryField):  # type: ignore[type-arg]
    """A column that stores sealed bytes only and gives them back as a closed envelope.

    `label` is part of what the seal is bound to and must never change. The model must offer `stamp`.
    """

    def __init__(self, label: str = "", **options: Any) -> None:
        self.label = label
        super().__init__(**options)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        kwargs["label"] = self.label
        return name, path, args, kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Closed(self))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def get_prep_value(self, value: Any) -> Any:
        closed = value.sealed if isinstance(value, Envelope) else value
        if closed is not None and not isinstance(closed, Sealed):
            raise NotSealed(f"{self.label} takes sealed bytes only")
        return super().get_prep_value(None if closed is None else bytes(closed))
