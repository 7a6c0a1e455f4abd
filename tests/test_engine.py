import os

import pytest
from django.conf import settings
from django.db import connections


def test_the_suite_runs_on_the_engine_it_says() -> None:
    expected = os.environ.get("EXPECTED_VENDOR", "sqlite")

    vendors = {connections[name].vendor for name in ("default", "keys")}

    assert vendors == {expected}
    assert (expected == "postgresql") == settings.IS_SERVER


@pytest.mark.parametrize("alias", ["default", "keys"])
def test_the_stores_are_two_databases(alias: str) -> None:
    other = "keys" if alias == "default" else "default"

    assert connections[alias].settings_dict["NAME"] != connections[other].settings_dict["NAME"]
