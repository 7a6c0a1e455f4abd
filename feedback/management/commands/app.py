"""Host apps whose webview opens our form: makes them, changes their keys, lists and revokes them."""

import argparse
import json
import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from feedback.portal.entering import key_of
from feedback.portal.models import HostApp
from imsupport import clock


class Command(BaseCommand):
    help = (
        "app add NAME, app rotate NAME: print the key whose text signs the app's tokens (HS256), or take the public key"
        " of its own pair (--eddsa-key FILE, PEM or JWK). app list. app revoke NAME: keep it out until it is rotated."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        for act in ("add", "rotate", "revoke"):
            named = acts.add_parser(act)
            named.add_argument("name")
            if act != "revoke":
                named.add_argument("--eddsa-key", metavar="FILE", default="")
        acts.add_parser("list")

    def handle(self, *args: Any, **options: Any) -> None:
        act = options["act"]
        if act == "list":
            for app in HostApp.objects.order_by("name"):
                self.stdout.write(_line(app))
            return
        app = _new(options["name"]) if act == "add" else _known(options["name"])
        if act == "revoke":
            app.revoke()
            return
        public_key = _public_key(options["eddsa_key"]) if options["eddsa_key"] else ""
        if act == "add":
            app.public_key = public_key
            app.save()
        else:
            app.rotate(public_key)
        self.stdout.write(_line(app) if app.public_key else key_of(app))


def _new(name: str) -> HostApp:
    if not re.fullmatch(r"[a-z0-9-]{2,40}", name):
        raise CommandError("a name has 2 to 40 small letters, digits and hyphens")
    if HostApp.objects.filter(name=name).exists():
        raise CommandError(f"{name} exists already; `app rotate` gives it a new key")
    return HostApp(name=name, created_at=clock.now())


def _known(name: str) -> HostApp:
    app = HostApp.objects.filter(name=name).first()
    if app is None:
        raise CommandError(f"there is no app {name}")
    return app


def _line(app: HostApp) -> str:
    state = "admitted" if app.is_active else "revoked"
    if not app.public_key:
        return f"{app.name}  HS256  {state}  since {app.created_at:%Y-%m-%d}"
    return (
        f"{app.name}  EdDSA  {state}  since {app.created_at:%Y-%m-%d}  {OKPKey.import_key(app.public_key).thumbprint()}"
    )


def _public_key(path: str) -> str:
    """Return the Ed25519 public key of a file as PEM."""
    try:
        written = Path(path).read_text("utf-8").strip()
    except UnicodeDecodeError:
        written = ""
    except OSError as error:
        raise CommandError(f"{path} cannot be read") from error
    try:
        key = OKPKey.import_key(json.loads(written) if written.startswith("{") else written)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise CommandError(f"{path} holds no Ed25519 public key") from error
    if key.curve_name != "Ed25519":
        raise CommandError(f"{path} holds no Ed25519 public key")
    if key.is_private:
        raise CommandError(f"{path} holds a private key; keep it with the app, and give us the public one")
    return key.as_pem(private=False).decode()
