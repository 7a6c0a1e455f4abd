"""The written list of every page in each of its states: who comes, where to, and what they do there."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.focus import wait_until_focused
from tests.journeys.seeding import ERROR_PAGES, LONG_WORD

Steps = Callable[[Page], object]
STATEMENT = "I am deaf, I need captions in group calls."


@dataclass(frozen=True)
class State:
    """One state of one page. `who` names the seeded cookies; nobody's for a first visit."""

    name: str
    path: str
    shows: str
    """Words that stand on the page in this state alone."""
    who: str = ""
    steps: Steps = lambda page: None
    is_staff: bool = False
    turns: bool = True
    """Whether it is looked at from right to left as well."""


def _press(name: str) -> Steps:
    return lambda page: page.get_by_role("button", name=name, exact=True).first.click()


def _in_turn(*steps: Steps) -> Steps:
    def take(page: Page) -> None:
        for step in steps:
            step(page)

    return take


def _set(selector: str, value: str) -> Steps:
    return lambda page: page.eval_on_selector(selector, "(field, value) => { field.value = value }", value)


def _fill(label: str, value: str) -> Steps:
    return lambda page: page.get_by_label(label).first.fill(value)


def _unguarded(page: Page) -> None:
    """Let forms be sent that the browser itself would hold back."""
    page.evaluate("for (const form of document.forms) form.noValidate = true")


def _as_without_scripts(page: Page) -> None:
    page.evaluate("for (const part of document.querySelectorAll('noscript')) part.outerHTML = part.textContent")


def _checked(message: str) -> Steps:
    return _in_turn(_as_without_scripts, _fill("Your message", message), _press("Show what will be left out"))


def _marked_live(page: Page) -> None:
    page.get_by_label("Your message").fill(STATEMENT)
    expect(page.locator("#live")).to_contain_text("We will leave this out", timeout=8000)


def _kept_as_said(page: Page) -> None:
    _marked_live(page)
    page.get_by_role("button", name="This is not about health").click()
    wait_until_focused(page.get_by_role("button", name="Undo"))


def _sent_without_agreement(page: Page) -> None:
    page.get_by_label("Your message").fill(STATEMENT)
    page.context.clear_cookies()
    page.get_by_role("button", name="Send feedback").click()


def _sent_to(path: str, button: str) -> Steps:
    """Send what was typed to another address, as from a page that was open for long."""
    aim = "(button, path) => { button.form.action = path }"
    return lambda page: page.get_by_role("button", name=button).first.evaluate(aim, path)


def _attach(page: Page) -> None:
    log = FilePayload(name="call with Noor.log", mimeType="text/plain", buffer=b"call ended")
    page.get_by_label("Pictures or a log").set_input_files(log)


def _sent_without_its_file(page: Page) -> None:
    page.route(re.compile("/files/$"), lambda route: route.abort())
    page.get_by_label("Your message").fill("The sound is too quiet.")
    _attach(page)
    page.get_by_role("button", name="Send feedback").click()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()


