from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from consent.ledger.actions import Agreed
from consent.ledger.models import ConsentEvent
from imsupport.accounts.models import User

OPEN = ("/consent/", "/policy/", "/policy/1/", "/accounts/login/", "/health/live", "/robots.txt", "/consent/keys.json")
PERSONAL = ("/feedback/", "/feedback/mine/", "/consent/choices/", "/consent/withdraw/", "/privacy/", "/privacy/export/")
STAFF = {"ada": ("/desk/",), "max_": ("/manage/consent/", "/manage/operator/")}
UNDECLARED = ("/nowhere/", "/feedback/no-such-token/")


@pytest.fixture
def pages(mia: Agreed, client_for: Callable[..., Client], request: pytest.FixtureRequest) -> dict[str, Any]:
    """One answer of every kind of page, by its address."""
    answers = {url: client_for().get(url) for url in (*OPEN, *UNDECLARED)}
    answers |= {url: client_for(mia).get(url) for url in (*PERSONAL, _receipt())}
    for role, urls in STAFF.items():
        answers |= {url: client_for(request.getfixturevalue(role)).get(url) for url in urls}
    answers["refused"] = client_for().post("/feedback/", {"message": "Hello"})
    answers["forged"] = Client(enforce_csrf_checks=True).post("/consent/", {"decision": "agree"})
    return answers


def test_every_kind_of_page_sends_the_same_strict_policy(pages: dict[str, Any]) -> None:
    for url, response in pages.items():
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy, url
        assert "frame-ancestors 'none'" in policy, url
        assert "base-uri 'none'" in policy, url
        assert "unsafe" not in policy, url
        assert "*" not in policy, url
        assert "http:" not in policy, url


def test_every_page_stays_out_of_search_engines_and_away_from_sensors(pages: dict[str, Any]) -> None:
    for url, response in pages.items():
        assert response["X-Robots-Tag"] == "noindex, nofollow", url
        assert "camera=()" in response["Permissions-Policy"], url
        assert "geolocation=()" in response["Permissions-Policy"], url
        assert response["X-Content-Type-Options"] == "nosniff", url
        assert response["Referrer-Policy"] == "same-origin", url
        assert response["Cross-Origin-Opener-Policy"] == "same-origin", url


def test_what_is_about_somebody_is_kept_by_no_cache(pages: dict[str, Any]) -> None:
    about_somebody = [*PERSONAL, *UNDECLARED, *(url for urls in STAFF.values() for url in urls), "refused", "forged"]

    for url in about_somebody:
        assert "no-store" in pages[url]["Cache-Control"], url


def test_no_page_carries_a_script_or_style_of_its_own(pages: dict[str, Any]) -> None:
    for url, response in pages.items():
        if "/receipts/" in url:
            continue  # served for download, with the hash of its script in its own policy
        assert b"<style" not in response.content, url
        assert b" style=" not in response.content, url
        assert b" onclick=" not in response.content, url
        assert all(b"src=" in tag for tag in response.content.split(b"<script")[1:]), url


def test_robots_are_told_to_stay_out(client_for: Callable[..., Client]) -> None:
    assert client_for().get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"


def test_the_front_door_leads_to_the_form(client_for: Callable[..., Client]) -> None:
    assert client_for().get("/")["Location"] == "/feedback/"


def test_an_unknown_host_is_answered_by_a_static_page(client_for: Callable[..., Client], ada: User) -> None:
    response = client_for().get("/consent/", headers={"host": "evil.test"})

    assert response.status_code == 400
    assert b"evil.test" not in response.content


def _receipt() -> str:
    act_id = ConsentEvent.objects.order_by("seq").values_list("act_id", flat=True)[0]
    return f"/consent/receipts/{act_id}.html"
