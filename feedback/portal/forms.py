"""The form by which people write to us."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from feedback.intake.devices import device_facts
from feedback.intake.fields import WordsField
from feedback.intake.uploads import FILES_AT_MOST, CheckedFile, FileRefused, check_file
from feedback.intake.words import DEVICE, NEEDS
from feedback.tickets.models import Ticket

MESSAGE_CHARACTERS = 20_000
RELEASED_AT_MOST, RELEASED_CHARACTERS = 50, 120


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


def released_keys(given: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what names the words that their writer keeps; what no page of ours would say is ignored."""
    said = given.getlist if hasattr(given, "getlist") else lambda name: []
    taken_back = set(said("taken_back"))
    keys = dict.fromkeys(key for key in said("released") if 0 < len(key) <= RELEASED_CHARACTERS)
    return tuple(key for key in keys if key not in taken_back)[:RELEASED_AT_MOST]


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
        cleaned["kept"] = self._kept()
        cleaned["released"] = released_keys(self.data)
        cleaned["files"] = tuple(self._passed(len(cleaned["kept"])))
        return cleaned

    def _kept(self) -> tuple[int, ...]:
        """The ids of files that passed before, when the form was not right yet."""
        named = self.data.getlist("kept") if hasattr(self.data, "getlist") else []
        ids = (int(name) for name in named[:FILES_AT_MOST] if name.isdecimal() and len(name) < 20)
        return tuple(file_id for file_id in ids if file_id < 1 << 63)

    def _passed(self, kept: int) -> Iterator[CheckedFile]:
        uploads = self.files.getlist("attachments") if hasattr(self.files, "getlist") else []
        if len(uploads) + kept > FILES_AT_MOST:
            self.add_error(None, _("Five files at most, please."))
            return
        for upload in uploads:
            try:
                yield check_file(upload)
            except FileRefused as error:
                self.add_error(None, f"{upload.name}: {error}" if len(uploads) > 1 else str(error))


class FeedbackForm(FormWithFiles):
    message = WordsField(
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
    message = WordsField(max_length=MESSAGE_CHARACTERS)
    idempotency_key = forms.CharField(max_length=64)


class FileForm(FormWithFiles):
    """One file that follows its words."""

    idempotency_key = forms.CharField(max_length=64)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and len(cleaned["files"]) != 1:
            self.add_error(None, _("Send one file at a time."))
        return cleaned


class ReferenceForm(forms.Form):
    ref = forms.CharField(max_length=20)
