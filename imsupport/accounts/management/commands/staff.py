"""Makes the first real accounts, lets people back in by a link that works once, keeps out who left, fills teams."""

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

_TEAM_CHARACTERS = 60


class Command(BaseCommand):
    help = (
        "staff add EMAIL --role agent|manager|admin, staff reset EMAIL, staff deactivate EMAIL, staff activate EMAIL, "
        "staff join EMAIL TEAM, staff leave EMAIL TEAM"
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        add = acts.add_parser("add")
        add.add_argument("email")
        add.add_argument("--role", required=True, choices=User.Role.values)
        add.add_argument("--name", default="")
        for act in ("reset", "deactivate", "activate"):
            acts.add_parser(act).add_argument("email")
        for act in ("join", "leave"):
            moving = acts.add_parser(act)
            moving.add_argument("email")
            moving.add_argument("team")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "deactivate":
            _named(options["email"]).set_active(False)
            return
        if options["act"] in ("join", "leave"):
            self._move(options)
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

    def _move(self, options: dict[str, Any]) -> None:
        """Put somebody into a team, which is made when there is none of the name, or take them out of it."""
        teams, name = _named(options["email"]).teams, options["team"].strip()
        if options["act"] == "leave":
            teams.remove(*teams.filter(name=name))
        elif not 0 < len(name) <= _TEAM_CHARACTERS:
            raise CommandError(f"a team's name has 1 to {_TEAM_CHARACTERS} characters")
        else:
            teams.add(teams.model.objects.get_or_create(name=name)[0])
        self.stdout.write(f"teams of {options['email']}: {', '.join(teams.values_list('name', flat=True)) or 'none'}")

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
