"""The wiring, loaded last: the task app, the start-up checks, and the triggers after every migrate."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig, apps
from django.core.signals import request_started
from django.db import connections
from django.db.models.signals import post_migrate

from consent.ledger import triggers
from imsupport.closed import let_go_of_closed


class WiringConfig(AppConfig):
    name = "imsupport"
    label = "wiring"

    def ready(self) -> None:
        import_module("imsupport.celery")
        import_module("imsupport.checks")
        request_started.connect(let_go_of_closed)
        post_migrate.connect(_install_triggers, sender=apps.get_app_config("feedback"))


def _install_triggers(using: str, **_: Any) -> None:
    if using == "default":
        triggers.install(connections[using], triggers.stamped_tables(apps.get_models()))
