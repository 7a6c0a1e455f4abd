"""A receipt that was kept checks itself in a browser without a network, and tells a changed one from a genuine one."""

import base64
import json
import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Instance

CHANGES = 10_000 if os.environ.get("PROOF") == "1" else 1_000
SIGN_HEAD = """
from django.db import transaction
from consent.ledger.heads import sign_head
with transaction.atomic():
    sign_head()
"""
ORDER = 2**252 + 27742317777372353535851937790883648493
# How many of many texts the page's own function takes for genuine.
_TAKEN = """async ([documents, keys]) => {
  let taken = 0;
  for (const written of documents) {
    const bytes = Uint8Array.from(atob(written), (letter) => letter.charCodeAt(0));
    if (await verifyReceipt(bytes, keys)) taken += 1;
  }
  return taken;
}"""
_FLIPPED = """async ([count, written, keys]) => {
  const document = Uint8Array.from(atob(written), (letter) => letter.charCodeAt(0));
  let taken = 0;
  for (let change = 0; change < count; change += 1) {
    const bytes = document.slice();
    bytes[Math.floor(Math.random() * bytes.length)] ^= 1 << Math.floor(Math.random() * 8);
    if (await verifyReceipt(bytes, keys)) taken += 1;
  }
  return taken;
}"""

# What the page's own check of form says of a key and a signature, before any browser is asked.
_IS_STRICT = """([key, signature]) => isStrict(Uint8Array.from(key), Uint8Array.from(signature))"""
_ORDER_8 = bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")
SMALL_ORDER_KEYS = [
    bytes(32),
    bytes(31) + b"\x80",
    b"\1" + bytes(31),
    b"\1" + bytes(30) + b"\x80",
    b"\xec" + b"\xff" * 30 + b"\x7f",
    b"\xed" + b"\xff" * 30 + b"\x7f",
    b"\xee" + b"\xff" * 30 + b"\x7f",
    _ORDER_8,
    (2**255 - 19 - int.from_bytes(_ORDER_8, "little")).to_bytes(32, "little"),
]


