"""As a new manager: a second version that adds a use, published with a colleague; people asked again; old rows safe."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PASSWORD, Instance, sign_in

POLICY = "/manage/policy/"
ADDED = "• We may quote a sentence of yours in public, without your name."


@pytest.fixture(scope="module")
def own(tmp_path_factory: Any) -> Iterator[Instance]:
    """An instance of its own: a new version asks everybody again, also the people of other journeys."""
    running = Instance(tmp_path_factory.mktemp("policy"))
    with _stores_of_its_own(running.env):
        running.manage("setup", "--tickets", "6")
        running.start()
        yield running
        running.stop()


@contextmanager
def _stores_of_its_own(env: dict[str, str]) -> Iterator[None]:
    """Beside PostgreSQL and Redis, which all instances of a run share: two databases, and a broker's number."""
    if not env["DATABASE_URL"]:
        yield
        return
    shared, name = env["DATABASE_URL"], f"walk_{secrets.token_hex(4)}"
    env["DATABASE_URL"] = re.sub(r"/[^/?]+(\?|$)", rf"/{name}\1", shared)
    env["KEYS_DATABASE_URL"] = re.sub(r"/[^/?]+(\?|$)", rf"/{name}_keys\1", shared)
    env["REDIS_URL"] = urlsplit(env["REDIS_URL"])._replace(path="/5").geturl()
    with psycopg.connect(shared, autocommit=True) as server:
        for database in (name, f"{name}_keys"):
            server.execute(f"CREATE DATABASE {database}")
        yield
        for database in (name, f"{name}_keys"):
            server.execute(f"DROP DATABASE {database} WITH (FORCE)")


def _new_page(browser: Browser, width: int = 1280, scheme: Any = "light") -> Page:
    return browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()


def _second_manager(own: Instance, browser: Browser) -> Page:
    """Add a colleague as the operator does, and let her choose her password by the link."""
    told = own.manage("staff", "add", "petra@demo.test", "--role", "manager")
    link = re.search(r"https?://\S+", told)
    assert link is not None, told
    page = _new_page(browser, 390, "dark")
    page.goto(link[0])
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.locator("main button").click()
    sign_in(page, own, "petra@demo.test", POLICY)
    return page


def test_a_version_is_drafted_checked_published_by_two_and_asked_for(
    own: Instance, browser: Browser, screenshots: Path
) -> None:
    person = _new_page(browser, 390)
    person.goto(own.url + "/feedback/")
    person.get_by_role("button", name="Agree", exact=True).click()
    person.get_by_label("Your message").fill("The call list is hard to read.")
    person.get_by_role("button", name="Send feedback").click()
    expect(person.get_by_role("heading", name="Your message has arrived")).to_be_visible()

    manager = _new_page(browser)
    sign_in(manager, own, "max@demo.test", POLICY)
    manager.get_by_role("link", name="Write a new version").click()
    text = manager.get_by_label("Text in English")
    text.fill("No section")
    manager.get_by_role("button", name="Save the draft").click()
    expect(manager.get_by_role("alert")).to_contain_text("No section was found")
    expect(text).to_have_value("No section")
    manager.goto(own.url + POLICY + "drafts/new/")
    text.fill(text.input_value() + f"\n{ADDED}\n")
    use = manager.get_by_role("group", name="Show others what you wrote")
    use.get_by_label("Offer this use").check()
    use.get_by_text("In words of this version").click()
    use.get_by_label("Who receives it").fill("selected partners")
    manager.get_by_label("Days from the announcement").fill("0")
    manager.get_by_role("button", name="Save the draft").click()

    found = manager.get_by_role("region", name="What a program found in it")
    expect(found).to_contain_text("names recipients that nobody could look up “selected partners”")
    expect(found).to_contain_text("to which authority one can complain")
    expect(manager.get_by_role("region", name="What it changes")).to_contain_text(f"+ {ADDED}")
    expect(manager.get_by_role("region", name="Publish")).to_contain_text("A colleague has to read and publish it.")
    manager.screenshot(path=screenshots / "policy-draft.png", full_page=True)
    use.get_by_text("In words of this version").click()
    use.get_by_label("Who receives it").fill("")
    manager.get_by_role("button", name="Save the draft").click()
    expect(found).not_to_contain_text("selected partners")

    colleague = _second_manager(own, browser)
    colleague.screenshot(path=screenshots / "policy-versions.png", full_page=True)
    colleague.get_by_role("link", name="Draft by").click()
    colleague.screenshot(path=screenshots / "policy-draft-phone.png", full_page=True)
    colleague.get_by_role("button", name="Publish this version").click()
    expect(colleague.get_by_role("heading", name="Version 2 of the privacy policy")).to_be_visible()
    colleague.get_by_role("link", name="Count now").click()
    for row in colleague.get_by_role("row").all()[1:]:
        expect(row.get_by_role("cell").last).to_contain_text("0")
    expect(colleague.get_by_role("row", name="Message")).not_to_contain_text(re.compile(r"Message\s*0"))
    colleague.screenshot(path=screenshots / "policy-proof.png", full_page=True)

    person.goto(own.url + "/feedback/")
    expect(person.get_by_text("You agreed to version 1. Now version 2 is in effect")).to_be_visible()
    person.screenshot(path=screenshots / "policy-asked-again.png", full_page=True)
    person.get_by_role("link", name="What changed").click()
    expect(person.get_by_text(f"+ {ADDED}")).to_be_visible()
    person.go_back()
    person.get_by_role("button", name="Agree", exact=True).click()
    expect(person.get_by_label("Your message")).to_be_visible()
    person.goto(own.url + "/consent/choices/")
    switch = person.get_by_label("Allow: Show others what you wrote")
    expect(switch).not_to_be_checked()
    switch.check()
    person.get_by_role("button", name="Save my choices").click()
    person.screenshot(path=screenshots / "policy-choices.png", full_page=True)

    colleague.reload()
    for row in colleague.get_by_role("row").all()[1:]:
        expect(row.get_by_role("cell").last).to_contain_text("0")
