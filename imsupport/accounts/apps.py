"""Staff accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "imsupport.accounts"
    label = "accounts"
