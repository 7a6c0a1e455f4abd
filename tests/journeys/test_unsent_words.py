"""What an agent has typed and not sent outlives every other act on the ticket."""

from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Instance, sign_in
from tests.journeys.focus import wait_until_focused


def _ticket(instance: Instance, browser: Browser) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    sign_in(page, instance, "grace@demo.test")
    page.locator(".list a").first.click()
    expect(page.locator("#id_answer")).to_be_visible()
    return page


def test_a_half_written_answer_outlives_a_note_and_a_priority(instance: Instance, browser: Browser) -> None:
    page = _ticket(instance, browser)
    page.locator("#id_answer").fill("Half an answer")
    page.locator("#id_note").fill("Seen by grace on the tram.")
    page.get_by_role("button", name="Keep note").click()

    expect(page.locator(".entry.note").last).to_contain_text("on the tram")
    expect(page.locator("#id_note")).to_have_value("")
    expect(page.locator("#id_answer")).to_have_value("Half an answer")

    page.locator("#id_until").fill("2031-01-01T10:00")
    page.locator("#id_priority").select_option(label="Urgent")
    page.get_by_role("button", name="Set priority").click()
    expect(page.locator("main h1 + p")).to_contain_text("Urgent")
    wait_until_focused(page.get_by_role("button", name="Set priority"))
    expect(page.locator("#said")).to_have_text("Done.")
    expect(page.locator("#id_answer")).to_have_value("Half an answer")
    expect(page.locator("#id_until")).to_have_value("2031-01-01T10:00")


def test_a_second_note_is_kept_beside_the_first(instance: Instance, browser: Browser) -> None:
    page = _ticket(instance, browser)
    for words in ("The first of two.", "The second of two."):
        page.locator("#id_note").fill(words)
        page.get_by_role("button", name="Keep note").click()
        expect(page.locator(".entry.note").last).to_contain_text(words)
    expect(page.locator("#id_note")).to_have_value("")


def test_an_answer_stays_where_it_was_typed_when_the_session_is_over(instance: Instance, browser: Browser) -> None:
    page = _ticket(instance, browser)
    page.locator("#id_answer").fill("A long answer")
    page.context.clear_cookies()
    page.get_by_role("button", name="Send answer").click()

    expect(page.locator("#said")).to_contain_text("You were signed out; nothing was sent")
    expect(page.locator("#id_answer")).to_have_value("A long answer")


def test_leaving_with_an_unsent_answer_is_warned_of(instance: Instance, browser: Browser) -> None:
    page = _ticket(instance, browser)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#id_answer").press_sequentially("Unsent")
    page.get_by_role("link", name="Back to the queue").click()
    expect(page).to_have_url(instance.url + "/desk/")
    assert asked == ["beforeunload"]
