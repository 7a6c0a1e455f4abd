"""The demo's host app: a pretended screen of an app that hands a person over to our form, as real ones do."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from joserfc import jwt
from joserfc.jwk import OctKey

from feedback.portal.entering import TOKEN_SECONDS, key_of
from feedback.portal.models import HostApp
from imsupport import clock
from imsupport.networks import is_from_here

APP_NAME = "demo-app"
_SIGNED_ANEW_SECONDS = TOKEN_SECONDS - 10


def demo_app(request: HttpRequest) -> HttpResponse:
    if not is_from_here(request):
        raise Http404
    response = render(request, "portal/demo_app.html", {"token": _token()})
    # A token lives for a minute: the page is drawn again before, so that the button always works.
    response["Refresh"] = str(_SIGNED_ANEW_SECONDS)
    return response


def _token() -> str:
    """Return what a host app's server would sign: who the person is there, and what their phone is."""
    app, _is_new = HostApp.objects.get_or_create(name=APP_NAME, defaults={"created_at": clock.now()})
    claims = {
        "iss": app.name,
        "aud": settings.BASE_URL,
        "exp": int((clock.now() + timedelta(seconds=TOKEN_SECONDS)).timestamp()),
        "jti": secrets.token_urlsafe(16),
        "name": "Amal",
        "email": "amal@demo.test",
        "email_verified": True,
        "device": {
            "brand": "Xiaomi",
            "model": "Redmi 9A",
            "system": "Android 10",
            "app_version": "4.2.0",
            "network": "4g",
            "language": "en",
        },
    }
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(key_of(app)))