def of_people(seeded: dict[str, Any]) -> Iterable[State]:
    sent, ticket, address = seeded["sent"], seeded["ticket"], seeded["address"]
    yield State("agreement, first visit", "/consent/", "You can stop at any time")
    stale = _in_turn(_set("[name=evidence]", "old"), _press("Agree"))
    yield State("agreement, stale", "/consent/", "Please decide once more", steps=stale)
    yield State("agreement, refused", "/consent/", "You did not agree", steps=_press("Do not agree"))
    yield State("decision with words", "/feedback/", "nowhere but on this page", "new", _sent_without_agreement)
    yield State("form, empty", "/feedback/", "What should work differently?", "new")
    yield State("form, marked while typing", "/feedback/", "We will leave this out", "new", _marked_live)
    yield State("form, words kept", "/feedback/", "kept, as you said", "new", _kept_as_said)
    yield State(
        "form, checked",
        "/feedback/",
        "We would leave out 1 thing",
        "new",
        _checked(STATEMENT + " The sound is too quiet."),
    )
    yield State(
        "form, checked, little left",
        "/feedback/",
        "Most of this was about private matters",
        "new",
        _checked("I am deaf."),
    )
    yield State(
        "form, checked, nothing left out",
        "/feedback/",
        "Nothing would be left out",
        "new",
        _checked("The sound is too quiet."),
    )
    wrong = _in_turn(_unguarded, _fill("E-mail, so that we can answer", "nobody at home"), _press("Send feedback"))
    yield State("form, errors", "/feedback/", "This does not look like an e-mail address", "new", wrong)
    kept = _in_turn(_unguarded, _fill("E-mail, so that we can answer", "nobody"), _attach, _press("Send feedback"))
    yield State("form, files kept", "/feedback/", "We keep these sealed for one hour", "new", kept)
    yield State("form, file missing", "/feedback/", "Your words are safe with us", "erasing", _sent_without_its_file)
    too_long = _in_turn(_unguarded, _set("#id_message", "far too long " * 1700), _press("Send feedback"))
    yield State("form, too long", "/feedback/", "This is too long", "new", too_long)
    yield State(
        "form, very long",
        "/feedback/",
        "We would leave out 20 things",
        "new",
        _checked(f"{LONG_WORD} {STATEMENT} " * 20),
    )
    yield State("form, prefilled from an app", "/feedback/", "You write as Amal", "app")
    by_address = "/feedback/#name=Amal&email=amal%40people.test&brand=Fairphone&app_version=8.2.1"
    yield State("form, prefilled by its address", by_address, "before you press Send", "new")
    yield State("sent, address to confirm", sent["address"], "once you type the code", "known")
    wrong_code = _in_turn(_fill("Code of six digits", "000 000"), _press("Confirm my address"))
    yield State("sent, wrong code", sent["address"], "That is not the code we sent", "known", wrong_code)
    yield State("sent, without address", sent["without"], "and at your link", "known")
    yield State("sent, little left", sent["little"], "so little is left for us", "known")
    yield State("sent, address confirmed", sent["confirmed"] + "&code=confirmed", "Your address is confirmed", "known")
    yield State("mine, empty", "/feedback/mine/", "Messages you send from this device", "new")
    yield State("mine, filled", "/feedback/mine/", "1 new answer", "known")
    yield State("forget this phone", "/feedback/forget/", "Keep these links", "known")
    yield State("forgotten phone", "/feedback/forget/", "This phone is forgotten", "new", _press("Forget this phone"))
    yield State("forget, unknown phone", "/feedback/forget/", "There is nothing to forget")
    yield State("ticket, answer and left out", ticket["stated"], "left out: health", "known")
    yield State("ticket, asked what they need", ticket["stated"], "Say what I need", "known")
    yield State("ticket, nothing but a message", ticket["plain"], "let me change the ringtone")
    yield State("ticket, very long words", ticket["long"], "A very long story")
    yield State(
        "ticket, reply error", ticket["plain"], "Write one sentence", steps=_in_turn(_unguarded, _press("Send reply"))
    )
    looked = _in_turn(
        _as_without_scripts,
        _fill("Add something", STATEMENT),
        _press("Show what will be left out"),
        _press("This is not about health"),
    )
    yield State("ticket, reply checked", ticket["plain"], "kept, as you said", steps=looked)
    yield State("ticket, closed", ticket["closed"], "Closed")
    late = _in_turn(
        _fill("Add something", f"One more thing {LONG_WORD}"),
        _sent_to(ticket["closed"] + "reply/", "Send reply"),
        _press("Send reply"),
    )
    yield State("ticket, closed while writing", ticket["plain"], "so nothing can be added", steps=late)
    yield State(
        "ticket, erased", seeded["erasing"], "The key to this message is destroyed", steps=_press("Erase this message")
    )
    renewed = _press("Make a new link, end the old one")
    yield State("ticket, new link", ticket["linking"], "This page has a new link", steps=renewed)
    yield State("address, confirmed", address["confirmed"], "This address is confirmed")
    lost = _in_turn(
        lambda page: page.get_by_label("To read what was written").fill("IM-WRONG"), _press("Open the message")
    )
    yield State("address, wrong reference", address["confirmed"], "That is not the reference", steps=lost)
    stop = address["confirmed"] + "stop/"
    yield State("address, stop", stop, "Answers then stand only on the device that wrote")
    yield State("address, stopped", stop, "No more e-mails to this address", steps=_press("Stop e-mails"))
    yield State("address, ask", address["ask"], "Is this your address?")
    yield State("address, disowned", address["ask"], "Address erased", steps=_press("Not me"))
    yield State("withdraw, before", "/consent/withdraw/", "You have an open message", "stopping")
    stopped = "topped at"
    stops = (("Stop e-mails", stopped), ("Stop the optional uses", stopped))
    for button, says in (*stops, ("Answer it first, then stop everything", "Then everything stops")):
        yield State(f"withdraw, after: {button}", "/consent/withdraw/", says, "stopping", _press(button))
    yield State(
        "withdraw, after: Stop everything",
        "/consent/withdraw/",
        "1 message is closed to everybody",
        "stopping",
        _press("Stop everything"),
    )
    yield State("withdraw, too late", "/consent/withdraw/?done=late", "There is nothing to hand in", "stopping")
    yield State("withdraw, nothing to stop", "/consent/withdraw/", "has not agreed to anything")
    yield State("choices, off", "/consent/choices/", "All of these are off", "new")
    some = _in_turn(lambda page: page.locator("[type=checkbox]").first.check(), _press("Save my choices"))
    yield State("choices, saved", "/consent/choices/", "Saved.", "new", some)
    yield State("choices, recipients", "/consent/choices/", "May we pass your message on to Acme?", "known")
    yield State("rights, stranger", "/privacy/", "This browser has not written to us")
    yield State("rights, known", "/privacy/", "Who looked", "known")
    yield State("policy", "/policy/", "This site never treats continuing as agreement")
    yield State("policy, difference", "/policy/1..2/", "A line that is new")
    yield State("receipt", seeded["receipt"], "The signed receipt", "known")
    yield State("demo mail", "/demo/mail/", "Mails the demo sent")
    for name in ERROR_PAGES:
        yield State(f"error {name}", f"/error-pages/{name}", "To the start")
    yield State("not open", "/error-pages/not-open", "This form is not open yet")


