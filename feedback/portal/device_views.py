"""What a device knows of its person: their messages, how many answers wait, and forgetting it all."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from consent.gate import GatedRequest
from feedback.portal.queries import listed_messages, unread_answers


def mine(request: GatedRequest) -> HttpResponse:
    return render(request, "portal/mine.html", {"messages": listed_messages(request.passage.actor)})


def unread(request: GatedRequest) -> HttpResponse:
    return _unread(unread_answers(request.passage.actor))


def none_unread(request: GatedRequest) -> HttpResponse:
    return _unread(0)


def forget(request: GatedRequest) -> HttpResponse:
    if request.method != "POST":
        origin = request.build_absolute_uri("/").rstrip("/")
        context = {"messages": listed_messages(request.passage.actor), "origin": origin}
        return render(request, "portal/forget.html", context)
    response = render(request, "portal/forgotten.html")
    for name in (settings.CONSENT_COOKIE, settings.APP_COOKIE):
        response.delete_cookie(name)
    return response


def nothing_to_forget(request: GatedRequest) -> HttpResponse:
    return render(request, "portal/forgotten.html", {"was_unknown": True})


def _unread(number: int) -> HttpResponse:
    response = JsonResponse({"unread": number})
    response["Cache-Control"] = "no-store"
    return response
