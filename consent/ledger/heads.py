"""The hourly head: the chain's end, the tree's root and a digest of all access events, signed: a cut tail shows."""

import hashlib
from datetime import UTC, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet

from consent.ledger.chain import GENESIS
from consent.ledger.models import LedgerHead, SignedHead
from consent.ledger.pages import in_pages
from consent.ledger.signing import canonical_json, is_signed, sign
from consent.ledger.tiles import complete_tiles, root_at
from imsupport import clock
from imsupport.ids import id_at

# Ids are made before their rows are committed; what is younger than this waits for the next head.
SETTLING = timedelta(minutes=5)
EVERY = timedelta(hours=1)
A_WEEK = 7 * 24
_NO_EVENTS = "0" * 64
_ACCESS_COLUMNS = ("id", "act", "actor_kind", "actor_id", "purpose", "place", "subject_id", "persons")


def sign_head() -> SignedHead:
    """Sign the head as it stands, with all settled access events. Needs a transaction: the head is locked."""
    chain = LedgerHead.objects.select_for_update().filter(pk=1).first()
    before = SignedHead.objects.order_by("-pk").first()
    now = clock.now()
    settled = id_at(now - SETTLING)
    size = chain.size if chain else 0
    complete_tiles(size)
    head = SignedHead(
        size=size,
        hash=bytes(chain.hash if chain else GENESIS).hex(),
        root=root_at(size).hex(),
        access_until=max(settled, before.access_until if before else 0),
        signed_at=now,
    )
    head.access_count, head.access_hash = access_digest(before, head.access_until)
    head.key_id, head.signature = sign(signed_content(head))
    head.save(force_insert=True)
    return head


def signed_content(head: SignedHead) -> bytes:
    """Return the bytes that a head's signature covers."""
    return canonical_json(published(head))


def published(head: SignedHead) -> dict[str, Any]:
    """Return what a head says, as it is published; ids are texts because JSON's numbers end at 2**53."""
    root = {"root": head.root} if head.root else {}
    return {
        **root,
        "size": head.size,
        "hash": head.hash,
        "access_until": str(head.access_until),
        "access_count": head.access_count,
        "access_hash": head.access_hash,
        "signed_at": head.signed_at.astimezone(UTC).isoformat(timespec="microseconds"),
    }


def newest() -> SignedHead | None:
    """Return the last head signed, or None before the first."""
    return SignedHead.objects.order_by("-pk").first()


def first_head_over(seq: int) -> SignedHead | None:
    """Return the first signed head whose tree has event number `seq`, or None within the hour in which it came."""
    return SignedHead.objects.filter(size__gte=seq).exclude(root="").order_by("size", "pk").first()


def newest_heads(before_size: int | None) -> list[SignedHead]:
    """Return the newest heads, at most a week of them; `before_size` leaves out those of that size and beyond."""
    rows = SignedHead.objects.order_by("-pk")
    return list((rows if before_size is None else rows.filter(size__lt=before_size))[:A_WEEK])


def is_due() -> bool:
    """Say whether no head is younger than an hour."""
    last = newest()
    return last is None or last.signed_at <= clock.now() - EVERY


def is_genuine(head: SignedHead) -> bool:
    """Say whether a head's columns are those that we signed."""
    return is_signed(signed_content(head), head.key_id, head.signature)


def access_digest(before: SignedHead | None, until: int) -> tuple[int, str]:
    """Return how many access events there are up to an id, and their digest, going on from an earlier head."""
    count, start = (before.access_count, before.access_until) if before else (0, 0)
    digest = hashlib.sha256(bytes.fromhex(before.access_hash if before else _NO_EVENTS))
    for event in in_pages(_access_events().filter(id__lte=until), "id", after=start):
        row = {name: getattr(event, name) for name in _ACCESS_COLUMNS}
        row["at"] = event.at.astimezone(UTC).isoformat(timespec="microseconds")
        row["fold"] = bytes(event.fold).hex()
        digest.update(canonical_json(row) + b"\n")
        count += 1
    return count, digest.hexdigest()


def _access_events() -> QuerySet[Any]:
    """Return the access events; by name, because their room stands on this one."""
    model: type[Model] = apps.get_model("consent", "AccessEvent")
    return model._default_manager.all()
