"""The doors of this room."""

from django.urls import path

from consent.centre import views
from consent.gate import Who, gated
from consent.purposes import Purpose

app_name = "centre"
urlpatterns = [
    gated(path("policy/", views.policy, name="policy"), Who.ANYONE, Purpose.RIGHTS),
    gated(path("policy/<int:version>/", views.policy, name="policy-version"), Who.ANYONE, Purpose.RIGHTS),
    gated(
        path("policy/<int:older>..<int:newer>/", views.policy_difference, name="policy-difference"),
        Who.ANYONE,
        Purpose.RIGHTS,
    ),
    gated(path("consent/", views.agreement, name="agreement"), Who.ANYONE, Purpose.AGREEMENT),
    gated(
        path("consent/choices/", views.choices, name="choices"),
        Who.KNOWN,
        Purpose.RIGHTS,
        refused=views.to_agreement,
    ),
    gated(path("accounts/undertaking/", views.undertaking, name="undertaking"), Who.STAFF, Purpose.SECURITY),
    gated(path("manage/operator/", views.operator, name="operator"), Who.MANAGER_OR_ADMIN, Purpose.PROOF),
]
