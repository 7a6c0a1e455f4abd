"""The table of doors. Each room declares its own; those of the wiring and of accounts are declared here."""

from django.contrib.auth import views as auth_views
from django.urls import include, path, re_path

from consent.gate import Who, gated
from consent.purposes import Purpose
from consent.static_pages import ErrorPage
from imsupport import signing_in, views

_accounts = [
    gated(
        path("login/", signing_in.SignIn.as_view(), name="login"),
        Who.ANYONE,
        Purpose.SECURITY,
    ),
    gated(
        path("password/<uidb64>/<token>/", signing_in.SetPassword.as_view(), name="password"),
        Who.ANYONE,
        Purpose.SECURITY,
    ),
    gated(path("logout/", auth_views.LogoutView.as_view(), name="logout"), Who.ANYONE, Purpose.SECURITY),
]

urlpatterns = [
    path("", include("feedback.portal.urls")),  # first: most requests are for the form
    gated(path("", views.front, name="front"), Who.ANYONE, Purpose.PROVIDE),
    gated(path("health/live", views.live, name="live"), Who.ANYONE, Purpose.SECURITY),
    gated(path("health/ready", views.ready, name="ready"), Who.ANYONE, Purpose.SECURITY),
    gated(path("robots.txt", views.robots, name="robots"), Who.ANYONE, Purpose.SECURITY),
    path("accounts/", include((_accounts, "accounts"))),
    path("", include("consent.centre.urls")),
    path("", include("consent.rights.urls")),
    path("", include("feedback.desk.urls")),
    path("", include("feedback.dashboards.urls")),
    path("", include("feedback.outbox.urls")),
    gated(re_path(r"^.*[^/]$", views.with_slash, name="with-slash"), Who.ANYONE, Purpose.SECURITY),
]

handler400 = ErrorPage(400)
handler403 = ErrorPage(403)
handler404 = ErrorPage(404)
handler500 = ErrorPage(500)
