"""Doors that belong to no room: the front door, health, robots, what lacks its last slash, a failed CSRF check."""

from django.db import DatabaseError, connections
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import is_valid_path, reverse
from django.views.decorators.csrf import csrf_exempt

from consent.static_pages import StaticPage, static_page


def front(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("portal:form"))


def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    try:
        for name in connections:
            with connections[name].cursor() as cursor:
                cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("not ready", content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")


def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@csrf_exempt
def with_slash(request: HttpRequest) -> HttpResponse:
    if not is_valid_path(f"{request.path_info}/"):
        raise Http404
    # The method and the words of a form go with it; the door that it leads to checks both.
    return HttpResponseRedirect(request.get_full_path(force_append_slash=True), preserve_request=True)


def csrf_failure(request: HttpRequest, reason: str = "") -> StaticPage:
    return static_page(403)
