"""An app without a server of its own fills the form by what stands behind the # of the address."""

from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.journeys.conftest import Instance
from tests.journeys.focus import wait_until_focused

TOLD = "#name=Amal+Heron&email=amal%40heron.test&brand=Xiaomi&model=Redmi+9A&app_version=4.2.0"
CANARIES = ("heron", "Redmi", "4.2.0")


def _without_cookies_or_facts(browser: Browser) -> BrowserContext:
    return browser.new_context(viewport={"width": 390, "height": 844}, user_agent="a browser that says nothing")


def _sent_over_the_wire(context: BrowserContext) -> list[str]:
    sent: list[str] = []

    def note(request: Request) -> None:
        # The address as the browser knows it has the fragment; what leaves is without.
        sent.append(" ".join([request.url.partition("#")[0], str(request.all_headers()), request.post_data or ""]))

    context.on("request", note)
    return sent


def _agree(page: Page) -> None:
    page.get_by_role("button", name="Agree", exact=True).click()
    expect(page.get_by_role("heading", name="What should work differently?")).to_be_visible()


def test_it_survives_the_agreement_and_reaches_no_server_before_sending(instance: Instance, browser: Browser) -> None:
    context = _without_cookies_or_facts(browser)
    sent, page = _sent_over_the_wire(context), context.new_page()

    page.goto(f"{instance.url}/feedback/{TOLD}")
    expect(page.get_by_role("heading", name="Before you write to us")).to_be_visible()
    _agree(page)

    expect(page.get_by_label("Your name")).to_have_value("Amal Heron")
    expect(page.get_by_role("textbox", name="E-mail")).to_have_value("amal@heron.test")
    expect(page.locator("#shared")).to_have_text("4")
    assert page.url == f"{instance.url}/feedback/"
    said = " ".join(sent)
    assert len(sent) > 6
    assert not [canary for canary in CANARIES if canary in said or quote(canary) in said]
    assert not [canary for canary in CANARIES if canary in (instance.folder / "up.log").read_text()]
    context.close()


def test_each_thing_the_app_tells_can_be_removed_and_is_then_not_sent(instance: Instance, browser: Browser) -> None:
    context = _without_cookies_or_facts(browser)
    page = context.new_page()
    page.goto(f"{instance.url}/feedback/{TOLD}")
    _agree(page)

    panel = page.locator('[data-behaviour="prefill"]')
    expect(panel).to_contain_text("Nothing of it is sent before you press Send")
    for name in ("Remove: E-mail", "Remove: Model"):
        page.get_by_role("button", name=name).click()
    wait_until_focused(page.get_by_role("button", name="Remove: App version"))
    expect(page.locator("#shared")).to_have_text("3")
    page.get_by_label("Your message").fill("The ring tone is too loud.")
    page.get_by_role("button", name="Send feedback").click()

    kept = page.get_by_text("We kept:").locator("..")
    expect(kept).to_contain_text("your name, phone: Xiaomi, 4.2.0, en-US.")
    expect(kept).not_to_contain_text("e-mail")
    context.close()


def test_what_is_not_a_code_is_not_kept_and_nothing_is_run(instance: Instance, browser: Browser) -> None:
    context = _without_cookies_or_facts(browser)
    page = context.new_page()
    page.goto(f"{instance.url}/feedback/#model=I+have+diabetes&name=%3Cimg+src%3Dx%3E&subject=told")
    _agree(page)

    expect(page.locator("main img")).to_have_count(0)
    expect(page.get_by_label("In a few words")).to_have_value("")
    page.get_by_label("Your message").fill("The ring tone is too loud.")
    page.get_by_role("button", name="Send feedback").click()

    expect(page.get_by_text("We kept:").locator("..")).to_contain_text("phone: en-US.")
    context.close()


@pytest.mark.parametrize("javascript", [True, False])
def test_without_a_fragment_or_without_scripts_it_is_the_plain_form(
    instance: Instance, browser: Browser, javascript: bool
) -> None:
    context = browser.new_context(java_script_enabled=javascript)
    page = context.new_page()
    page.goto(f"{instance.url}/feedback/{'' if javascript else TOLD}")
    _agree(page)

    expect(page.get_by_label("Your name")).to_have_value("")
    expect(page.locator('[data-behaviour="prefill"]')).to_be_hidden()
    context.close()
