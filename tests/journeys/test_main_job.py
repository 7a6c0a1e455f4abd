import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Error, Page, expect

from tests.journeys.conftest import Instance, sign_in

SENTENCE = "I am deaf, I need captions in group calls."


def _photo_with_place(folder: Path) -> Path:
    image, exif = Image.new("RGB", (64, 48), "teal"), Image.Exif()
    exif[0x010F] = "CameraMakerCanary"
    exif.get_ifd(0x8825)[1] = "N"
    path = folder / "photo.jpg"
    image.save(path, exif=exif)
    return path


def _picture(page: Page, path: Path) -> None:
    # A busy machine sometimes lets the first picture fail; the second shows the same page.
    try:
        page.screenshot(path=path, full_page=True)
    except Error:
        page.wait_for_timeout(500)
        page.screenshot(path=path, full_page=True)


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_form_to_the_answer_and_the_proof(
    instance: Instance, browser: Browser, screenshots: Path, tmp_path: Path, has_scripts: bool
) -> None:
    address = f"mia-{int(has_scripts)}@people.test"
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=has_scripts)
    foreign: list[str] = []
    context.on("request", lambda r: foreign.append(r.url) if not r.url.startswith((instance.url, "data:")) else None)
    page = context.new_page()

    page.goto(instance.url + "/")
    expect(page).to_have_url(re.compile("/consent/"))
    expect(page.locator("input:checked")).to_have_count(0)
    _picture(page, screenshots / f"1-agreement-{has_scripts}.png")
    page.get_by_role("button", name="Agree", exact=True).click()
    expect(page).to_have_url(instance.url + "/feedback/")

    page.get_by_label("Your message").fill(SENTENCE)
    page.get_by_label("E-mail").fill(address)
    page.get_by_label("Pictures or a log").set_input_files(_photo_with_place(tmp_path))
    if has_scripts:
        expect(page.locator("#live")).to_contain_text("We will leave this out", timeout=8000)
        expect(page.locator("#marks")).to_contain_text("deaf")
    else:
        page.get_by_role("button", name="Show what will be left out").click()
        expect(page.get_by_role("status").first).to_contain_text("We would leave out 1 thing")
        page.get_by_label("Pictures or a log").set_input_files(_photo_with_place(tmp_path))
    _picture(page, screenshots / f"2-form-{has_scripts}.png")
    page.get_by_role("button", name="Send feedback").click()
    expect(page.get_by_role("heading", name="Your message has arrived")).to_be_visible()
    _picture(page, screenshots / f"3-sent-{has_scripts}.png")
    ref = page.get_by_text(re.compile(r"^IM-")).first.inner_text()
    expect(page.get_by_label("Your link")).to_have_value(re.compile("/feedback/[A-Za-z0-9_-]{20}"))

    asked = instance.mail_to(address, "Did you write to")
    assert ref not in asked
    assert "captions" not in asked
    code = re.search(r"(\d{3} \d{3})", asked)
    assert code
    page.get_by_label("Code of six digits").fill(code[1])
    page.get_by_role("button", name="Confirm my address").click()
    expect(page.get_by_role("status").first).to_contain_text("confirmed")
    link = page.get_by_role("link", name="See your message").get_attribute("href")
    assert link

    desk = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    sign_in(desk, instance, "ada@demo.test", "/desk/")
    _picture(desk, screenshots / f"4-queue-{has_scripts}.png")
    desk.goto(f"{instance.url}/desk/tickets/{ref}/")
    expect(desk.locator(".left-out").first).to_contain_text("health")
    expect(desk.locator("main")).not_to_contain_text("deaf")
    _picture(desk, screenshots / f"5-ticket-{has_scripts}.png")
    with desk.expect_download() as download:
        desk.get_by_role("link", name="photo.jpg").click()
    stored = Path(download.value.path()).read_bytes()
    assert b"CameraMakerCanary" not in stored
    assert not Image.open(io.BytesIO(stored)).getexif()
    desk.get_by_label("Answer, the person reads this").fill("Press the three dots, then Captions.")
    desk.get_by_role("button", name="Send answer").click()

    assert "three dots" in instance.mail_to(address, "three dots")
    page.goto(instance.url + link if link.startswith("/") else link)
    expect(page.locator("main")).to_contain_text("three dots")
    expect(page.locator("main")).to_contain_text("Read by a support agent")
    page.get_by_label("Add something").fill("That works, thank you.")
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_text("That works, thank you.", exact=True)).to_be_visible()
    _picture(page, screenshots / f"6-conversation-{has_scripts}.png")

    desk.goto(f"{instance.url}/desk/tickets/{ref}/")
    expect(desk.locator("main")).to_contain_text("That works")
    desk.get_by_label("State").select_option("solved")
    desk.get_by_role("button", name="Set state").click()
    expect(desk.locator("main h1 + p")).to_contain_text("Solved")

    manager = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    sign_in(manager, instance, "max@demo.test", "/manage/consent/")
    expect(manager.get_by_text("Tickets by state, now").first).to_be_visible()
    _picture(manager, screenshots / f"7-dashboard-{has_scripts}.png")
    assert foreign == []


def test_the_ledger_of_a_lived_instance_is_whole(instance: Instance) -> None:
    assert "whole" in instance.manage("verify_ledger")
