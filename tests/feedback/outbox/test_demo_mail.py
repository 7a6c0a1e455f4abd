from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from consent.ledger.actions import Agreed
from feedback.outbox import letters
from feedback.outbox.tasks import dispatch_due
from tests.feedback.outbox.conftest import Write

PLACE = "/demo/mail/"


@pytest.fixture(autouse=True)
def _caught_in_files(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"


def test_mails_are_shown_by_recipient_with_links_and_without_markup(
    mia: Agreed, write: Write, client_for: Callable[..., Client]
) -> None:
    link = "https://help.example/feedback/abc/"
    write(mia, letters.answer(ref="IM-7K3QX2M", link=link, words="<script>alert(1)</script>", language="en"))
    write(mia, letters.acknowledgement(ref="IM-7K3QX2N", link=link, language="en"))
    dispatch_due()

    page = client_for().get(PLACE).content.decode()

    assert page.count("To mia@example.org") == 1
    assert "An answer to your message (IM-7K3QX2M)" in page
    assert "We have your message (IM-7K3QX2N)" in page
    assert f'<a href="{link}"' in page
    assert "<script>alert" not in page


def test_several_mails_in_one_file_are_all_shown(
    mia: Agreed, write: Write, client_for: Callable[..., Client], settings: Any
) -> None:
    for number in range(3):
        write(mia, letters.acknowledgement(ref=f"IM-{number}", link="https://help.example/", language="en"))
    dispatch_due()
    files = list(settings.EMAIL_FILE_PATH.glob("*.log"))
    together = b"".join(path.read_bytes() for path in files)
    for path in files:
        path.unlink()
    (settings.EMAIL_FILE_PATH / "one.log").write_bytes(together)

    page = client_for().get(PLACE).content.decode()

    assert all(f"IM-{number}" in page for number in range(3))


def test_an_empty_catcher_says_so(client_for: Callable[..., Client]) -> None:
    assert "No mail has been sent yet" in client_for().get(PLACE).content.decode()


def test_the_catcher_is_shut_outside_the_demo(client_for: Callable[..., Client], settings: Any) -> None:
    settings.DEMO = False

    assert client_for().get(PLACE).status_code == 404


def test_the_catcher_is_shut_to_other_machines(client_for: Callable[..., Client]) -> None:
    assert client_for().get(PLACE, REMOTE_ADDR="192.0.2.7").status_code == 404
