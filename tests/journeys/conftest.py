"""A whole instance as an operator would run it, and a phone's browser in front of it."""

import email
import email.policy
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.servers import free_port

ROOT = Path(__file__).parents[2]
PASSWORD = "a journey through the house"
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


class Instance:
    """A running instance of the demo."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = {
            **os.environ,
            "DEMO": "1",
            "DATA_DIR": str(folder),
            "BASE_URL": self.url,
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
            "DEMO_PASSWORD": PASSWORD,
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
        }

    def manage(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=self.env, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        with open(self.folder / "up.log", "wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up"], cwd=ROOT, env=self.env, stdout=log, stderr=log
            )
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{self.url}/health/ready", timeout=1)
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError((self.folder / "up.log").read_text())

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)

    def mail_to(self, address: str, containing: str, seconds: float = 40) -> str:
        """Wait for a mail and return its subject and plain text."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for path in (self.folder / "mail").glob("*.log"):
                raw = path.read_bytes().rsplit(b"\n-----", 1)[0]
                message = email.message_from_bytes(raw, policy=email.policy.default)
                body = message.get_body(("plain",))
                text = f"{message['Subject']}\n{body.get_content() if body else ''}"
                if message["To"] == address and containing in text:
                    return text
            time.sleep(0.2)
        raise AssertionError(f"no mail with {containing!r} arrived")


def sign_in(page: Page, instance: Instance, email: str, path: str = "/desk/") -> None:
    """Sign somebody of the staff in, who undertakes what they must, and open a page."""
    page.goto(instance.url + path)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    if "/undertaking/" in page.url:
        page.get_by_role("button", name="I undertake this").click()
    page.goto(instance.url + path)


@pytest.fixture(scope="session")
def instance(tmp_path_factory: Any) -> Iterator[Instance]:
    running = Instance(tmp_path_factory.mktemp("instance"))
    running.manage("setup", "--tickets", "12")
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=None)
    yield context
    context.close()


@pytest.fixture
def screenshots() -> Path:
    folder = ROOT / "test-results" / os.environ.get("EXPECTED_VENDOR", "sqlite")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
