"""Headers that go out with every page."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from consent.gate import Who

_PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class Headers:
    """Sets the policies and X-Robots-Tag, and keeps every page that is about somebody out of caches.

    The Content-Security-Policy is one for the whole house, without nonces, so it is put together once. A page that is
    meant to be kept, and so holds its own script, brings a narrower one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.content_policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault(HEADER, self.content_policy)
        response["Permissions-Policy"] = _PERMISSIONS
        response["X-Robots-Tag"] = "noindex, nofollow"
        passage = getattr(request, "passage", None)
        is_anyones = passage is not None and passage.who is Who.ANYONE and request.method == "GET"
        if not is_anyones or response.status_code >= 300:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
