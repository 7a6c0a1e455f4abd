"""Run as a program in an instance's own environment: writes mails to one person and prints their ids as JSON."""

import json
import sys

import django

django.setup()

from consent.ledger.actions import Shown, agree  # noqa: E402
from consent.ledger.models import Channel  # noqa: E402
from consent.people.actions import keep_identifier  # noqa: E402
from consent.people.models import Identifier  # noqa: E402
from consent.policies.notices import Notice  # noqa: E402
from consent.sealing.actions import make_data_keys  # noqa: E402
from feedback.outbox import letters  # noqa: E402
from feedback.outbox.actions import Posting, enqueue  # noqa: E402
from imsupport import clock  # noqa: E402
from imsupport.ids import new_id  # noqa: E402


def main(count: int) -> None:
    mia = agree(Shown(Notice(version=1, language="en", body=b"<p>shown</p>"), Channel.WEB, "button:agree"))
    written = {}
    for number, key in enumerate(make_data_keys(mia.person.pk, count)):
        value = f"mia+{number}@example.org"
        address = keep_identifier(
            person_id=mia.person.pk,
            kind=Identifier.Kind.EMAIL,
            value=value,
            policy_version=1,
            verified_at=clock.now(),
        )
        posting = Posting(mia.person.pk, 1, address, new_id(), new_id())
        letter = letters.answer(
            ref="IM-7K3QX2M", link="https://help.example/", words=f"Answer {number}.", language="en"
        )
        written[value] = enqueue(letter, posting=posting, key=key).message_id
    json.dump(written, sys.stdout)


main(int(sys.argv[1]))
