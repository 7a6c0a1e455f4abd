"""The edge that is faked: a mail server in memory that can refuse, break off or be asked twice at once."""

from collections.abc import Callable, Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

taken: list[EmailMessage] = []
on_arrival: Callable[[EmailMessage], None] | None = None


class Backend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            message.message().as_bytes()
            taken.append(message)
            if on_arrival is not None:
                on_arrival(message)
        return len(email_messages)


def message_ids() -> list[str]:
    return [message.extra_headers["Message-ID"] for message in taken]
