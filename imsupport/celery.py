"""The task app: an explicit list of the rooms that have tasks, and the beat table, which is all periodic work."""

import os
from datetime import timedelta
from typing import Any

from celery import Celery, bootsteps
from celery.beat import EmbeddedService, Scheduler
from click import Option

from imsupport import broker  # noqa: F401  (its URL is known once it is imported)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imsupport.settings")

TASK_ROOMS = (
    "consent.ledger",
    "feedback.outbox",
    "feedback.tickets",
    "feedback.portal",
    "feedback.retention",
)

app = Celery("imsupport")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.include = [f"{room}.tasks" for room in TASK_ROOMS]
app.conf.beat_schedule = {
    "dispatch due mail": {"task": "outbox.dispatch_due", "schedule": timedelta(seconds=5)},
    "pass on what was allowed": {"task": "tickets.pass_on", "schedule": timedelta(seconds=10)},
    "fold queue counts": {"task": "tickets.fold_counts", "schedule": timedelta(minutes=1)},
    "sign the head": {"task": "ledger.sign_head", "schedule": timedelta(minutes=1)},
    "end what was given for a time": {"task": "ledger.expire", "schedule": timedelta(minutes=1)},
    "compare states with the replay": {"task": "ledger.compare_states", "schedule": timedelta(minutes=10)},
    "keep the promises of time": {"task": "retention.sweep", "schedule": timedelta(minutes=1)},
    "sweep strays": {"task": "retention.sweep_strays", "schedule": timedelta(hours=1)},
    "forget expired sessions": {"task": "retention.forget_sessions", "schedule": timedelta(hours=1)},
    "forget used tokens": {"task": "portal.forget_used_tokens", "schedule": timedelta(minutes=10)},
    "forget past counts": {"task": "portal.forget_past_counts", "schedule": timedelta(minutes=10)},
}


class BeatThread(bootsteps.StartStopStep):
    """Beat as a thread of the worker: a process of its own costs some 60 MB. Switched on by `--with-beat`."""

    requires = ("celery.worker.components:Pool",)

    def __init__(self, worker: Any, with_beat: bool = False, **options: Any) -> None:
        self.enabled = with_beat
        super().__init__(worker, **options)

    def create(self, worker: Any) -> Any:
        self.service: Any = EmbeddedService(worker.app, thread=True, scheduler_cls=Scheduler)
        return self

    def start(self, worker: Any) -> None:
        self.service.start()

    def stop(self, worker: Any) -> None:
        self.service.stop()


app.user_options["worker"].add(Option(["--with-beat"], is_flag=True, default=False, help="Run beat as a thread."))
app.steps["worker"].add(BeatThread)
