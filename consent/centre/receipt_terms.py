"""What a receipt says, as JSON-LD: the receipt profile of ISO/IEC TS 27560 in the words of DPV 2.2.

It is computed from the event and from what stood at its time, so that facts entered later change no earlier receipt.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext as _

from consent.disclosures.queries import name_of
from consent.ledger.models import ConsentEvent
from consent.ledger.states import GIVEN, said
from consent.policies.models import OperatorFacts
from consent.policies.queries import facts_at, text_of
from consent.purposes import ON_LAW, OPTIONAL_USES, Purpose, is_disclosing, rests_on_consent, title_of

_PROFILE = "https://w3id.org/dpv/schema/dpv-27560#{}-eu-gdpr"
_CONTEXT = {
    "dct": "http://purl.org/dc/terms/",
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "pd": "https://w3id.org/dpv/pd#",
    "ims": "urn:im-support:receipt:",
}
_NOT_STATED = "not stated in policy v{}"
_DPV_PURPOSES = {
    Purpose.AGREEMENT: "dpv:RequestedServiceProvision",
    Purpose.PROVIDE: "dpv:RequestedServiceProvision",
    Purpose.MAIL: "dpv:CommunicationForCustomerCare",
    Purpose.SECURITY: "dpv:EnforceSecurity",
    Purpose.IDENTITY: "dpv:IdentityVerification",
    Purpose.UPGRADE: "dpv:TechnicalServiceProvision",
    Purpose.PROOF: "dpv:RecordManagement",
    Purpose.RIGHTS: "dpv:RightsFulfilment",
    **{use.purpose: use.dpv for use in OPTIONAL_USES},
}
_RIGHTS = ("A7-3", "A15", "A16", "A17", "A18", "A20", "A21", "A77")


def said_of_act(events: Sequence[ConsentEvent], person: str) -> dict[str, Any]:
    """Return what the receipt of one act says, naming its person by `person` alone."""
    first = events[0]
    facts = facts_at(first.occurred_at)
    return {
        "@context": _CONTEXT,
        "@type": "dpv:ConsentReceipt",
        "dct:conformsTo": _PROFILE.format("receipt"),
        "dct:identifier": str(first.act_id),
        "dct:created": written(first.occurred_at),
        "dct:language": first.language,
        "dct:description": _lines(events),
        "dct:publisher": settings.BASE_URL,
        "dpv:hasDataSubject": person,
        "dpv:hasDataController": _controller(first, facts),
        "dpv:hasNotice": _notice(first),
        "dpv:hasStorageCondition": _storage(first, facts),
        "dpv:hasJurisdiction": _stated(first, ""),
        "dpv:hasRecipient": _stated(first, facts.processors if facts else ""),
        "dpv:hasAuthority": _stated(first, facts.authority if facts else ""),
        "dpv:hasConsentControl": {"@type": "dpv:WithdrawConsent", "dpv:isExercisedAt": _at("centre:choices")},
        "dpv:hasRight": {
            "@id": [f"eu-gdpr:{article}" for article in _RIGHTS],
            "dpv:isExercisedAt": _at("rights:overview"),
        },
        "dpv:hasRecordOfActivity": [_record(event) for event in events],
    }


def written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _record(event: ConsentEvent) -> dict[str, Any]:
    return {
        "@type": "dpv:ConsentRecord",
        "dct:conformsTo": _PROFILE.format("record"),
        "dct:identifier": str(event.pk),
        "dct:language": event.language,
        "dpv:hasPurpose": {"@id": _dpv(event.purpose), "dct:identifier": event.purpose},
        "dpv:hasLegalBasis": _basis(event.purpose),
        "dpv:hasPersonalData": ["pd:Contact", "pd:Communication", "pd:DeviceSoftware"],
        "dpv:hasNecessity": "dpv:Optional" if rests_on_consent(event.purpose) else "dpv:Required",
        "dpv:hasDataSource": "dpv:DataSubjectDataSource",
        "dpv:hasProcessing": ["dpv:Collect", "dpv:Store", "dpv:Use", "dpv:Erase"],
        **_recipient(event),
        "dpv:hasConsentStatus": f"dpv:{event.status}",
        "ims:consentType": "dpv:ExpressedConsent",
        "dpv:isIndicatedAtTime": written(event.occurred_at),
        "dpv:isIndicatedBy": event.expressed_by,
        "dpv:hasIndicationMethod": event.indicated_by,
        "dpv:hasDuration": _duration(event),
        "ims:channel": event.channel,
        "ims:gpc": event.gpc,
        "ims:number": event.seq,
        "ims:hash": bytes(event.hash).hex(),
    }


def _duration(event: ConsentEvent) -> dict[str, str]:
    if event.valid_until:
        return {"@type": "dpv:UntilTimeDuration", "dct:valid": written(event.valid_until)}
    return {"@type": "dpv:UntilEventDuration", "dct:valid": "the person acts again"}


def _basis(purpose: str) -> str:
    if purpose in ON_LAW:
        return "eu-gdpr:A6-1-c"
    return "eu-gdpr:A6-1-a" if rests_on_consent(purpose) else "eu-gdpr:A6-1-b"


def _dpv(purpose: str) -> str:
    return "dpv:ThirdPartyDisclosure" if is_disclosing(purpose) else _DPV_PURPOSES[Purpose(purpose)]


def _controller(event: ConsentEvent, facts: OperatorFacts | None) -> dict[str, Any]:
    return {
        "dct:title": _stated(event, facts.name if facts else ""),
        "dpv:hasAddress": _stated(event, facts.postal_address if facts else ""),
        "dpv:hasContact": _stated(event, facts.contact if facts else ""),
    }


def _notice(event: ConsentEvent) -> dict[str, Any]:
    version = event.policy_version
    return {
        "@type": "dpv:ConsentNotice",
        "dct:language": event.language,
        "ims:sha256": event.notice_sha256,
        "ims:policy": {"dct:identifier": version, "ims:sha256": text_of(version, event.language).sha256},
    }


def _storage(event: ConsentEvent, facts: OperatorFacts | None) -> dict[str, Any]:
    months = f"P{facts.retention_months}M" if facts else ""
    return {
        "dpv:hasLocation": _stated(event, facts.storage_place if facts else ""),
        "dpv:hasDuration": _stated(event, months),
    }


def _stated(event: ConsentEvent, by_operator: str) -> dict[str, str]:
    """Say that the policy leaves something unsaid, and what the operator says of it, as the operator's word.

    No receipt holds an e-mail address, not even the operator's: of one that does the page of the policy is told.
    """
    unsaid = {"ims:policy": _NOT_STATED.format(event.policy_version)}
    value = _at("centre:policy") if "@" in by_operator else by_operator
    return {**unsaid, "ims:source": "operator", "ims:value": value} if value else unsaid


def _lines(events: Sequence[ConsentEvent]) -> list[str]:
    """Return the words to read, in the language of the act; the page shows these and its check compares them."""
    first = events[0]
    with translation.override(first.language):
        at = formats.date_format(first.occurred_at.astimezone(UTC), _("j F Y, H:i"))
        about = _("Said on %(at)s (UTC), under version %(version)s of the policy.")
        return [about % {"at": at, "version": first.policy_version}, *map(_line, events)]


def _recipient(event: ConsentEvent) -> dict[str, str]:
    """Name the third party that a permission is about; what is said of one in the register never changes."""
    return {"dpv:hasRecipient": name_of(event.purpose)} if is_disclosing(event.purpose) else {}


def _title(purpose: str) -> str:
    if is_disclosing(purpose):
        return _("Passing on to %(recipient)s") % {"recipient": name_of(purpose)}
    return title_of(purpose)


def _line(event: ConsentEvent) -> str:
    line = f"{_title(event.purpose)}: {said(event.purpose, event.status)}"
    if event.status not in GIVEN or event.valid_until is None:
        return line
    until = formats.date_format(event.valid_until.astimezone(UTC), _("j F Y"))
    return f"{line}; {_('stands until %(until)s') % {'until': until}}"


def _at(name: str) -> str:
    return settings.BASE_URL.rstrip("/") + reverse(name)
