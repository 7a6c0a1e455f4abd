"""Periodic work of the ledger."""

from django.db import transaction

from consent.ledger import heads
from consent.purposed import purposed_task
from consent.purposes import Purpose


@purposed_task(Purpose.PROOF, name="ledger.sign_head")
def sign_head() -> None:
    """Sign the head once an hour; run more often, because the beat forgets its hours whenever it starts anew."""
    if heads.is_due():
        with transaction.atomic():
            heads.sign_head()
