"""The doors of this room."""

from django.urls import path

from consent.gate import Who, gated
from consent.purposes import Purpose
from feedback.dashboards import allowed, views

app_name = "dashboards"
urlpatterns = [
    gated(path("manage/consent/", views.consent, name="consent"), Who.MANAGER, Purpose.PROOF),
    gated(path("manage/consent/allowed/", allowed.allowed, name="allowed"), Who.MANAGER, Purpose.PROOF),
    gated(path("manage/consent/<slug:key>.csv", views.numbers, name="numbers"), Who.MANAGER, Purpose.PROOF),
]
