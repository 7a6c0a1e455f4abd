"""One walk through every state of every page; what was found on the way is judged by the tests below."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.journeys.conftest import Instance
from tests.journeys.states import State, of_people, of_staff

PHONE, DESK, SMALLEST = (390, 844), (1280, 800), (320, 640)
OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
# Between light and dark nothing but colours changes.
ONLY_COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
RUN_AXE = """options => axe.run(document, options).then(({ violations }) => violations.map(
  ({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | ")}`))"""
SIDEWAYS = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""
WIDEST = """() => [...document.querySelectorAll("body *")].filter(
  part => Math.ceil(part.getBoundingClientRect().right) > document.documentElement.clientWidth
    || Math.floor(part.getBoundingClientRect().left) < 0).slice(-2).map(part => part.outerHTML.slice(0, 160))"""


@dataclass
class Findings:
    states: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    sideways: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


@dataclass
class Walk:
    """A browser's page that is led from state to state."""

    instance: Instance
    seeded: dict[str, Any]
    page: Page
    found: Findings = field(default_factory=Findings)

    def enter(self, state: State) -> None:
        context = self.page.context
        context.clear_cookies()
        given = self.seeded["cookies"].get(state.who, {})
        context.add_cookies([{"name": k, "value": v, "url": self.instance.url} for k, v in given.items()])
        self._resize(DESK if state.is_staff else PHONE)
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.page.goto(self.instance.url + state.path)
        state.steps(self.page)
        expect(self.page.locator("body"), state.name).to_contain_text(state.shows)
        self.page.wait_for_load_state()  # the words are there before the styles that axe measures
        self.page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        self.page.evaluate(AXE_SCRIPT)
        self.found.states.append(state.name)

    def examine(self, state: State) -> None:
        self.enter(state)
        for width in (DESK, PHONE) if state.is_staff else (PHONE,):
            self._resize(width)
            for scheme in ("light", "dark"):
                self._judge(state, width, scheme)
        if state.turns:
            self.page.evaluate("document.documentElement.dir = 'rtl'")
            self._judge(state, PHONE, "light", "right to left")
            self.page.evaluate("document.documentElement.dir = 'ltr'")
        if not state.is_staff:
            self._resize(SMALLEST)
            self._measure(f"{state.name}, 320 px")
            self._resize(PHONE)
            self.page.evaluate("document.documentElement.style.fontSize = '32px'")
            self._measure(f"{state.name}, text of 200 %")

    def _judge(self, state: State, width: tuple[int, int], scheme: Any, turned: str = "") -> None:
        where = f"{state.name}, {width[0]} px, {scheme}{turned and ', ' + turned}"
        self.page.emulate_media(color_scheme=scheme)
        options = OPTIONS if scheme == "light" else ONLY_COLOURS
        self.found.violations += [f"{where}: {one}" for one in self.page.evaluate(RUN_AXE, options)]
        self._measure(where)

    def _measure(self, where: str) -> None:
        if (wider := self.page.evaluate(SIDEWAYS)) > 0:
            self.found.sideways.append(f"{where}: {wider} px wider, {self.page.evaluate(WIDEST)}")

    def _resize(self, size: tuple[int, int]) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})


@pytest.fixture(scope="module")
def seeded(instance: Instance) -> dict[str, Any]:
    said = instance.manage("shell", "-c", "from tests.journeys.seeding import seed; seed()")
    answer: dict[str, Any] = json.loads(said.splitlines()[-1])
    return answer


@pytest.fixture(scope="module")
def walker(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture(scope="module")
def found(instance: Instance, seeded: dict[str, Any], walker: BrowserContext) -> Findings:
    walk = Walk(instance, seeded, walker.new_page())

    def error_page(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        route.fulfill(body=seeded["errors"][name], content_type="text/html")

    def receipt(route: Route) -> None:
        route.fulfill(body=route.fetch().text(), content_type="text/html")

    walker.route("**/error-pages/*", error_page)
    walker.route("**/consent/receipts/*", receipt)
    own = (instance.url, "data:", "blob:")
    walker.on("request", lambda r: None if r.url.startswith(own) else walk.found.foreign.append(r.url))
    for state in (*of_people(seeded), *of_staff(seeded)):
        walk.examine(state)
    return walk.found


def test_axe_finds_no_violation_on_any_page_in_any_state(found: Findings) -> None:
    assert len(found.states) == len(set(found.states)) >= 65
    assert not found.violations, "\n".join(found.violations)


def test_no_page_asks_another_host_for_anything(found: Findings) -> None:
    assert not found.foreign, "\n".join(found.foreign)


def test_no_page_scrolls_sideways_at_320_px_with_text_of_200_percent_or_from_right_to_left(found: Findings) -> None:
    assert not found.sideways, "\n".join(found.sideways)
