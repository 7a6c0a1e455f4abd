"""Host apps whose webview opens our form: makes them, and changes their keys."""

import argparse
import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import F

from feedback.portal.entering import key_of
from feedback.portal.models import HostApp
from imsupport import clock


class Command(BaseCommand):
    help = "app add NAME, app rotate NAME: print the key with which the app signs its tokens (HS256)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("act", choices=["add", "rotate"])
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        if not re.fullmatch(r"[a-z0-9-]{2,40}", name):
            raise CommandError("a name has 2 to 40 small letters, digits and hyphens")
        known = HostApp.objects.filter(name=name)
        if options["act"] == "add":
            if known.exists():
                raise CommandError(f"{name} exists already; `app rotate` gives it a new key")
            HostApp.objects.create(name=name, created_at=clock.now())
        elif not known.update(generation=F("generation") + 1):
            raise CommandError(f"there is no app {name}")
        self.stdout.write(key_of(HostApp.objects.get(name=name)))
