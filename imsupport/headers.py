"""Headers that go out with every page."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from consent.gate import Who

_PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class Headers:
    """Sets Permissions-Policy and X-Robots-Tag, and keeps every page that is about somebody out of caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response["Permissions-Policy"] = _PERMISSIONS
        response["X-Robots-Tag"] = "noindex, nofollow"
        passage = getattr(request, "passage", None)
        if passage is None or passage.who is not Who.ANYONE or request.method != "GET":
            response.headers.setdefault("Cache-Control", "no-store")
        return response
