"""Takes the README's pictures of the real pages, from a demo made for them: `make pictures`."""

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.conftest import FLAGS, ROOT, Instance, sign_in

FOLDER = ROOT / "docs" / "pictures"
PHONE, DESK = {"width": 390, "height": 1080}, {"width": 1280, "height": 800}
MESSAGE = "I am deaf. Where can I switch on captions? Calls also drop after ten minutes."
BYTES_AT_MOST = 120_000


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="im-support-pictures-") as folder:
        instance = Instance(Path(folder))
        instance.manage("setup")
        instance.start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
                _person(browser, instance)
                _staff(browser, instance)
                browser.close()
        finally:
            instance.stop()


def _person(browser: Browser, instance: Instance) -> None:
    page = browser.new_context(viewport=PHONE, color_scheme="light").new_page()
    page.goto(f"{instance.url}/consent/")
    _keep(page, "agreement")
    page.get_by_role("button", name="Agree", exact=True).click()
    page.goto(f"{instance.url}/feedback/")
    page.get_by_label("Your message").press_sequentially(MESSAGE, delay=5)
    page.locator("#live").get_by_text("We will leave this out").wait_for()
    page.evaluate("scrollTo(0, 0)")
    _keep(page, "form")
    page.get_by_label("E-mail").fill("mia@people.test")
    page.get_by_role("button", name="Send feedback").click()
    page.get_by_role("heading", name="Your message has arrived").wait_for()
    _keep(page, "sent")


def _staff(browser: Browser, instance: Instance) -> None:
    desk = browser.new_context(viewport=DESK, color_scheme="light").new_page()
    sign_in(desk, instance, "ada@demo.test", "/desk/")
    _keep(desk, "queue")
    desk.goto(f"{instance.url}/desk/?view=solved")
    desk.get_by_text("Notifications come late").first.click()
    desk.locator(".entry").first.wait_for()
    _keep(desk, "ticket")
    manager = browser.new_context(viewport=DESK, color_scheme="light").new_page()
    sign_in(manager, instance, "max@demo.test", "/manage/consent/")
    _keep(manager, "dashboard", is_whole=True)


def _keep(page: Page, name: str, *, is_whole: bool = False) -> None:
    """Write a picture with few colours: pages are flat, and a README is loaded often."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(page.screenshot(full_page=is_whole))) as taken:
        small = taken.convert("RGB").quantize(96, dither=Image.Dither.NONE)
    path = FOLDER / f"{name}.png"
    small.save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}: {size // 1000} kB")
    assert size < BYTES_AT_MOST, f"{name} is larger than {BYTES_AT_MOST} bytes"


if __name__ == "__main__":
    main()
