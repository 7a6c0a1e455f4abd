"""Forms in browsers that keep no cookie: what such a request may do rests on what its form carries alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from consent.gate import is_from_our_form

View = Callable[..., HttpResponseBase]


def keeps_no_cookie(request: HttpRequest) -> bool:
    """Say whether our own form, which was shown with a cookie, came back without any."""
    return not request.COOKIES and is_from_our_form(request)


def takes_forms(view: View) -> View:
    """Ask for Django's CSRF token, which needs its cookie, except of a same-origin form that brings no cookie at all.

    Forging a request is worth something only where the browser adds a cookie to it; without one nothing is added,
    and the Origin header (Fetch standard, "append a request Origin header") says that the form is ours.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def take(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if keeps_no_cookie(request):
            return view(request, *args, **kwargs)
        return protected(request, *args, **kwargs)

    return take
