"""Coming from a host app, and saying that one is not who the app takes one for."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from consent.gate import GatedRequest
from feedback.portal.entering import SESSION_SECONDS, NotAdmitted, exchange, is_own_repeat, written


@csrf_exempt
def enter(request: GatedRequest) -> HttpResponse:
    response = _to_form()
    token = request.POST.get("token", "")
    try:
        told = exchange(token)
    except NotAdmitted:
        # The plain form, not the one of whoever came in before; only a repeat goes on.
        if settings.APP_COOKIE in request.COOKIES and not is_own_repeat(request, token):
            response.delete_cookie(settings.APP_COOKIE)
        return response
    # What a person chose here themselves stands above what the app takes for their language.
    if told["language"] and settings.LANGUAGE_COOKIE not in request.COOKIES:
        response = _to_form(f"?lang={told['language']}")
    response.set_cookie(
        settings.APP_COOKIE,
        written(told),
        max_age=SESSION_SECONDS,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def _to_form(asked: str = "") -> HttpResponse:
    return HttpResponseRedirect(reverse("portal:form") + asked, status=303)


def not_me(request: GatedRequest) -> HttpResponse:
    response = HttpResponseRedirect(reverse("portal:form"))
    response.delete_cookie(settings.APP_COOKIE)
    return response
