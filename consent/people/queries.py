"""What is known of a mailbox without knowing whose it is."""

from consent.people.models import Identifier, QuietMailbox
from imsupport import clock


def is_quiet(address: Identifier) -> bool:
    """Say whether no automatic mail goes to the mailbox of this address, whoever gives it."""
    return QuietMailbox.objects.filter(lookup=bytes(address.lookup), until__gte=clock.now().date()).exists()
