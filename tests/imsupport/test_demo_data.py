"""A demo's staff have a known password: what a demo left behind must not come up as an installation."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from consent.policies.models import OperatorFacts
from consent.policies.queries import DEMO_SETUP
from imsupport import clock
from imsupport.checks import refuse_demo_data


@pytest.fixture
def demo_facts() -> None:
    OperatorFacts.objects.create(app_name="Tin Can", entered_by=DEMO_SETUP, entered_at=clock.now())


@pytest.mark.usefixtures("demo_facts")
def test_a_demos_database_is_refused_outside_the_demo(settings: Any) -> None:
    settings.DEMO = False

    with pytest.raises(ImproperlyConfigured, match="holds a demo"):
        refuse_demo_data()
    with pytest.raises(SystemCheckError, match="E005"):
        call_command("check", "--deploy", databases=["default"])


@pytest.mark.usefixtures("demo_facts")
def test_the_demo_itself_starts_on_it(settings: Any) -> None:
    settings.DEMO = True

    refuse_demo_data()


def test_an_installations_own_database_is_taken(settings: Any) -> None:
    OperatorFacts.objects.create(app_name="Tin Can", entered_by="user 1", entered_at=clock.now())
    settings.DEMO = False

    refuse_demo_data()


def test_what_setup_makes_of_a_demo_is_known_again(settings: Any) -> None:
    settings.DEMO = True
    call_command("setup", tickets=1)
    settings.DEMO = False

    with pytest.raises(ImproperlyConfigured, match="holds a demo"):
        refuse_demo_data()
