"""Periodic work of the ledger."""

from django.db import transaction

from consent.ledger import comparing, heads
from consent.ledger.actions import expire
from consent.ledger.queries import people_with_lapsed_consent
from consent.purposed import purposed_task
from consent.purposes import Purpose


@purposed_task(Purpose.PROOF, name="ledger.sign_head")
def sign_head() -> None:
    """Sign the head once an hour; run more often, because the beat forgets its hours whenever it starts anew."""
    if heads.is_due():
        with transaction.atomic():
            heads.sign_head()


@purposed_task(Purpose.PROOF, name="ledger.expire")
def expire_what_lapsed() -> None:
    """Record what ended with time, so that the ledger says so and what rested on it alone is erased."""
    for person_id in people_with_lapsed_consent():
        expire(person_id)


@purposed_task(Purpose.PROOF, name="ledger.compare_states")
def compare_states() -> None:
    """Compare the fast table with the replay once a night; asked more often, as the beat forgets its hours."""
    if comparing.is_due():
        comparing.compare_states()
