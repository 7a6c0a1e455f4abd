"""What answers a form of staff that nobody signed in sent: the words go back to whoever typed them, none is kept."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode


def signed_out(request: HttpRequest) -> HttpResponse:
    """Say that nothing was sent, show what was typed, and lead by the sign-in back to where it was."""
    came_from = urlsplit(request.headers.get("Referer", "")).path
    sign_in = f"{settings.LOGIN_URL}?{urlencode({'next': came_from})}" if came_from else settings.LOGIN_URL
    context = {"words": request.POST.get("words", ""), "sign_in": sign_in}
    return render(request, "centre/signed_out.html", context, status=403)
