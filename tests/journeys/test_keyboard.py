"""The main job by keyboard alone: only keys are pressed, and what has the focus is seen each time."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PASSWORD, Instance
from tests.journeys.focus import wait_until_focused

SENTENCE = "I am deaf, I need captions in group calls."
FOCUSED = """() => {
  const part = document.activeElement, style = getComputedStyle(part), box = part.getBoundingClientRect();
  const named = part.labels?.[0] ?? part;
  return {
    name: part === document.body ? "" : (part.getAttribute("aria-label") || named.textContent).trim(),
    tag: part.tagName,
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    isInView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


class Keyboard:
    """Hands that have keys alone. Every element that takes the focus must show it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tab_to(self, name: str, *, most: int = 60) -> None:
        """Press Tab until what has the focus is called so."""
        passed = []
        for _ in range(most):
            self.page.keyboard.press("Tab")
            focused = self.seen()
            passed.append(focused["name"])
            if re.match(name, focused["name"]):
                return
        raise AssertionError(f"Tab never reached {name!r}, only {passed}")

    def seen(self) -> dict[str, str]:
        """Return what has the focus, once it is sure that it can be seen."""
        focused: dict[str, str] = self.page.evaluate(FOCUSED)
        if focused["tag"] != "BODY":
            assert float(focused["outline"]) > 0, focused
            assert focused["isInView"], focused
        return focused

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def leave_by(self, key: str) -> None:
        """Press a key that leads to another page."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)


def _write_and_confirm(person: Keyboard, instance: Instance, address: str) -> str:
    page = person.page
    page.goto(instance.url + "/")
    person.tab_to("To the content")
    person.tab_to("Agree$")
    person.leave_by("Enter")
    expect(page).to_have_url(instance.url + "/feedback/")

    person.tab_to("Your message")
    person.type(SENTENCE)
    expect(page.locator("#live")).to_contain_text("We will leave this out", timeout=8000)
    person.tab_to("E-mail")
    person.type(address)
    person.tab_to("Say what you need")
    person.press("Space")
    person.tab_to("I need captions")
    person.press("Space")
    expect(page.locator("input:focus")).to_be_checked()
    person.tab_to("Send feedback")
    person.leave_by("Space")
    expect(page.get_by_role("heading", name="Your message has arrived")).to_be_visible()
    ref = page.get_by_text(re.compile(r"^IM-")).first.inner_text()

    code = re.search(r"(\d{3} \d{3})", instance.mail_to(address, "Did you write to"))
    assert code
    person.tab_to("Code of six digits")
    person.type(code[1])
    person.leave_by("Enter")
    expect(page.get_by_role("status").first).to_contain_text("confirmed")
    return ref


def _sign_in(agent: Keyboard, instance: Instance) -> None:
    agent.page.goto(instance.url + "/desk/")
    agent.tab_to("E-mail")
    agent.type("grace@demo.test")
    agent.tab_to("Password")
    agent.type(PASSWORD)
    agent.leave_by("Enter")
    if "/undertaking/" in agent.page.url:
        agent.tab_to("I undertake this")
        agent.leave_by("Enter")


def _walk_to(agent: Keyboard, ref: str) -> None:
    """Walk the queue with j, and once back with k, to the ticket, and open it."""
    rows = agent.page.locator(".list a")
    ours = [ref in (row.get_attribute("href") or "") for row in rows.all()].index(True)
    for at in range(ours + 2):
        agent.press("j")
        wait_until_focused(rows.nth(min(at, rows.count() - 1)))
        agent.seen()
    if ours + 1 < rows.count():
        agent.press("k")
    wait_until_focused(rows.nth(ours))
    agent.leave_by("Enter")


def test_the_main_job_by_keyboard_alone(instance: Instance, browser: Browser) -> None:
    address = "keys@people.test"
    person = Keyboard(browser.new_context(viewport={"width": 390, "height": 844}).new_page())
    agent = Keyboard(browser.new_context(viewport={"width": 1280, "height": 800}).new_page())

    ref = _write_and_confirm(person, instance, address)
    _sign_in(agent, instance)
    _walk_to(agent, ref)
    expect(agent.page.locator(".left-out").first).to_contain_text("health")
    agent.press("r")
    assert agent.seen()["name"].startswith("Answer")
    agent.type("Press the three dots, then Captions.")
    agent.tab_to("Send answer")
    agent.press("Enter")
    expect(agent.page.locator("#said")).to_have_text("Done.")

    person.tab_to("See your message")
    person.leave_by("Enter")
    expect(person.page.locator("main")).to_contain_text("three dots")
    person.tab_to("Add something")
    person.type("That works, thank you.")
    person.tab_to("Send reply")
    person.leave_by("Enter")

    agent.page.reload()
    expect(agent.page.locator("main")).to_contain_text("That works")
    agent.tab_to("State")
    agent.type("Solved")
    agent.tab_to("Set state")
    agent.press("Enter")
    expect(agent.page.locator("main h1 + p")).to_contain_text("Solved")
    agent.leave_by("u")
    expect(agent.page.get_by_role("heading", name="Open")).to_be_visible()


def test_the_sheet_of_keys_opens_holds_the_focus_and_closes(instance: Instance, browser: Browser) -> None:
    agent = Keyboard(browser.new_context(viewport={"width": 1280, "height": 800}).new_page())
    _sign_in(agent, instance)

    agent.press("?")
    expect(agent.page.get_by_role("dialog")).to_be_visible()
    agent.press("j")
    assert agent.seen()["name"] == "Close"
    agent.press("Escape")
    expect(agent.page.get_by_role("dialog")).to_be_hidden()
