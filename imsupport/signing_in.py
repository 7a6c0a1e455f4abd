"""Staff signing in. Failed attempts are counted by account and by network, under keyed hashes."""

from django.contrib.auth import views as auth_views
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from consent.gate import static_page
from consent.sealing.lookups import lookup
from imsupport import counts
from imsupport.networks import network_of

WITHIN_SECONDS = 15 * 60
FAILED_OF_ACCOUNT = 10
FAILED_OF_NETWORK = 50
"""Higher: a whole office may share one."""

_page = auth_views.LoginView.as_view(template_name="accounts/login.html")


def sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        return _page(request)
    limits = {
        f"sign-in:{lookup('account', request.POST.get('username', '')).hex()}": FAILED_OF_ACCOUNT,
        f"sign-in:{lookup('network', network_of(request)).hex()}": FAILED_OF_NETWORK,
    }
    if any(counts.hits_of(key, WITHIN_SECONDS) >= most for key, most in limits.items()):
        response: HttpResponseBase = static_page("429.html", 429)
        response["Retry-After"] = str(WITHIN_SECONDS)
        return response
    response = _page(request)
    if response.status_code == 200:
        # The form again, so it failed; who gets in is led on.
        counts.hit_each(list(limits), WITHIN_SECONDS)
    return response
