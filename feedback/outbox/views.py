"""The demo's catcher: the mails that were sent, by recipient."""

import email
import email.policy
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from imsupport.networks import is_from_here

MOST = 100
_BETWEEN_MAILS = b"\n" + b"-" * 79 + b"\n"
"""What Django's file backend writes after each mail; one file can hold several."""


@dataclass(frozen=True)
class Caught:
    """One mail that left, as its recipient sees it."""

    to: str
    subject: str
    at: datetime | None
    text: str


def demo_mail(request: HttpRequest) -> HttpResponse:
    if not is_from_here(request):
        raise Http404
    mailboxes: dict[str, list[Caught]] = defaultdict(list)
    for mail in _newest():
        mailboxes[mail.to].append(mail)
    return render(request, "outbox/demo_mail.html", {"mailboxes": list(mailboxes.items())})


def _newest() -> list[Caught]:
    files = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
    return [mail for path in files[: -MOST - 1 : -1] for mail in reversed(list(_mails_in(path)))]


def _mails_in(path: Path) -> Iterator[Caught]:
    for raw in path.read_bytes().split(_BETWEEN_MAILS):
        message = email.message_from_bytes(raw, policy=email.policy.default)
        if not isinstance(message, EmailMessage) or "Message-ID" not in message:
            continue
        body = message.get_body(("plain",))
        date = message["Date"]
        text = body.get_content() if body is not None else ""
        yield Caught(str(message["To"]), str(message["Subject"]), date.datetime if date else None, str(text))
