"""What every page may show: the operator's facts and the languages offered."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from consent.policies.queries import recent_operator_facts


def operator(request: HttpRequest) -> dict[str, Any]:
    """Give templates `operator` (looked up only where it is used) and `page_languages`."""
    return {"operator": SimpleLazyObject(recent_operator_facts), "page_languages": settings.LANGUAGES}
