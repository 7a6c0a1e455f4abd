"""Consent: what we may do."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "consent"