@pytest.fixture
def kept(instance: Instance, browser: Browser, tmp_path: Path) -> Path:
    """Agree, and keep the receipt as a file."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{instance.url}/consent/")
    page.get_by_role("button", name="Agree", exact=True).click()
    instance.manage("shell", "-v", "0", "-c", SIGN_HEAD)
    page.goto(f"{instance.url}/consent/choices/")
    with page.expect_download() as download:
        page.get_by_role("link", name="To read").first.click()
    file = tmp_path / "receipt.html"
    download.value.save_as(file)
    context.close()
    return file


def _opened(browser: Browser, file: Path, width: int, scheme: str, scripts: bool = True) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme=scheme,  # type: ignore[arg-type]
        offline=True,
        java_script_enabled=scripts,
    )
    page = context.new_page()
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
def test_a_kept_receipt_checks_itself_offline(
    kept: Path, browser: Browser, screenshots: Path, width: int, scheme: str
) -> None:
    page = _opened(browser, kept, width, scheme)

    expect(page.get_by_text("Not a byte of the receipt below was changed")).to_be_visible()
    expect(page.get_by_text("It holds the proof that what you said stands in our ledger")).to_be_visible()
    expect(page.get_by_role("alert")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.screenshot(path=screenshots / f"receipt-{width}-{scheme}.png", full_page=True)
    page.context.close()


def test_a_changed_receipt_is_told_and_without_scripts_nothing_is_claimed(kept: Path, browser: Browser) -> None:
    changed = kept.with_name("changed.html")
    changed.write_text(kept.read_text("utf-8").replace("ConsentGiven", "ConsentSiven"), "utf-8")

    page = _opened(browser, changed, 390, "light")
    expect(page.get_by_role("alert")).to_contain_text("not as it was signed")
    plain = _opened(browser, kept, 390, "light", scripts=False)
    expect(plain.get_by_text("verify_receipt.py")).to_be_visible()
    expect(plain.get_by_text("Not a byte")).to_be_hidden()
    page.context.close()
    plain.context.close()


def test_other_words_to_read_are_told(kept: Path, browser: Browser) -> None:
    page = kept.read_text("utf-8")
    changed = kept.with_name("words.html")
    changed.write_text(page.replace("<li data-line>The agreement", "<li data-line>No agreement"), "utf-8")

    assert changed.read_text("utf-8") != page
    opened = _opened(browser, changed, 390, "light")
    expect(opened.get_by_role("alert")).to_contain_text("not as it was signed")
    opened.context.close()


def test_changed_bits_and_other_ways_to_write_the_signature_are_refused_offline(kept: Path, browser: Browser) -> None:
    page = _opened(browser, kept, 390, "light")
    expect(page.get_by_text("Not a byte of the receipt below was changed")).to_be_visible()
    document = page.locator("textarea").input_value()
    keys = json.loads(page.locator("textarea").get_attribute("data-keys") or "[]")
    written = base64.b64encode(document.encode()).decode()

    assert page.evaluate(_TAKEN, [[written], keys]) == 1
    assert page.evaluate(_FLIPPED, [CHANGES, written, keys]) == 0
    assert page.evaluate(_TAKEN, [[base64.b64encode(one.encode()).decode() for one in _others(document)], keys]) == 0
    page.context.close()


def test_a_key_of_small_order_and_a_second_form_of_a_signature_are_refused_whatever_the_browser_takes(
    kept: Path, browser: Browser
) -> None:
    page = _opened(browser, kept, 390, "light")
    document = page.locator("textarea").input_value()
    [key] = json.loads(page.locator("textarea").get_attribute("data-keys") or "[]")
    signature = base64.urlsafe_b64decode(json.loads(document)["jws"].rpartition(".")[2] + "==")
    own = base64.urlsafe_b64decode(key["x"] + "=")
    second = signature[:32] + (int.from_bytes(signature[32:], "little") + ORDER).to_bytes(32, "little")

    asked = [(own, signature), (own, second), *((small, signature) for small in SMALL_ORDER_KEYS)]
    taken = [page.evaluate(_IS_STRICT, [list(one), list(other)]) for one, other in asked]

    assert taken == [True] + [False] * (len(asked) - 1)
    page.context.close()


def test_a_place_in_the_ledger_that_is_made_up_is_refused_whatever_is_signed_around_it(
    kept: Path, browser: Browser
) -> None:
    page = _opened(browser, kept, 390, "light")
    said = json.loads(page.locator("textarea").input_value())["receipt"]
    keys = json.loads(page.locator("textarea").get_attribute("data-keys") or "[]")
    size, paths = said["ims:ledger"]["head"]["size"], said["ims:ledger"]["paths"]
    assert size > 4
    assert paths[0]
    made_up = [json.loads(json.dumps(said)) for _ in range(5)]
    made_up[0]["ims:ledger"]["paths"][0][0] = "0" * 64
    made_up[1]["dpv:hasRecordOfActivity"][0]["ims:hash"] = "0" * 64
    made_up[2]["dpv:hasRecordOfActivity"][0]["ims:number"] -= 1
    made_up[3]["ims:ledger"]["head"]["size"] = size + 1
    made_up[4]["ims:ledger"]["paths"].pop()

    taken = [page.evaluate("([said, keys]) => standsInLedger(said, keys)", [one, keys]) for one in (said, *made_up)]

    assert taken == [True] + [False] * 5
    page.context.close()


def _others(document: str) -> list[str]:
    """Return the receipt with its signature in every other encoding, and written otherwise around it."""
    jws = json.loads(document)["jws"]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    raw = base64.urlsafe_b64decode(jws.rpartition(".")[2] + "==")
    malleable = raw[:32] + (int.from_bytes(raw[32:], "little") + ORDER).to_bytes(32, "little")
    others = [jws[:-1] + letter for letter in alphabet if letter != jws[-1]]
    others += [f"{jws}=", f"{jws}==", f"{jws}\n", f" {jws}", f"{jws}."]
    others += [jws.rpartition(".")[0] + "." + base64.urlsafe_b64encode(malleable).rstrip(b"=").decode()]
    around = [
        document + "\n",
        f" {document}",
        document + "{}",
        '{"jws":"",' + document[1:],
        document.replace('":"', '": "', 1),
    ]
    return [document.replace(json.dumps(jws), json.dumps(other)) for other in others] + around
