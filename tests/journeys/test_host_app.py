"""What a host app is told by our pages, and what it asks of them."""

import re

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Instance, sign_in

HOSTS = """
window.told = [];
window.IMSupportHost = { onFeedbackSent(ref) { told.push(["android", ref]); } };
window.webkit = { messageHandlers: { imSupport: { postMessage(said) { told.push(["ios", said]); } } } };
"""


def _send(page: Page, instance: Instance) -> str:
    page.goto(instance.url + "/feedback/")
    if "/consent/" in page.url:
        page.get_by_role("button", name="Agree", exact=True).click()
    page.get_by_label("Your message").fill("The ring tone is too loud.")
    page.get_by_role("button", name="Send feedback").click()
    ref = page.get_by_text(re.compile(r"^IM-\w{7}$"))
    expect(ref).to_be_visible()
    return ref.inner_text()


def test_the_app_is_told_once_the_message_has_arrived(instance: Instance, phone: BrowserContext) -> None:
    phone.add_init_script(HOSTS)
    page = phone.new_page()
    blocked: list[str] = []
    page.on("console", lambda line: blocked.append(line.text) if line.type == "error" else None)

    ref = _send(page, instance)

    page.wait_for_function("told.length === 2")
    assert page.evaluate("told") == [["android", ref], ["ios", {"event": "sent", "ref": ref}]]
    assert blocked == []


def test_the_demo_app_is_told_and_shows_how_many_answers_wait(instance: Instance, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(instance.url + "/demo/app/")
    expect(page.get_by_text("Answers from support:")).to_be_hidden()
    page.get_by_role("button", name="Send feedback").click()
    page.get_by_role("button", name="Agree", exact=True).click()
    expect(page.get_by_text("You write as Amal.")).to_be_visible()
    page.get_by_label("Your message").fill("The ring tone is too loud.")
    page.get_by_role("button", name="Send feedback").click()
    expect(page.get_by_text("This page told the app")).to_be_visible()
    ref = page.get_by_text(re.compile(r"^IM-\w{7}$")).inner_text()

    desk = browser.new_context().new_page()
    sign_in(desk, instance, "ada@demo.test", f"/desk/tickets/{ref}/")
    desk.goto(f"{instance.url}/desk/tickets/{ref}/")
    desk.get_by_label("Answer, the person reads this").fill("Press the three dots.")
    desk.get_by_role("button", name="Send answer").click()
    expect(desk.locator("#said")).to_have_text("Done.")
    page.get_by_role("link", name="Back to the app").click()

    page.get_by_role("link", name="Answers from support: 1").click()
    expect(page.get_by_role("article").first).to_contain_text("Press the three dots.")
    context.close()


def test_without_a_host_nothing_happens(instance: Instance, phone: BrowserContext) -> None:
    page = phone.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))

    _send(page, instance)

    assert broken == []
