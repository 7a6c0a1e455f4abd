"""What is known of a mailbox without knowing whose it is."""

from consent.people.models import Identifier, QuietMailbox
from imsupport import clock


def is_quiet(address: Identifier) -> bool:
    """Say whether no automatic mail goes to the mailbox of this address, whoever gives it.

    Its reader stopped mail to it, or it was disowned or erased of late.
    """
    same = bytes(address.lookup)
    stopped = Identifier.objects.filter(kind=address.kind, lookup=same, mail_stopped_at__isnull=False)
    return stopped.exists() or QuietMailbox.objects.filter(lookup=same, until__gte=clock.now().date()).exists()
