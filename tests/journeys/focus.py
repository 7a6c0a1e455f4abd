"""Where the keyboard is, whether or not the machine shows this browser's window in front."""

from playwright.sync_api import Locator, expect

HAS_FOCUS = "element => element === element.ownerDocument.activeElement"


def wait_until_focused(locator: Locator, seconds: float = 5) -> None:
    """Playwright's own assertion asks the window too, and one of several contexts is always behind another."""
    expect(locator).to_have_count(1)
    for _ in range(int(seconds * 20)):
        if locator.evaluate(HAS_FOCUS):
            return
        locator.page.wait_for_timeout(50)
    raise AssertionError(f"the keyboard is not on {locator}")
