"""Face for Django alone: the models of every room."""

from consent.access.models import AccessEvent, Acknowledgement, GateDenial
from consent.disclosures.models import Disclosure, DisclosureAct, Egress, Recipient
from consent.ledger.models import (
    ConsentEvent,
    ConsentState,
    EndedDisclosing,
    LedgerHead,
    SignedHead,
    StateComparison,
    TreeTile,
)
from consent.people.models import Identifier, Person, QuietMailbox
from consent.policies.models import (
    Notice,
    NoticesServed,
    OperatorFacts,
    PolicyDraft,
    PolicyText,
    PolicyVersion,
    PurposeInVersion,
)
from consent.sealing.models import DestroyedKey, Key, LedgerMark

__all__ = [
    "AccessEvent",
    "Acknowledgement",
    "ConsentEvent",
    "ConsentState",
    "DestroyedKey",
    "Disclosure",
    "DisclosureAct",
    "Egress",
    "EndedDisclosing",
    "GateDenial",
    "Identifier",
    "Key",
    "LedgerHead",
    "LedgerMark",
    "Notice",
    "NoticesServed",
    "OperatorFacts",
    "Person",
    "PolicyDraft",
    "PolicyText",
    "PolicyVersion",
    "PurposeInVersion",
    "QuietMailbox",
    "Recipient",
    "SignedHead",
    "StateComparison",
    "TreeTile",
]
