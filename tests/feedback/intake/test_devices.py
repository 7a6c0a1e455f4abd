import pytest

from consent.ledger.actions import Agreed
from feedback.intake.actions import Submission, submit_feedback
from feedback.intake.devices import device_facts
from feedback.management.demo_content import DEVICES
from feedback.tickets.models import Ticket


@pytest.mark.parametrize("device", DEVICES)
def test_codes_of_real_phones_are_kept(device: dict[str, str]) -> None:
    assert device_facts(device) == device


@pytest.mark.parametrize(
    "model", ["SM-A146B", "M2006C3LG", "2201117TG", "iPhone 12 mini", "iPhone14,5", "Pixel 7a", "ELE-L29", "CPH2239"]
)
def test_a_model_code_is_kept(model: str) -> None:
    assert device_facts({"model": model}) == {"model": model}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("brand", "I am deaf"),
        ("model", "iPhone of a diabetic"),
        ("model", "CANARY-7f3a"),
        ("system", "Android, and I vote green"),
        ("app_version", "4.2.1 pregnant"),
        ("network", "at the mosque"),
        ("language", "en-deaf"),
        ("height", "180"),
    ],
)
def test_words_are_dropped(name: str, words: str) -> None:
    assert device_facts({name: words}) == {}


def test_no_words_reach_the_row_by_a_device_field(mia: Agreed) -> None:
    submission = Submission(
        message="Calls drop.", idempotency_key="k", device={"model": "I have diabetes", "system": "Android 10"}
    )

    submit_feedback(submission, person_id=mia.person.pk, policy_version=1)

    assert Ticket.objects.get().device == {"system": "Android 10"}
