"""Takes one mail from an MTA's pipe: exit 0 once it is done durably, else what makes the MTA keep or bounce it."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from feedback.inbox.actions import NotTaken, receive

EX_UNAVAILABLE, EX_TEMPFAIL = 69, 75
"""Of sysexits.h: the first makes an MTA bounce the mail, so that its writer knows; the second makes it try later."""
BYTES_AT_MOST = 30 * 1024 * 1024


class Command(BaseCommand):
    help = "One raw mail on stdin. One that says STOP, in answer to a mail of ours, stops mails to that address."

    def handle(self, *args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read(BYTES_AT_MOST + 1)
        if len(raw) > BYTES_AT_MOST:
            self._leave("the mail is too large", EX_UNAVAILABLE)
        try:
            receive(raw)
        except NotTaken as refusal:
            self._leave(str(refusal), EX_UNAVAILABLE)
        except (DatabaseError, OSError) as error:
            self._leave(f"not now: {type(error).__name__}", EX_TEMPFAIL)

    def _leave(self, said: str, code: int) -> None:
        self.stderr.write(said)
        raise SystemExit(code)
