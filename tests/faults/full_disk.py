"""Run as a program in a mount namespace of its own: an instance on a disk of 8 MB, used until that is full.

Prints as JSON what was answered while it was full, and what is there once there is room again.
"""

import contextlib
import json
import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

folder = Path(os.environ["DATA_DIR"])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], check=True)

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from consent.access.models import UnpurposedReason  # noqa: E402
from consent.ledger.actions import Shown, agree  # noqa: E402
from consent.ledger.models import Channel  # noqa: E402
from consent.policies.notices import Notice  # noqa: E402
from consent.sealing.actions import open_keys  # noqa: E402
from feedback.management.commands.doctor import examine  # noqa: E402
from feedback.tickets.models import Attachment, Ticket  # noqa: E402

LOG = b"call dropped\n" * 30_000


def main() -> None:
    mia = agree(Shown(Notice(version=1, language="en", body=b"<p>shown</p>"), Channel.WEB, "button:agree"))
    client = Client(raise_request_exception=False)
    client.cookies[settings.CONSENT_COOKIE] = mia.signed_token
    (folder / "room").write_bytes(bytes(2 * 1024**2))
    answered = [_send(client) for _ in range(20)]
    taken = [status for status, _page in answered if status == 302]
    _fill()
    answered += [_send(client) for _ in range(3)]
    # Enough for the keys, and not for the file.
    os.truncate(folder / "room", (2 * 1024 - 200) * 1024)
    answered += [_send(client) for _ in range(3)]
    refused = [answer for answer in answered if answer[0] != 302]
    doctor = [line for is_well, line in examine() if not is_well]
    (folder / "room").unlink()
    after, _page = _send(client)
    found = {
        "taken": len(taken),
        "refused": sorted({status for status, _page in refused}),
        "said": sorted({page for _status, page in refused}),
        "doctor": doctor,
        "after": after,
        "kept": _kept(mia.person.pk),
        "torn": sum(file.stat().st_size < len(LOG) for file in Path(settings.MEDIA_ROOT).iterdir()),
        "whole": [_is_whole(alias) for alias in connections],
    }
    print(json.dumps(found))


def _send(client: Client) -> tuple[int, str]:
    words = f"The heron button stays grey, {secrets.token_hex(4)}."
    given: dict[str, Any] = {"message": words, "idempotency_key": secrets.token_hex(8)}
    response = client.post("/feedback/", {**given, "attachments": SimpleUploadedFile("call.log", LOG)})
    return response.status_code, response.content.decode()


def _fill() -> None:
    with (folder / "filler").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(4096)):
            pass


def _kept(person_id: int) -> int:
    """Return how many tickets are there whole: with a key that opens them and the file that came with them."""
    tickets = Ticket.objects.unpurposed(UnpurposedReason.MAINTENANCE).filter(person_id=person_id)
    files = {file.ticket_id: file for file in Attachment.objects.unpurposed(UnpurposedReason.MAINTENANCE)}
    keys = open_keys(ticket.opening.sealed.key_id for ticket in tickets)
    media = Path(settings.MEDIA_ROOT)
    return sum(
        ticket.opening.sealed.key_id in keys and (media / files[ticket.pk].stored_as).stat().st_size > len(LOG)
        for ticket in tickets
    )


def _is_whole(alias: str) -> bool:
    with connections[alias].cursor() as cursor:
        return bool(cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",))


for alias in connections:
    call_command("migrate", database=alias, verbosity=0)
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
setup_test_environment()
sys.exit(main())
