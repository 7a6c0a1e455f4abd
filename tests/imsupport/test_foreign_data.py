"""What a demo left behind, or was sealed with other keys, must not come up as an installation."""

import secrets
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from consent.ledger.actions import Agreed
from consent.policies.models import OperatorFacts
from consent.policies.queries import DEMO_SETUP
from consent.sealing.keys import ring
from imsupport import clock
from imsupport.checks import refuse_foreign_data


@pytest.fixture
def demo_facts() -> None:
    OperatorFacts.objects.create(app_name="Tin Can", entered_by=DEMO_SETUP, entered_at=clock.now())


@pytest.mark.usefixtures("demo_facts")
def test_a_demos_database_is_refused_outside_the_demo(settings: Any) -> None:
    settings.DEMO = False

    with pytest.raises(ImproperlyConfigured, match="holds a demo"):
        refuse_foreign_data()
    with pytest.raises(SystemCheckError, match="E005"):
        call_command("check", "--deploy", databases=["default"])


@pytest.mark.usefixtures("demo_facts")
def test_the_demo_itself_starts_on_it(settings: Any) -> None:
    settings.DEMO = True

    refuse_foreign_data()


def test_an_installations_own_database_is_taken(settings: Any) -> None:
    OperatorFacts.objects.create(app_name="Tin Can", entered_by="user 1", entered_at=clock.now())
    settings.DEMO = False

    refuse_foreign_data()


def test_what_setup_makes_of_a_demo_is_known_again(settings: Any) -> None:
    settings.DEMO = True
    call_command("setup", tickets=1)
    settings.DEMO = False

    with pytest.raises(ImproperlyConfigured, match="holds a demo"):
        refuse_foreign_data()


def _other_ring(settings: Any, name: str) -> None:
    settings.SEALING_KEYS = f"{name}:{secrets.token_urlsafe(32)}"


@pytest.mark.parametrize("name", ["same name", "other"])
def test_a_ring_that_opens_nothing_of_what_is_stored_is_refused(name: str, mia: Agreed, settings: Any) -> None:
    _other_ring(settings, ring().active_id if name == "same name" else name)

    with pytest.raises(ImproperlyConfigured, match="SEALING_KEYS does not open"):
        refuse_foreign_data()


def test_an_older_key_may_follow_a_new_one(mia: Agreed, settings: Any) -> None:
    settings.SEALING_KEYS = f"new:{secrets.token_urlsafe(32)},{settings.SEALING_KEYS}"

    refuse_foreign_data()


def test_any_ring_does_for_an_empty_store(settings: Any) -> None:
    _other_ring(settings, "first")

    refuse_foreign_data()
