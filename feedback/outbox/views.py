"""The demo's catcher: the mails that were sent, by recipient."""

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

MOST = 100


@dataclass(frozen=True)
class Caught:
    to: str
    subject: str
    date: str
    text: str


def demo_mail(request: HttpRequest) -> HttpResponse:
    if request.META.get("REMOTE_ADDR") not in ("127.0.0.1", "::1"):
        raise Http404
    newest = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log"), key=lambda path: path.stat().st_mtime_ns)[-MOST:]
    return render(request, "outbox/demo_mail.html", {"mails": [_read(path) for path in reversed(newest)]})


def _read(path: Path) -> Caught:
    raw = path.read_bytes().rsplit(b"\n-----", 1)[0]
    message = email.message_from_bytes(raw, policy=email.policy.default)
    body = message.get_body(("plain",)) if isinstance(message, EmailMessage) else None
    text = body.get_content() if body is not None else ""
    return Caught(str(message["To"]), str(message["Subject"]), str(message["Date"]), str(text))
