"""What people do with their own messages on a phone, with scripts and without."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Instance

with_and_without_scripts = pytest.mark.parametrize(
    "has_scripts", [True, False], ids=["with scripts", "without scripts"]
)


@pytest.fixture
def phone(browser: Browser, has_scripts: bool) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=has_scripts)
    yield context
    context.close()


@pytest.fixture
def sent(instance: Instance, phone: BrowserContext) -> Page:
    page = phone.new_page()
    page.goto(instance.url + "/feedback/")
    page.get_by_role("button", name="Agree", exact=True).click()
    page.get_by_label("Your message").fill("I am deaf. The ring tone is too loud.")
    page.get_by_role("button", name="Send feedback").click()
    expect(page.get_by_role("heading", name="Your message has arrived")).to_be_visible()
    return page


@with_and_without_scripts
def test_the_link_is_copied_at_one_press_or_selected_by_hand(
    instance: Instance, phone: BrowserContext, sent: Page, has_scripts: bool
) -> None:
    link, copy = sent.get_by_label("Your link"), sent.get_by_role("button", name="Copy")
    expect(link).not_to_be_editable()
    assert link.input_value().startswith(f"{instance.url}/feedback/")
    if not has_scripts:
        expect(copy).to_be_hidden()
        return
    phone.grant_permissions(["clipboard-read", "clipboard-write"], origin=instance.url)

    copy.click()

    expect(sent.get_by_role("status")).to_have_text("Copied")
    assert sent.evaluate("navigator.clipboard.readText()") == link.input_value()


@with_and_without_scripts
def test_a_phone_is_forgotten_after_it_was_said_what_that_means(instance: Instance, sent: Page) -> None:
    link = sent.get_by_label("Your link").input_value()
    sent.get_by_role("link", name="Forget this phone").click()
    expect(sent.locator("main")).to_contain_text("This does not erase them")
    expect(sent.get_by_label(re.compile("^IM-"))).to_have_value(link)

    sent.get_by_role("button", name="Forget this phone").click()

    expect(sent.get_by_role("heading", name="This phone is forgotten")).to_be_visible()
    assert [cookie["name"] for cookie in sent.context.cookies() if cookie["name"] in ("consent", "app")] == []
    sent.goto(instance.url + "/feedback/mine/")
    expect(sent.get_by_role("heading", name="Before you write to us")).to_be_visible()
    sent.goto(link)
    expect(sent.locator("main")).to_contain_text("ring tone")


@with_and_without_scripts
def test_a_message_is_added_to_taken_away_and_erased(sent: Page, tmp_path: Path) -> None:
    log = tmp_path / "call.log"
    log.write_text("call ended\n")
    sent.get_by_role("link", name="See your message").click()
    expect(sent.locator("main")).to_contain_text("today, ")
    url = sent.url

    sent.get_by_label("Add something").fill("On wifi too.")
    sent.get_by_label("Pictures or a log").set_input_files(log)
    sent.get_by_role("button", name="Send reply").click()
    expect(sent.locator("main")).to_contain_text("On wifi too.")
    with sent.expect_download() as file:
        sent.get_by_role("link", name="call.txt").click()
    with sent.expect_download() as words:
        sent.get_by_role("link", name="Download what you wrote").click()
    written = Path(words.value.path()).read_text()
    sent.get_by_role("button", name="Erase this message").click()

    assert Path(file.value.path()).read_text() == "call ended\n"
    assert "[private detail left out]" in written
    assert "On wifi too." in written
    expect(sent.get_by_role("heading", name="Erased")).to_be_visible()
    answer = sent.goto(url)
    assert answer is not None
    assert answer.status == 404
