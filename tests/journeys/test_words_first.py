"""On a bad network: the words arrive first and stay arrived, each file follows for itself."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Request, expect

from tests.journeys.conftest import Instance
from tests.journeys.focus import wait_until_focused

MESSAGE = "The ring tone is too loud."
MISSING = "This file is missing: the connection broke off."
FILES = re.compile(r"/files/$")


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / name for name in ("first.jpg", "second.jpg")]
    for path in paths:
        Image.effect_noise((400, 300), 90).save(path)
    return paths


@pytest.fixture
def page(instance: Instance, browser: Browser) -> Page:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    opened = context.new_page()
    opened.goto(instance.url + "/feedback/")
    opened.get_by_role("button", name="Agree", exact=True).click()
    return opened


def _posts(page: Page) -> list[Request]:
    """What is sent for keeping: the check while one types is a POST too, and comes when the typing pauses."""
    posts: list[Request] = []

    def note(request: Request) -> None:
        if request.method == "POST" and not request.url.endswith("/check/"):
            posts.append(request)

    page.on("request", note)
    return posts


def _write(page: Page, *files: Path) -> None:
    page.get_by_label("Your message").fill(MESSAGE)
    page.get_by_label("Pictures or a log").set_input_files(files)


def _kept(page: Page) -> str:
    expect(page.get_by_text("We kept:")).to_be_visible()
    return page.get_by_text("We kept:").locator("..").inner_text()


def test_words_are_sent_before_any_picture(page: Page, pictures: list[Path]) -> None:
    posts = _posts(page)
    _write(page, *pictures)

    page.get_by_role("button", name="Send feedback").click()

    assert "2 pictures" in _kept(page)
    assert [bool(FILES.search(request.url)) for request in posts] == [False, True, True]
    assert b"first.jpg" not in (posts[0].post_data_buffer or b"")


def test_a_picture_that_fails_is_named_and_tried_again_while_the_words_are_safe(
    page: Page, pictures: list[Path]
) -> None:
    _write(page, *pictures)
    failed: list[str] = []
    page.route(
        FILES, lambda route: (failed.append(route.request.url), route.abort())[1] if not failed else route.continue_()
    )

    page.get_by_role("button", name="Send feedback").click()

    wait_until_focused(page.get_by_role("heading", name="Your message has arrived"))
    expect(page.get_by_text("Your words are safe with us.")).to_be_visible()
    expect(page.locator("main h1 ~ [role=status]")).to_have_text(f"first.jpg: {MISSING}")
    expect(page.get_by_role("listitem").nth(1)).to_contain_text("arrived")
    assert re.fullmatch(r"IM-\w{7}", page.locator("[data-ref]").inner_text())
    expect(page.get_by_role("link", name="Go on without what is missing")).to_be_visible()
    page.get_by_role("button", name="Try again: first.jpg").click()

    assert "2 pictures" in _kept(page)


def test_one_can_go_on_without_the_picture_that_is_missing(page: Page, pictures: list[Path]) -> None:
    page.route(FILES, lambda route: route.abort())
    _write(page, pictures[0])
    page.get_by_role("button", name="Send feedback").click()
    expect(page.locator("main h1 ~ [role=status]")).to_contain_text(MISSING)

    page.get_by_role("link", name="Go on without what is missing").click()

    assert "picture" not in _kept(page)


def test_a_file_we_do_not_take_says_why_and_has_no_retry(page: Page, tmp_path: Path) -> None:
    program = tmp_path / "tool.exe"
    program.write_bytes(b"MZ\x00\xff\xfe")
    _write(page, program)

    page.get_by_role("button", name="Send feedback").click()

    expect(page.locator("main h1 ~ [role=status]")).to_contain_text("This is something else")
    expect(page.get_by_role("button", name="Try again: tool.exe")).to_be_hidden()


def test_without_a_connection_the_words_stay_and_one_press_more_sends_them_once(
    instance: Instance, page: Page, pictures: list[Path]
) -> None:
    _write(page, pictures[0])
    page.route("**/feedback/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.get_by_role("button", name="Send feedback").click()
    expect(page.get_by_role("status").filter(has_text="No connection")).to_be_visible()
    expect(page.get_by_label("Your message")).to_have_value(MESSAGE)
    page.unroute("**/feedback/")
    # This time they arrive and the answer is lost.
    lost: list[str] = []

    def lose(route: object) -> None:
        if route.request.method == "POST" and not lost:  # type: ignore[attr-defined]
            lost.append(route.fetch().text())  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route("**/feedback/", lose)
    page.get_by_role("button", name="Send feedback").click()
    expect(page.get_by_role("button", name="Send feedback")).to_be_enabled()
    page.get_by_role("button", name="Send feedback").click()

    assert "1 picture" in _kept(page)
    page.goto(instance.url + "/feedback/mine/")
    expect(page.get_by_role("article")).to_have_count(1)


def test_what_is_not_right_yet_is_said_and_its_pictures_are_kept(page: Page, pictures: list[Path]) -> None:
    page.evaluate("for (const form of document.forms) form.noValidate = true")
    _write(page, pictures[0])
    page.get_by_role("textbox", name="E-mail").fill("nobody at home")
    page.get_by_role("button", name="Send feedback").click()
    expect(page.get_by_role("alert")).to_contain_text("does not look like an e-mail address")
    expect(page.get_by_text("We keep these sealed for one hour")).to_be_visible()
    page.get_by_label("Pictures or a log").set_input_files(pictures[1])
    page.get_by_role("textbox", name="E-mail").fill("")

    page.get_by_role("textbox", name="E-mail").press("Enter")

    assert "2 pictures" in _kept(page)


def test_a_reply_goes_the_same_way(page: Page, pictures: list[Path]) -> None:
    _write(page)
    page.get_by_role("button", name="Send feedback").click()
    page.get_by_role("link", name="See your message").click()
    posts = _posts(page)

    page.get_by_label("Add something").fill("On wifi too.")
    page.get_by_label("Pictures or a log").set_input_files(pictures)
    page.get_by_role("button", name="Send reply").click()

    expect(page.get_by_role("link", name="second.jpg")).to_be_visible()
    expect(page.locator("main")).to_contain_text("On wifi too.")
    assert [bool(FILES.search(request.url)) for request in posts] == [False, True, True]
