"""What an agent does about private words: leaves them out by hand, is warned of their own, asks what a person needs."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Instance, sign_in
from tests.journeys.focus import wait_until_focused

SAID = "Calls drop. My qanary is back since May. Please help."
SELECT = """(words) => {
  const text = document.querySelector(".entry .words").firstChild, at = text.data.indexOf(words);
  document.getSelection().setBaseAndExtent(text, at, text, at + words.length);
}"""


def _write(instance: Instance, browser: Browser, address: str, *, has_scripts: bool = True) -> Page:
    page = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=has_scripts).new_page()
    page.goto(instance.url + "/")
    page.get_by_role("button", name="Agree", exact=True).click()
    page.get_by_label("Your message").fill(SAID)
    page.get_by_label("In a few words").fill("My qanary")
    page.get_by_label("Your name").fill("Mia")
    page.get_by_label("E-mail").fill(address)
    page.get_by_role("button", name="Send feedback").click()
    expect(page.get_by_role("heading", name="Your message has arrived")).to_be_visible()
    code = re.search(r"(\d{3} \d{3})", instance.mail_to(address, "Did you write to"))
    assert code
    page.get_by_label("Code of six digits").fill(code[1])
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("link", name="See your message").click()
    expect(page.get_by_role("heading", name="My qanary")).to_be_visible()
    return page


def _desk(instance: Instance, browser: Browser, ref: str, width: int = 1280, *, has_scripts: bool = True) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=has_scripts).new_page()
    sign_in(page, instance, "grace@demo.test", f"/desk/tickets/{ref}/")
    return page


def _ref(person: Page) -> str:
    return person.get_by_text(re.compile(r"^IM-")).first.inner_text()


def test_a_selected_passage_is_left_out(instance: Instance, browser: Browser, screenshots: Path) -> None:
    person = _write(instance, browser, "leave@people.test")
    agent = _desk(instance, browser, _ref(person))
    looking = _desk(instance, browser, _ref(person), 390)
    agent.locator("#id_answer").fill("Half an answer")
    form = agent.locator(".entry .leave-out").first

    agent.locator("h1").focus()
    agent.evaluate(SELECT, "My qanary is back")
    form.get_by_text("Leave this out").click()
    expect(form.get_by_label("The exact words")).to_have_value("My qanary is back")
    wait_until_focused(form.get_by_label("What they are about"))
    agent.screenshot(path=screenshots / "leaving-1280.png", full_page=True)
    form.get_by_label("What they are about").select_option("health")
    form.get_by_role("button", name="Leave out for good").click()

    expect(agent.locator("#said")).to_have_text("Done.")
    expect(agent.locator(".entry").first).to_contain_text("Calls drop. left out: health")
    wait_until_focused(agent.locator(".entry .leave-out summary").first)
    expect(agent.locator("#id_answer")).to_have_value("Half an answer")
    expect(agent.locator(".entry.note").last).to_contain_text("Something was left out here by hand.")
    expect(looking.locator(".entry").first).to_contain_text("left out: health", timeout=15_000)
    person.reload()
    expect(person.locator("main")).to_contain_text("left out: health")
    expect(person.locator(".words")).not_to_contain_text("qanary")


def test_a_key_opens_the_form_and_a_mistake_is_said_beside_it(
    instance: Instance, browser: Browser, screenshots: Path
) -> None:
    person = _write(instance, browser, "mistake@people.test")
    agent = _desk(instance, browser, _ref(person), 390)
    form = agent.locator(".entry .leave-out").first

    agent.evaluate(SELECT, "qanary")
    agent.keyboard.press("x")
    expect(form.get_by_label("The exact words")).to_have_value("qanary")
    form.get_by_label("The exact words").fill("heron")
    form.get_by_label("What they are about").select_option("belief")
    form.get_by_role("button", name="Leave out for good").click()
    expect(agent.locator("#said")).to_contain_text("These words do not stand there")
    expect(form.locator(".wrong")).to_contain_text("These words do not stand there")
    expect(form.get_by_label("The exact words")).to_have_value("heron")
    expect(form.get_by_label("What they are about")).to_have_value("belief")
    agent.screenshot(path=screenshots / "leaving-wrong-390.png", full_page=True)
    form.get_by_label("The exact words").fill("qanary")
    form.get_by_role("button", name="Leave out for good").click()
    expect(agent.locator(".entry").first).to_contain_text("left out: belief")

    heading = agent.locator("[data-part=heading]")
    heading.get_by_text("Leave something out of the subject").click()
    heading.get_by_label("The exact words").fill("qanary")
    heading.get_by_label("What they are about").select_option("health")
    heading.get_by_role("button", name="Leave out for good").click()
    expect(agent.get_by_role("heading", name="My […]")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_without_scripts_a_passage_is_left_out_and_a_mistake_loses_nothing(
    instance: Instance, browser: Browser, screenshots: Path, width: int
) -> None:
    person = _write(instance, browser, f"plain{width}@people.test", has_scripts=False)
    agent = _desk(instance, browser, _ref(person), width, has_scripts=False)
    form = agent.locator(".entry .leave-out").first

    form.get_by_text("Leave this out").click()
    form.get_by_label("The exact words").fill("heron")
    form.get_by_label("What they are about").select_option("health")
    form.get_by_role("button", name="Leave out for good").click()
    expect(agent.get_by_role("alert")).to_contain_text("These words do not stand there")
    expect(form.get_by_label("The exact words")).to_have_value("heron")
    expect(form.get_by_label("What they are about")).to_have_value("health")
    agent.screenshot(path=screenshots / f"leaving-plain-{width}.png", full_page=True)
    form.get_by_label("The exact words").fill("My qanary is back")
    form.get_by_role("button", name="Leave out for good").click()
    expect(agent.locator(".entry").first).to_contain_text("left out: health")


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_private_words_of_staff_need_one_more_press(
    instance: Instance, browser: Browser, screenshots: Path, has_scripts: bool
) -> None:
    address = f"warned-{int(has_scripts)}@people.test"
    person = _write(instance, browser, address)
    agent = _desk(instance, browser, _ref(person), 1280 if has_scripts else 390, has_scripts=has_scripts)

    agent.locator("#id_note").fill("Person has epilepsy.")
    agent.get_by_role("button", name="Keep note").click()
    expect(agent.locator(".composer.note .wrong")).to_contain_text("Your words seem to name: health")
    expect(agent.locator("#id_note")).to_have_value("Person has epilepsy.")
    agent.get_by_role("button", name="Keep it all the same").click()
    expect(agent.locator(".entry.note")).to_contain_text("Person has epilepsy.")
    expect(agent.get_by_role("button", name="Keep note")).to_be_visible()

    agent.locator("#id_answer").fill("You have epilepsy, so switch flashing off.")
    agent.get_by_role("button", name="Send answer").click()
    expect(agent.locator(".composer .wrong")).to_contain_text("health. Nothing left this page yet.")
    agent.screenshot(path=screenshots / f"warned-{has_scripts}.png", full_page=True)
    agent.get_by_role("button", name="Send it all the same", exact=True).click()
    expect(agent.locator(".entry.answer")).to_contain_text("flashing off")
    expect(agent.locator("#id_answer")).to_have_value("")
    instance.mail_to(address, "flashing off")


def test_a_person_says_by_switches_what_they_need(instance: Instance, browser: Browser, screenshots: Path) -> None:
    person = _write(instance, browser, "needs@people.test")
    agent = _desk(instance, browser, _ref(person))

    agent.keyboard.press("a")
    wait_until_focused(agent.get_by_role("button", name="Ask what they need"))
    assert agent.locator(".entry.answer").count() == 0
    agent.keyboard.press("Enter")
    expect(agent.locator(".entry.answer")).to_contain_text("What do you need")
    expect(agent.locator(".facts")).to_contain_text("no answer yet")
    agent.screenshot(path=screenshots / "asked-desk-1280.png", full_page=True)
    mail = instance.mail_to("needs@people.test", "What do you need")
    link = re.search(r"http\S+/feedback/\S+/", mail)
    assert link

    person.goto(link[0])
    person.screenshot(path=screenshots / "asked-390.png", full_page=True)
    person.set_viewport_size({"width": 1280, "height": 900})
    person.screenshot(path=screenshots / "asked-1280.png", full_page=True)
    person.set_viewport_size({"width": 390, "height": 844})
    person.get_by_label("I need captions").check()
    person.get_by_role("button", name="Say what I need").click()
    expect(person.get_by_role("status").first).to_contain_text("We will keep to what you need")
    expect(person.get_by_role("button", name="Say what I need")).to_have_count(0)
    expect(agent.locator(".facts")).to_contain_text("I need captions", timeout=15_000)


def test_a_passage_is_in_no_file_of_the_instance(instance: Instance, browser: Browser) -> None:
    person = _write(instance, browser, "files@people.test")
    agent = _desk(instance, browser, _ref(person))

    for part in (agent.locator(".entry .leave-out").first, agent.locator("[data-part=heading] .leave-out")):
        part.locator("summary").click()
        part.get_by_label("The exact words").fill("qanary")
        part.get_by_label("What they are about").select_option("health")
        part.get_by_role("button", name="Leave out for good").click()
        expect(agent.locator("#said")).to_have_text("Done.")

    held = [path for path in instance.folder.rglob("*") if path.is_file() and b"qanary" in path.read_bytes()]
    assert held == []
