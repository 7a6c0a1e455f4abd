"""Sends the key store's models to their own database, and nothing else there."""

from typing import Any

from django.apps import apps
from django.db import models


def _in_keys(model: type[models.Model]) -> bool:
    return getattr(model, "stored_in_keys", False)


class KeysApart:
    """A model with `stored_in_keys` lives in `keys`; every other one in `default`."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:
        return "keys" if _in_keys(model) else "default"

    db_for_write = db_for_read

    def allow_relation(self, one: models.Model, other: models.Model, **hints: Any) -> bool:
        return _in_keys(type(one)) == _in_keys(type(other))

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool | None:
        if db == "keys" and app_label != "consent":
            return False
        if model_name is None:
            return bool(hints.get("database", "default") == db)
        return _in_keys(apps.get_model(app_label, model_name)) == (db == "keys")
