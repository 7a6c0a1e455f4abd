"""Staff signing in. Failed attempts are counted by account and by network, under keyed hashes.

A browser in which somebody signed in before, or set a password by a link, is counted by itself: who fails on purpose in
somebody's name keeps strangers' browsers out, and never the one that its owner works with.
"""

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import AuthenticationForm
from django.core import signing
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from consent.centre.staff_views import HOMES
from consent.sealing.lookups import lookup
from imsupport import counts
from imsupport.networks import network_of

WITHIN_SECONDS = 15 * 60
FAILED_OF_ACCOUNT = 10
FAILED_OF_NETWORK = 50
"""Higher: a whole office may share one."""
KNOWN_BROWSER_COOKIE = "__Host-known" if settings.IS_HTTPS else "known"
KNOWN_FOR = timedelta(days=90)
_SALT = "accounts.known-browser"
_TOO_MANY = "too_many"


class SignInForm(AuthenticationForm):
    request: HttpRequest

    def clean(self) -> dict[str, Any]:
        limits = _limits(self.request, self.cleaned_data.get("username", ""))
        if any(counts.hits_of(key, WITHIN_SECONDS) >= most for key, most in limits.items()):
            raise ValidationError(
                _(
                    "Too many attempts have failed, for this account or from this connection. "
                    "Wait 15 minutes, or ask whoever runs this for a new link: it lets you in at once."
                ),
                code=_TOO_MANY,
            )
        try:
            return super().clean()
        except ValidationError:
            counts.hit_each(list(limits), WITHIN_SECONDS)
            raise


class SignIn(auth_views.LoginView):
    template_name = "accounts/login.html"
    authentication_form = SignInForm

    def get_default_redirect_url(self) -> str:
        user = self.request.user
        return HOMES[user.role] if user.is_authenticated else super().get_default_redirect_url()

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        _know_browser(response, form.get_user().get_username())
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, _TOO_MANY):
            response.status_code = 429
            response["Retry-After"] = str(WITHIN_SECONDS)
        return response


class SetPassword(auth_views.PasswordResetConfirmView):
    template_name = "accounts/password.html"
    success_url = reverse_lazy("accounts:login")

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _know_browser(response, form.user.get_username())
        return response


def _limits(request: HttpRequest, username: str) -> dict[str, int]:
    """Return how many failures each count may have that this attempt falls under."""
    account = _account(username)
    known_account, browser = _known_browser(request)
    if known_account == account:
        return {f"sign-in:{browser}": FAILED_OF_ACCOUNT}
    network = lookup("network", network_of(request)).hex()
    return {f"sign-in:{account}": FAILED_OF_ACCOUNT, f"sign-in:{network}": FAILED_OF_NETWORK}


def _account(username: str) -> str:
    return lookup("account", username).hex()


def _known_browser(request: HttpRequest) -> tuple[str, str]:
    """Return the account that this browser is known for, and its own random name; empty for a stranger's."""
    try:
        account, browser = signing.loads(request.COOKIES.get(KNOWN_BROWSER_COOKIE, ""), salt=_SALT, max_age=KNOWN_FOR)
    except signing.BadSignature:
        return "", ""
    return account, browser


def _know_browser(response: HttpResponse, username: str) -> None:
    response.set_cookie(
        KNOWN_BROWSER_COOKIE,
        signing.dumps([_account(username), secrets.token_hex(16)], salt=_SALT),
        max_age=KNOWN_FOR,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )
