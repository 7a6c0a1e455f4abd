"""Makes the first real accounts, lets somebody back in by a link that works once, and keeps out who has left."""

import argparse
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from imsupport.accounts.models import User


class Command(BaseCommand):
    help = "staff add EMAIL --role agent|manager|admin, staff reset EMAIL, staff deactivate EMAIL, staff activate EMAIL"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        add = acts.add_parser("add")
        add.add_argument("email")
        add.add_argument("--role", required=True, choices=User.Role.values)
        add.add_argument("--name", default="")
        for act in ("reset", "deactivate", "activate"):
            acts.add_parser(act).add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "deactivate":
            _named(options["email"]).set_active(False)
            return
        user = self._added(options) if options["act"] == "add" else self._let_in(options)
        uid = urlsafe_base64_encode(force_bytes(user.pk))
        path = reverse("accounts:password", args=[uid, default_token_generator.make_token(user)])
        self.stdout.write(f"{settings.BASE_URL}{path}")

    def _added(self, options: dict[str, Any]) -> User:
        email = options["email"]
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email} is not an e-mail address") from error
        if User.objects.filter(email__iexact=email).exists():
            raise CommandError(f"{email} has an account already; `staff reset` lets them in again")
        user: User = User.objects.create_user(email, name=options["name"] or email.split("@")[0], role=options["role"])
        return user

    def _let_in(self, options: dict[str, Any]) -> User:
        user = _named(options["email"])
        if options["act"] == "reset" and not user.is_active:
            raise CommandError(f"{user.email} was deactivated; `staff activate` lets them in again")
        user.set_active(True)
        return user


def _named(email: str) -> User:
    user: User | None = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise CommandError(f"{email} has no account")
    return user