def _wrong_state(page: Page) -> None:
    page.get_by_label("State").select_option("snoozed")
    page.get_by_role("button", name="Set state").click()


def _two_passwords(page: Page) -> None:
    page.get_by_label("New password").fill("short")
    page.get_by_label("The same again").fill("shorter")
    page.get_by_role("button", name="Keep this password").click()


def of_staff(seeded: dict[str, Any]) -> Iterable[State]:
    for state in _of_staff(seeded):
        yield State(
            state.name, state.path, state.shows, state.who, state.steps, is_staff=True, turns="queue" in state.name
        )


def _of_staff(seeded: dict[str, Any]) -> Iterable[State]:
    ref = seeded["ref"]
    yield State("sign-in, empty", "/accounts/login/", "Sign in to the desk")
    wrong = _in_turn(_fill("E-mail", "ada@demo.test"), _fill("Password", "wrong"), _press("Sign in"))
    yield State("sign-in, wrong", "/accounts/login/", "Please enter a correct", steps=wrong)
    yield State("undertaking", "/accounts/undertaking/", "I undertake this", "unbound")
    yield State("password", seeded["password"], "Twelve characters or more")
    yield State("password, errors", seeded["password"], "didn’t match", steps=_two_passwords)
    yield State("password, spent link", "/accounts/password/MQ/none/", "used already or is too old")
    yield State("queue, open", "/desk/", "Open", "agent")
    yield State("queue, all, long names", "/desk/?view=all", "Donaudampf", "agent")
    yield State("queue, empty view", "/desk/?view=mine", "Nothing here", "idle")
    yield State("queue, keys", "/desk/", "these keys", "agent", lambda page: page.keyboard.press("?"))
    yield State("ticket, with note and file", f"/desk/tickets/{ref['stated']}/", "only staff see it", "agent")
    yield State("ticket, plain", f"/desk/tickets/{ref['plain']}/", "let me change the ringtone", "agent")
    yield State("ticket, very long", f"/desk/tickets/{ref['long']}/", "A very long story", "agent")
    yield State("ticket, error", f"/desk/tickets/{ref['plain']}/", "That could not be done", "agent", _wrong_state)
    yield State("ticket, leaving out", f"/desk/tickets/{ref['plain']}/", "Leave out for good", "agent", _leaving_out)
    wrong = _in_turn(_leaving_out, _fill("The exact words", "heron"), _press("Leave out for good"))
    yield State("ticket, not left out", f"/desk/tickets/{ref['plain']}/", "do not stand there", "agent", wrong)
    warned = _in_turn(_fill("Note, only staff", "Person has epilepsy."), _press("Keep note"))
    yield State("ticket, private note", f"/desk/tickets/{ref['plain']}/", "seem to name", "agent", warned)
    yield State("dashboard", "/manage/consent/", "The numbers", "manager")
    asked = "/manage/consent/allowed/"
    yield State("allowed, asked", asked, "Nothing of the message is opened", "manager")
    yield State("allowed, answered", f"{asked}?ref={ref}&day=2026-01-01", "Nothing of the message is opened", "manager")
    yield State("allowed, errors", f"{asked}?ref=IM-0000&day=2999-01-01", "still to come", "manager")
    yield State("policies", "/manage/policy/", "Write a new version", "manager")
    new = "/manage/policy/drafts/new/"
    yield State("policy draft, new", new, "Save the draft", "manager")
    yield State("policy draft, errors", new, "No section was found", "manager", _draft_without_sections)
    yield State("policy draft, saved", new, "What a program found in it", "manager", _press("Save the draft"))
    yield State("policy version", "/manage/policy/versions/2/", "As people read it", "manager")
    yield State("recipients", "/manage/recipients/", "Northern Line Carriers", "manager")
    wrong = _in_turn(_unguarded, _press("Enter this recipient"))
    yield State("recipients, errors", "/manage/recipients/", "This field is required", "manager", wrong)
    yield State("operator, form", "/manage/operator/", "or for a reason after 24 hours", "manager")
    yield State("operator, errors", "/manage/operator/", "Please look at this again", "manager", _operator_without_name)
    yield State(
        "operator, pending of one's own", "/manage/operator/", "Somebody else has to confirm", "manager", _other_name
    )
    yield State("operator, pending of another", "/manage/operator/", "Confirm", "other")


def _draft_without_sections(page: Page) -> None:
    page.get_by_label("Text in English").fill("No section")
    page.get_by_role("button", name="Save the draft").click()


def _leaving_out(page: Page) -> None:
    page.locator(".entry .leave-out summary").first.click()
    page.get_by_label("What they are about").first.select_option("health")


def _operator_without_name(page: Page) -> None:
    _unguarded(page)
    page.locator("#id_name").fill("")
    page.get_by_role("button", name="Save these facts").click()


def _other_name(page: Page) -> None:
    page.locator("#id_name").fill("IM Calling Demo Cooperative")
    page.get_by_role("button", name="Save these facts").click()
