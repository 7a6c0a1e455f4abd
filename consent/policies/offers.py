"""Which optional uses a version offers, in which words: its own, or ours in the reader's language."""

from dataclasses import dataclass

from django.utils.functional import Promise

from consent.policies.models import PurposeInVersion
from consent.purposes import OPTIONAL_USES, Purpose

_USES = {use.purpose: use for use in OPTIONAL_USES}


@dataclass(frozen=True)
class Offer:
    """One optional use, as a version words it."""

    purpose: Purpose
    title: str | Promise
    sentence: str | Promise
    example: str | Promise
    uses: str | Promise
    kept: str | Promise
    recipients: str


def offers_of(version: int) -> list[Offer]:
    """Return what a version offers, in the order in which uses are always shown; one query."""
    rows = {row.purpose: row for row in PurposeInVersion.objects.filter(version_id=version)}
    return [_offer(rows[purpose]) for purpose in _USES if purpose in rows]


def offered(version: int) -> frozenset[Purpose]:
    """Return the purposes that a version offers."""
    return frozenset(offer.purpose for offer in offers_of(version))


def _offer(row: PurposeInVersion) -> Offer:
    own = _USES[Purpose(row.purpose)]
    # An example of ours beside a sentence of theirs might say another thing.
    example = "" if row.sentence else own.example
    return Offer(
        own.purpose,
        own.title,
        row.sentence or own.sentence,
        example,
        row.uses or own.uses,
        row.kept or own.kept,
        row.recipients,
    )
