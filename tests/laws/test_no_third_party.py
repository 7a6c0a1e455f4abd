"""Law 8: no page and no mail loads anything from another host, or leads there unasked."""

import re
from collections.abc import Callable, Iterator
from email.mime.base import MIMEBase

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from consent.ledger.actions import Agreed
from feedback.desk.actions import answer
from feedback.outbox.delivery import deliver_due
from feedback.tickets.models import Ticket
from feedback.tickets.references import token_for
from imsupport.accounts.models import User
from tests.architecture.source import ROOT
from tests.laws.acting import as_agent

ELSEWHERE = re.compile(r"""(?:(?:https?|wss?|ftp):)?//[a-z0-9.\-]+""", re.IGNORECASE)
LOADS = re.compile(r"""(?:src|srcset|href|action|formaction|poster|data)\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
NAMESPACES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/1999/xhtml")
STYLE_LOADS = re.compile(r"""url\((?!["']?data:image/svg)|@import|image-set\(""")
PEOPLE = (
    "/consent/",
    "/feedback/",
    "/feedback/mine/",
    "/consent/choices/",
    "/consent/withdraw/",
    "/policy/",
    "/privacy/",
)
STAFF = ("/desk/", "/desk/tickets/{ref}/")
MANAGERS = ("/manage/consent/", "/manage/operator/")


def _written(*patterns: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def test_no_template_names_another_host() -> None:
    found = {
        name: hosts
        for name, text in _written("templates/**/*.html", "templates/**/*.txt")
        if (hosts := ELSEWHERE.findall(_without_namespaces(text)))
    }

    assert found == {}


def test_no_sheet_loads_anything_and_no_script_calls_elsewhere() -> None:
    for name, text in _written("static/css/**/*.css"):
        assert not STYLE_LOADS.search(text), name
    for name, text in _written("static/js/**/*.js", "static/img/**/*.svg"):
        assert not ELSEWHERE.search(re.sub(r"^\s*//.*$", "", _without_namespaces(text), flags=re.MULTILINE)), name


def test_pages_as_people_get_them_load_from_this_host_only(
    mia: Agreed, submitted: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket = submitted(mia, email="mia@people.test")
    link = f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/"
    client = client_for(mia)

    for url in (*PEOPLE, link):
        _assert_all_from_here(url, client.get(url).content.decode())
    _assert_all_from_here("404", client.get("/nowhere/").content.decode())


def test_pages_as_staff_get_them_load_from_this_host_only(
    mia: Agreed, ada: User, max_: User, submitted: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket = submitted(mia)

    for url in STAFF:
        _assert_all_from_here(url, client_for(ada).get(url.format(ref=ticket.ref)).content.decode())
    for url in MANAGERS:
        _assert_all_from_here(url, client_for(max_).get(url).content.decode())
    _assert_all_from_here("login", client_for().get("/accounts/login/").content.decode())


def test_the_browser_is_told_to_load_from_this_host_only(client_for: Callable[..., Client]) -> None:
    policy = client_for().get("/consent/")["Content-Security-Policy"]

    sources = {source for directive in policy.split(";") for source in directive.split()[1:]}
    assert sources <= {"'self'", "'none'", "blob:", "data:"}


def test_mails_as_they_leave_load_nothing_and_lead_only_here(
    mia: Agreed, ada: User, submitted: Callable[..., Ticket]
) -> None:
    ticket = submitted(mia, email="mia@people.test")
    answer(
        ticket, "See https://elsewhere.test/help for more.", idempotency_key="a", state="waiting", actor=as_agent(ada)
    )

    deliver_due()

    assert len(mail.outbox) == 2
    for message in mail.outbox:
        parts = [part for part in message.message().walk() if not part.is_multipart()]
        assert {part.get_content_type() for part in parts} == {"text/plain", "text/html"}
        html = next(_text(part) for part in parts if part.get_content_type() == "text/html")
        assert not re.search(r"<(img|link|script|iframe|object|embed|video|audio|style|form)\b", html)
        assert not re.search(r"\b(src|background|srcset)\s*=|url\(", html)
        for target in re.findall(r'href="([^"]+)"', html):
            assert target.startswith((settings.BASE_URL, "https://elsewhere.test/help"))


@pytest.mark.parametrize("name", ["requests", "httpx", "urllib.request", "aiohttp", "http.client", "urllib3"])
def test_one_client_calls_out_and_nothing_else_of_the_house(name: str) -> None:
    callers = [
        path
        for path, text in _written("consent/**/*.py", "feedback/**/*.py", "imsupport/**/*.py")
        if re.search(rf"^\s*(import|from) {re.escape(name)}\b", text, re.MULTILINE)
    ]

    assert callers == (["consent/disclosures/client.py"] if name == "http.client" else [])


def _text(part: MIMEBase) -> str:
    return bytes(part.get_payload(decode=True)).decode()


def _without_namespaces(text: str) -> str:
    for namespace in NAMESPACES:
        text = text.replace(namespace, "")
    return text


def _assert_all_from_here(name: str, html: str) -> None:
    targets = LOADS.findall(html)
    assert targets, name
    for target in targets:
        assert target.startswith(("/", "#", "?", "mailto:", settings.BASE_URL)), f"{name}: {target}"
        assert not target.startswith("//"), f"{name}: {target}"
