"""The form by which people write to us."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from feedback.intake.devices import device_facts
from feedback.intake.uploads import FILES_AT_MOST, CheckedFile, FileRefused, check_file
from feedback.intake.words import DEVICE
from feedback.intake.words import NEEDS as NEEDS
from feedback.tickets.models import Ticket

MESSAGE_CHARACTERS = 20_000


@dataclass(frozen=True)
class Fact:
    """A fact about the device as the form shows it, with its own switch."""

    key: str
    label: str
    value: str
    is_shared: bool = True


def offered(device: Mapping[str, str]) -> list[Fact]:
    """Return the facts that would be sent, each switched on and shown."""
    return [Fact(key, str(label), device[key]) for key, label in DEVICE if key in device]


def every(said: Iterable[Fact]) -> list[Fact]:
    """Return a fact of every kind; those nobody has said are empty, so that an app's own page may say them."""
    known = {fact.key: fact for fact in said}
    return [known.get(key) or Fact(key, str(label), "") for key, label in DEVICE]


def posted(given: Mapping[str, Any]) -> list[Fact]:
    """Return the facts as they came back, with the switches as they were set."""
    device = device_facts({key: given.get(f"device_{key}", "") for key, _label in DEVICE})
    return [replace(fact, is_shared=given.get(f"share_{fact.key}", "on") == "on") for fact in offered(device)]


class _SharedFields(dict[str, forms.Field]):
    """Fields that no form changes, so that its forms need no copies of them; copying took most of reading a form."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "_SharedFields":
        return _SharedFields(self)


class FormWithFiles(forms.Form):
    is_too_large = False

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Return the form of a request; files of one that is too large were never read."""
        filled = cls(request.POST, request.FILES)
        filled.is_too_large = int(request.headers.get("Content-Length") or 0) > settings.UPLOAD_BYTES_MAX
        return filled

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.is_too_large:
            self.add_error(None, _("Everything together may have 15 megabytes. Send fewer or smaller files."))
        try:
            cleaned["files"] = self._checked_files()
        except FileRefused as error:
            self.add_error(None, str(error))
        return cleaned

    def _checked_files(self) -> tuple[CheckedFile, ...]:
        uploads = self.files.getlist("attachments") if hasattr(self.files, "getlist") else []
        if len(uploads) > FILES_AT_MOST:
            raise FileRefused("Five files at most, please.")
        return tuple(check_file(upload) for upload in uploads)


class FeedbackForm(FormWithFiles):
    message = forms.CharField(
        max_length=MESSAGE_CHARACTERS,
        strip=True,
        error_messages={
            "required": _("Write what is wrong or what you would like. One sentence is enough."),
            "max_length": _("This is too long: 20,000 characters is the most. Nothing of it was kept."),
        },
    )
    topic = forms.ChoiceField(choices=Ticket.Topic.choices, required=False, initial=Ticket.Topic.OTHER)
    name = forms.CharField(max_length=80, required=False)
    email = forms.EmailField(
        max_length=200,
        required=False,
        error_messages={"invalid": _("This does not look like an e-mail address. Leave it empty if you have none.")},
    )
    subject = forms.CharField(max_length=120, required=False)
    needs = forms.MultipleChoiceField(choices=NEEDS, required=False)
    idempotency_key = forms.CharField(max_length=64, required=False)
    website = forms.CharField(required=False)
    shown_at = forms.CharField(max_length=100, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["idempotency_key"] = cleaned.get("idempotency_key") or secrets.token_urlsafe(16)
        cleaned["topic"] = cleaned.get("topic") or Ticket.Topic.OTHER
        cleaned["device"] = {fact.key: fact.value for fact in posted(self.data) if fact.is_shared}
        return cleaned


FeedbackForm.base_fields = _SharedFields(FeedbackForm.base_fields)


class ReplyForm(FormWithFiles):
    message = forms.CharField(max_length=MESSAGE_CHARACTERS)
    idempotency_key = forms.CharField(max_length=64)


class ReferenceForm(forms.Form):
    ref = forms.CharField(max_length=20)
