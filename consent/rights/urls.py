"""The doors of this room."""

from django.urls import path

from consent.gate import Who, gated
from consent.purposes import Purpose
from consent.rights import views

app_name = "rights"
urlpatterns = [
    gated(
        path("privacy/", views.overview, name="overview"),
        Who.KNOWN,
        Purpose.RIGHTS,
        refused=views.overview_for_strangers,
    ),
    gated(path("privacy/export/", views.export, name="export"), Who.KNOWN, Purpose.RIGHTS),
]
