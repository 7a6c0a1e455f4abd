"""What is written in the clear about persons: a closed list. A new column is sealed, or put on it with a reason."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from consent.access.models import PersonalModel, UnpurposedReason
from consent.people.models import Identifier, Person
from consent.sealing.fields import SealedField
from feedback.stripping import StaffText, StrippedText
from feedback.tickets.words import Words

CODES = "a code from a closed list of the house"
IN_THE_CLEAR = {
    "consent.ConsentEvent.app_id": "the host app's name",
    "consent.ConsentEvent.channel": CODES,
    "consent.ConsentEvent.expressed_by": CODES,
    "consent.ConsentEvent.indicated_by": "the control that was pressed, named by us",
    "consent.ConsentEvent.language": CODES,
    "consent.ConsentEvent.notice_sha256": "the hash of our own notice",
    "consent.ConsentEvent.purpose": CODES,
    "consent.ConsentEvent.status": CODES,
    "consent.ConsentState.purpose": CODES,
    "consent.ConsentState.status": CODES,
    "consent.Disclosure.actor_kind": CODES,
    "consent.Disclosure.parts": CODES,
    "consent.Disclosure.purpose": "the short name of a recipient",
    "consent.DisclosureAct.act": CODES,
    "consent.DisclosureAct.code": "our code for it, never the recipient's words",
    "consent.DisclosureAct.payload_sha256": "the hash of what left, which no stored row holds in the clear",
    "consent.Egress.actor_kind": CODES,
    "consent.Egress.kind": CODES,
    "consent.EndedDisclosing.purpose": "the short name of a recipient",
    "consent.AccessEvent.act": CODES,
    "consent.AccessEvent.actor_kind": CODES,
    "consent.AccessEvent.persons": "pseudonyms",
    "consent.AccessEvent.place": "a route or task of the house",
    "consent.AccessEvent.purpose": CODES,
    "consent.Identifier.kind": CODES,
    "feedback.OutgoingMail.failure": "our code for it, never the server's words",
    "feedback.OutgoingMail.kind": CODES,
    "feedback.OutgoingMail.message_id": "random",
    "feedback.OutgoingMail.purpose": CODES,
    "feedback.OutgoingMail.state": CODES,
    "feedback.Ticket.app_id": "the host app's name",
    "feedback.Ticket.channel": CODES,
    "feedback.Ticket.device": "codes from closed lists of brands, models and systems",
    "feedback.Ticket.language": CODES,
    "feedback.Ticket.ref": "random",
    "feedback.Ticket.state": CODES,
    "feedback.Ticket.suspicions": CODES,
    "feedback.Ticket.tags": "words from the managers' list",
    "feedback.Ticket.topic": CODES,
    "feedback.Message.kind": CODES,
    "feedback.Attachment.content_type": "one of the types that we accept",
    "feedback.Attachment.stored_as": "random",
    "feedback.KeptFile.content_type": "one of the types that we accept",
    "feedback.KeptFile.stored_as": "random",
    "feedback.Event.actor_kind": CODES,
    "feedback.Event.after": "states, priorities, tags, teams and agents; never words",
    "feedback.Event.before": "states, priorities, tags, teams and agents; never words",
    "feedback.Event.kind": CODES,
}
SEALED = {
    "consent.Identifier.value",
    "feedback.OutgoingMail.letter",
    "feedback.Ticket.subject",
    "feedback.Ticket.sender_name",
    "feedback.Ticket.opening",
    "feedback.Ticket.needs",
    "feedback.Ticket.left_out",
    "feedback.Message.text",
    "feedback.Message.marks",
    "feedback.Attachment.name",
    "feedback.Attachment.left_out",
    "feedback.KeptFile.name",
    "feedback.KeptFile.left_out",
}
ABOUT_NOBODY = {
    *("SignedHead", "LedgerHead", "LedgerMark", "GateDenial", "Acknowledgement", "PolicyVersion", "PolicyText"),
    *("OperatorFacts", "Notice", "NoticesServed", "Key", "DestroyedKey", "HostApp", "UsedToken", "Team", "Tag"),
    *("QueueCount", "QueueChange", "StripCount", "QuietMailbox", "SpentKey", "StateComparison", "TreeTile"),
    *("PolicyDraft", "PurposeInVersion", "Recipient"),
}
"""Models without a word or address of a person: counts, keys, our own texts, names of staff's things."""


def test_no_new_column_about_a_person_is_in_the_clear() -> None:
    readable = (models.CharField, models.TextField, models.JSONField, models.GenericIPAddressField, models.FileField)
    clear = {name for name, field in _columns() if isinstance(field, readable)}

    assert clear == set(IN_THE_CLEAR)


def test_what_identifies_or_quotes_a_person_is_sealed() -> None:
    assert {name for name, field in _columns() if isinstance(field, SealedField)} == SEALED


def test_labels_of_sealed_columns_are_not_used_twice() -> None:
    # A kept file is sealed as the attachment of the same id, which it becomes.
    sealed = (
        field for name, field in _columns() if isinstance(field, SealedField) and "feedback.KeptFile." not in name
    )
    labels = [field.label for field in sealed]

    assert len(labels) == len(set(labels))
    assert all(labels)


def test_models_about_nobody_hold_nothing_sealed_and_stand_on_a_list() -> None:
    names = {model.__name__ for model in apps.get_models() if model._meta.app_label in ("consent", "feedback")}
    listed = {name.split(".")[1] for name in (*IN_THE_CLEAR, *SEALED)} | {Person.__name__}

    assert names == listed | ABOUT_NOBODY
    assert not listed & ABOUT_NOBODY


def test_every_row_with_sealed_words_carries_a_stamp() -> None:
    holders = {field.model for _name, field in _columns() if isinstance(field, SealedField)}

    assert {model for model in holders if not issubclass(model, PersonalModel)} == {Identifier}


def test_rows_are_fetched_without_a_purpose_for_a_closed_list_of_reasons() -> None:
    assert set(UnpurposedReason.values) == {
        "maintenance",
        "verification",
        "erasure",
        "delivery claim",
        "figures",
        "own withdrawn rows",
        "named by a purposed query in the same statement",
    }


def test_a_message_accepts_two_kinds_of_words() -> None:
    assert StrippedText | StaffText == Words


def _columns() -> Iterator[tuple[str, models.Field]]:  # type: ignore[type-arg]
    for model in apps.get_models():
        if model._meta.app_label in ("consent", "feedback") and model.__name__ not in ABOUT_NOBODY:
            for field in model._meta.local_concrete_fields:
                yield f"{model._meta.app_label}.{model.__name__}.{field.name}", field
