"""Feedback: what happens to words."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "feedback"
