"""Brings an instance up to date; in the demo it also makes the demo's staff and a first month of life."""

import argparse
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from consent.centre.first_facts import UnreadableFacts, enter_first_facts
from consent.ledger.models import LedgerHead
from consent.policies.models import OperatorFacts
from consent.policies.queries import DEMO_SETUP
from feedback.management.upgrade_copy import copied_while_migrating
from feedback.tickets.models import Tag, Team
from feedback.tickets.opening import SAFETY_TEAM
from imsupport import clock
from imsupport.accounts.models import User
from imsupport.env import kept, secret

STAFF = (
    ("ada@demo.test", "Ada Obi", User.Role.AGENT, ("Calls", SAFETY_TEAM)),
    ("grace@demo.test", "Grace Lim", User.Role.AGENT, ("Accounts",)),
    ("max@demo.test", "Max Weber", User.Role.MANAGER, ()),
    ("root@demo.test", "Root Admin", User.Role.ADMIN, ()),
)
TAGS = ("audio", "billing", "captions", "crash", "dual-sim", "feature", "login", "ringtone")


class Command(BaseCommand):
    help = "Migrate both databases, collect static files and, in the demo, make its staff and content."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--tickets", type=int, default=40, help="demo tickets on the first start")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.DEMO:
            (settings.DATA_DIR / "demo").touch()
        with copied_while_migrating() as copies:
            for copy in copies:
                self.stdout.write(f"Copied to {copy} before migrating")
            call_command("migrate", verbosity=0)
            call_command("migrate", database="keys", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        self._enter_first_facts()
        if settings.DEMO:
            self._prepare_demo(options["tickets"])

    def _enter_first_facts(self) -> None:
        try:
            if settings.OPERATOR_FILE and enter_first_facts(Path(settings.OPERATOR_FILE)):
                self.stdout.write("Kept the operator's facts of OPERATOR_FILE")
        except UnreadableFacts as reason:
            raise CommandError(str(reason)) from reason

    def _prepare_demo(self, tickets: int) -> None:
        password = secret("DEMO_PASSWORD") or kept(settings.DATA_DIR / "demo-password", _new_password)
        _make_staff(password)
        _enter_demo_facts()
        if not LedgerHead.objects.exists():
            self.stdout.write("Writing a first month of demo content …")
            call_command("seed_demo", tickets=tickets, verbosity=0)
        self.stdout.write(f"\n  {settings.BASE_URL}/            the form, as a person sees it")
        self.stdout.write(f"  {settings.BASE_URL}/demo/app/   an app that opens the form prefilled")
        self.stdout.write(f"  {settings.BASE_URL}/desk/       ada@demo.test, grace@demo.test (agents)")
        self.stdout.write(f"  {settings.BASE_URL}/manage/consent/  max@demo.test (manager)")
        self.stdout.write(f"  {settings.BASE_URL}/manage/operator/ root@demo.test (admin), max@demo.test")
        self.stdout.write(f"  {settings.BASE_URL}/demo/mail/  the mails that were sent")
        self.stdout.write(f"  password: {password}\n")


def _new_password() -> str:
    return "-".join(secrets.token_hex(3) for _ in range(4))


def _make_staff(password: str) -> None:
    for email, name, role, teams in STAFF:
        user = User.objects.filter(email=email).first() or User.objects.create_user(email, name=name, role=role)
        if not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])
        for team in teams:
            Team.objects.get_or_create(name=team)[0].members.add(user)
    for tag in TAGS:
        Tag.objects.get_or_create(name=tag)


def _enter_demo_facts() -> None:
    if OperatorFacts.objects.exists():
        return
    now = clock.now()
    OperatorFacts.objects.create(
        app_name="IM Calling",
        name="IM Calling Demo Ltd",
        postal_address="12 Harbour Street, 20457 Hamburg, Germany",
        contact="privacy@im-calling.example",
        authority="The Hamburg Commissioner for Data Protection and Freedom of Information",
        storage_place="Germany",
        processors="Nobody but our own team works for us here.",
        retention_months=12,
        entered_by=DEMO_SETUP,
        entered_at=now,
        confirmed_by=DEMO_SETUP,
        effective_from=now,
    )
