"""The doors of this room."""

from django.urls import path

from consent.gate import Who, gated
from consent.purposes import Purpose
from feedback.outbox import views

app_name = "outbox"
urlpatterns = [gated(path("demo/mail/", views.demo_mail, name="demo-mail"), Who.DEMO, Purpose.MAIL)]
