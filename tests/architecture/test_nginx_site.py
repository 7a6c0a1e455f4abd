"""The site for nginx loads on the oldest nginx an operator's system still carries: Debian 12 has 1.22."""

import re

import pytest

from tests.architecture.source import ROOT

_NEWER_THAN_1_22 = ("http2", "http3", "quic_retry", "keepalive_min_timeout")


@pytest.mark.parametrize("directive", _NEWER_THAN_1_22)
def test_no_directive_is_newer_than_nginx_1_22(directive: str) -> None:
    site = (ROOT / "deploy/nginx.conf").read_text("utf-8")

    assert not re.search(rf"^\s*{directive}\s", site, re.MULTILINE)


def test_phones_are_spoken_to_in_http_2() -> None:
    site = (ROOT / "deploy/nginx.conf").read_text("utf-8")

    assert site.count("443 ssl http2;") == 2
