"""Concurrent users over plain keep-alive sockets: each opens the form and posts it, again and again."""

import http.client
import re
import secrets
import threading
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue

USERS = 8
EACH_WRITES = 10
"""More an hour look like a program's, and are not answered by mail, which is a part of what is measured."""
BODY = (
    "Since the last update calls drop after ten minutes. I tried it on wifi and on mobile, with two phones, and it is "
    "the same. The other side hears nothing any more, the timer goes on counting. Restarting the app helps once."
)


@dataclass
class User:
    """A connection, and the cookies of the person who uses it at present, who stands in a network of their own."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    network: str = "10.0.0.1"
    sent: int = 0
    people: SimpleQueue[tuple[dict[str, str], str]] = field(default_factory=SimpleQueue)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def send(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Return status, body and where the answer leads to."""
        headers = {"Host": f"127.0.0.1:{self.port}", "User-Agent": "Mozilla/5.0 (Linux; Android 10; Redmi 9A)"}
        headers["X-Forwarded-For"] = self.network
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://127.0.0.1:{self.port}"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return response.status, response.read().decode(), response.getheader("Location") or ""


def hidden(page: str, name: str) -> str:
    """Return the value of a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    if found is None:
        raise AssertionError(f"no field {name}")
    return found[1]


def agree(user: User) -> None:
    """Go through the agreement."""
    _status, page, _ = user.send("GET", "/consent/")
    fields = {
        "decision": "agree",
        "evidence": hidden(page, "evidence"),
        "csrfmiddlewaretoken": hidden(page, "csrfmiddlewaretoken"),
    }
    status, _page, _ = user.send("POST", "/consent/", fields)
    assert status == 302, status


def agree_all(user: User, people: int) -> None:
    """Let so many people agree over one connection, who then write over any that shares the queue."""
    for number in range(people):
        user.cookies, user.network = {}, f"{number % 90 + 1}.{number // 90}.0.1"
        agree(user)
        user.people.put((user.cookies, user.network))


def submit_ours(user: User) -> None:
    """Open our form and send it, each time with a fresh address; after some times the next person does."""
    if user.sent % EACH_WRITES == 0:
        user.cookies, user.network = user.people.get_nowait()
    user.sent += 1
    status, page, _ = user.send("GET", "/feedback/")
    assert status == 200, status
    fields = {
        "message": BODY,
        "name": "Mia",
        "email": f"{secrets.token_hex(6)}@people.test",
        "topic": "problem",
        "idempotency_key": hidden(page, "idempotency_key"),
        "csrfmiddlewaretoken": hidden(page, "csrfmiddlewaretoken"),
    }
    status, page, onward = user.send("POST", "/feedback/", fields)
    assert (status, "/sent/" in onward) == (302, True), (status, page[:300])


def submit_bare(user: User) -> None:
    """Open the yardstick's form and send it."""
    status, _page, _ = user.send("GET", "/submit/")
    assert status == 200, status
    fields = {"email": "mia@people.test", "subject": "Calls drop", "body": BODY, "kind": "bug"}
    status, _page, _ = user.send("POST", "/submit/", fields)
    assert status == 201, status


def drive(users: list[User], act: Callable[[User], None], seconds: float) -> tuple[int, float]:
    """Let all users act for some seconds; return how many acts were done and how long it took."""
    done = [0] * len(users)
    failed: list[BaseException] = []
    until = time.perf_counter() + seconds

    def work(index: int) -> None:
        try:
            while time.perf_counter() < until and not failed:
                act(users[index])
                done[index] += 1
        except BaseException as error:
            failed.append(error)

    started = time.perf_counter()
    threads = [threading.Thread(target=work, args=(index,)) for index in range(len(users))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return sum(done), time.perf_counter() - started
