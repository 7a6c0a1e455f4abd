"""Declares tasks: a task acts as the system, and says for which purpose."""

from collections.abc import Callable
from typing import Any

from celery import shared_task

from consent.purposes import Purpose


def purposed_task(purpose: Purpose, **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Declare a task of the system for `purpose`; no start-up check lets one through that declares none."""

    def declare(function: Callable[..., Any]) -> Any:
        task = shared_task(**options)(function)
        task.purpose = purpose
        return task

    return declare
