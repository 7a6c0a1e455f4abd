"""Where a page leads on to."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def onward(request: HttpRequest, default: str) -> str:
    """Return the path that the request asks to go on to, when it is one of this site; else the default."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else default


def to_ask(request: HttpRequest) -> str:
    """Return the agreement's address, which leads back here, in the language that this page was asked for in."""
    language = getattr(request, "LANGUAGE_CODE", "")
    asked = f"&lang={language}" if language and request.GET.get("lang") == language else ""
    return f"{reverse('centre:agreement')}?next={request.path}{asked}"
