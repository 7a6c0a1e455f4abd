from typing import Any

import pytest
from django.test import RequestFactory

from imsupport.networks import network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:7:1::5", "2001:db8:7::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_an_address_is_told_by_its_network_only(address: str, network: str) -> None:
    assert network_of(RequestFactory().get("/", REMOTE_ADDR=address)) == network


@pytest.mark.parametrize(
    ("forwarded", "network"),
    [
        ("198.51.100.9", "198.51.100.0/24"),
        ("203.0.113.1, 198.51.100.9", "198.51.100.0/24"),
        ("198.51.100.9, 10.0.0.2", "198.51.100.0/24"),
        ("rubbish", "10.0.0.0/24"),
    ],
)
def test_behind_our_proxies_it_is_the_nearest_that_is_not_ours(settings: Any, forwarded: str, network: str) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded})

    assert network_of(request) == network


def test_without_trusted_proxies_nobody_can_make_up_a_network() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", headers={"X-Forwarded-For": "198.51.100.9"})

    assert network_of(request) == "192.0.2.0/24"
