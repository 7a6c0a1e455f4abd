"""Doors that belong to no room: the front door, health, robots, and the answer to a failed CSRF check."""

from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from consent.gate import StaticPage, static_page


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


def csrf_failure(request: HttpRequest, reason: str = "") -> StaticPage:
    return static_page("403.html", 403)
