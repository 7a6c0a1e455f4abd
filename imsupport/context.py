"""What every page may show: the operator's facts."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from consent.policies.queries import recent_operator_facts


def operator(request: HttpRequest) -> dict[str, Any]:
    """Give templates `operator`, looked up only where it is used."""
    return {"operator": SimpleLazyObject(recent_operator_facts)}
