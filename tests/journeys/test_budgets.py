"""How many bytes the first two pages take over the wire, as the running server sends them."""

import urllib.request
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.journeys.conftest import Instance

ROOT = Path(__file__).parents[2]
AGREEMENT_BYTES, FORM_BYTES, SHEET_BYTES = 14_000, 40_000, 8192


def _transferred(context: BrowserContext, url: str) -> dict[str, int]:
    """Return what a page and all it loads took, headers included; nothing is cached before."""
    page = context.new_page()
    network, addresses, sizes = context.new_cdp_session(page), {}, {}
    network.send("Network.enable")
    network.on("Network.requestWillBeSent", lambda e: addresses.update({e["requestId"]: e["request"]["url"]}))
    network.on("Network.loadingFinished", lambda e: sizes.update({addresses[e["requestId"]]: e["encodedDataLength"]}))
    page.goto(url, wait_until="networkidle")
    icon = urljoin(url, page.locator("link[rel=icon]").get_attribute("href"))
    # A browser without a window fetches no icon.
    asked = urllib.request.Request(icon, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked, timeout=5) as answer:
        sizes[icon] = len(str(answer.headers)) + len(answer.read())
    page.close()
    return {address: int(size) for address, size in sizes.items() if not address.startswith("data:")}


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_the_agreement_and_the_form_stay_within_their_bytes(
    instance: Instance, browser: Browser, javascript: bool
) -> None:
    first = browser.new_context(java_script_enabled=javascript)
    agreement = _transferred(first, instance.url + "/consent/")
    first.close()
    second = browser.new_context(java_script_enabled=javascript)
    page = second.new_page()
    page.goto(instance.url + "/consent/")
    page.get_by_role("button", name="Agree", exact=True).click()
    cookies = second.cookies()
    second.close()
    fresh = browser.new_context(java_script_enabled=javascript)
    fresh.add_cookies(cookies)
    form = _transferred(fresh, instance.url + "/feedback/")
    fresh.close()

    assert len(agreement) >= 3
    assert sum(agreement.values()) <= AGREEMENT_BYTES, agreement
    assert len(form) >= 3 + javascript
    assert sum(form.values()) <= FORM_BYTES, form


def test_the_sheet_of_peoples_pages_stays_within_its_bytes() -> None:
    assert len((ROOT / "static/css/people.css").read_bytes()) <= SHEET_BYTES
