"""The error pages: without anything of the request in them, the only answers that need no gate."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import loader


class StaticPage(HttpResponse):
    """An answer that was drawn without any context."""


def static_page(status: int) -> StaticPage:
    """Return the error page of a status."""
    return StaticPage(loader.render_to_string(f"{status}.html"), status=status)


@dataclass(frozen=True)
class ErrorPage:
    """An error handler; it declares itself open to anyone, because it answers with a static page alone."""

    status: int

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> StaticPage:
        return static_page(self.status)
