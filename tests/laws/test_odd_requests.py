"""Law 1, from the side of who means harm: whatever is asked of a door, it answers, and no answer missed a gate."""

import json
import os
import random
import re
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from django import forms
from django.conf import settings
from django.test import Client
from joserfc import jws
from joserfc.jwk import OctKey

from consent.ledger.actions import Agreed
from consent.ledger.models import ConsentEvent
from consent.static_pages import StaticPage
from feedback.portal.arriving import sent_url
from feedback.portal.entering import key_of
from feedback.portal.models import HostApp
from feedback.tickets.models import Ticket
from feedback.tickets.references import token_for
from imsupport import clock
from imsupport.accounts.models import User
from imsupport.checks import doors
from tests.architecture.source import modules

DRAWS = 60 if os.environ.get("PROOF") == "1" else 4
ROUTES = [route for route, _pattern in doors()]
HEADERS = {
    name for path in modules() for name in re.findall(r'headers(?:\.get\(|\[)"([\w-]+)"', path.read_text("utf-8"))
}
HEADERS |= {"Host", "Range", "If-Modified-Since", "Content-Encoding", "HX-Request", "HX-Current-URL", "Forwarded"}
HEADERS -= {"Content-Length"}  # a web server refuses one that is no number
_READ = re.compile(r"""request\.(GET|POST)(?:\.get|\.getlist)?[(\[]\s*["'](\w+)""")
ODD = [
    *(
        "",
        " ",
        "\x00",
        "a\x00b",
        "\ud800",
        "\u202e",
        "\ufeff",
        "%",
        "%00",
        "%zz",
        "\r\nX-Odd: 1",
        "<script>",
        "'\"",
        "\\",
    ),
    *("0", "-1", "1", "1_000", "٣", "0x10", "9" * 18, "9" * 20, "9" * 400, "1e999", "nan", "Infinity", "-Infinity"),
    *(
        "null",
        "[]",
        "{}",
        "[" * 5000,
        '["0001-01-01T00:00:00+00:00",1]',
        "true",
        "a:b:c",
        "=",
        "==",
        "AAAA",
        "a" * 70_000,
    ),
    *("0001-01-01", "9999-12-31T23:59:59+23:59", "0001-01-01T00:00:00+23:59", "2026-02-30", "agree", "open", "snoozed"),
    *("http://[", "http://[::1", "https://testserver:port/", "//", "null", "bytes=9-", "٣" * 6, "é" * 43),
    *("é", "_" * 43, "a.b.c", ".e30.", "IM-2222222", "mia@example.org", "application/json"),
]
ODD_JSON = [
    *(
        "[" * 100_000,
        '{"a":' * 50_000,
        "9" * 5000,
        "NaN",
        "null",
        "[]",
        "[1]",
        "[1,2,3]",
        '["x",1]',
        "{}",
        '"\\ud800"',
        "\xff",
    ),
    *(
        f'["2026-01-01T00:00:00+00:00",{number}]'
        for number in ("Infinity", "NaN", "1e400", "9" * 30, "-1", "[]", "null")
    ),
    *(f'["{at}",1]' for at in ("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-01-01", "\\u0000")),
    *(f'{{"iss":{name}}}' for name in ("1", "null", "[]", "{}", '"\\u0000"', '"\\ud800"', '"calling"', "1e400")),
]
ODD_IN_PATHS = [each for each in ODD if "/" not in each and each and len(each) < 1000]
ODD_COOKIES = [each for each in ODD if each.isascii() and "\n" not in each and len(each) < 4000]
HOSTS = ["", "evil.test", "[::1", "test server", "testserver\x00", "ü.test", "testserver, evil.test"]
BODIES = [
    ("multipart/form-data", b""),
    ("multipart/form-data; boundary=", b"--x\r\n"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="message"\r\n'),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="attachments"; filename="\x00"\r\n\r\n\xff\r\n--x--',
    ),
    ("multipart/form-data; boundary=" + "x" * 300, b"x"),
    ("multipart/form-data; boundary=x; charset=utf-7", b"--x--"),
    ("application/x-www-form-urlencoded; charset=nonsense", b"message=%ff&name=%"),
    ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % number for number in range(1500))),
    ("application/json", b'{"message":' + b"[" * 5000),
    ("\x00", b"\xff\xfe"),
]


def _names() -> list[str]:
    """Return every parameter that a view reads and every field that a form has."""
    read = {name for path in modules() for _kind, name in _READ.findall(path.read_text("utf-8"))}
    waiting, fields = [forms.BaseForm], set()
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        fields |= set(getattr(form, "base_fields", {}))
    return sorted(read | fields)


NAMES = _names()


@pytest.fixture
def ticket(mia: Agreed, client_for: Callable[..., Client]) -> Ticket:
    client_for(mia).post("/feedback/", {"message": "Calls drop.", "idempotency_key": "k", "name": "Mia"})
    return Ticket.objects.get()


@pytest.fixture
def known(ticket: Ticket, ada: User) -> dict[str, str]:
    """What stands in an address where a door is to be reached in earnest."""
    act_id = ConsentEvent.objects.order_by("seq").values_list("act_id", flat=True)[0]
    token = token_for(ticket.pk, ticket.token_generation)
    [m] = parse_qs(urlsplit(sent_url(ticket)).query)["m"]
    in_address = {"token": token, "ref": ticket.ref, "act_id": str(act_id), "version": "1", "key": "mail"}
    return {**in_address, "m": m, "since": "0", "message": "Calls drop.", "idempotency_key": "k2"}


@pytest.fixture(params=["anyone", "mia", "ada", "max_"])
def who(request: pytest.FixtureRequest) -> Any:
    return None if request.param == "anyone" else request.getfixturevalue(request.param)


def test_no_door_breaks_whatever_is_asked(who: Any, known: dict[str, str], client_for: Callable[..., Client]) -> None:
    seed = secrets.randbits(32)
    chance = random.Random(seed)
    cookies = [settings.CONSENT_COOKIE, settings.APP_COOKIE, settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME]

    for route in ROUTES:
        for number in range(DRAWS):
            client = client_for(who)
            if chance.random() < 0.1:
                client.cookies[chance.choice(cookies)] = chance.choice(ODD_COOKIES)
            url = _address(route, known, chance) + "?" + _pairs(known, chance)
            given = {"data": _pairs(known, chance), "content_type": "application/x-www-form-urlencoded"}
            if chance.random() < 0.3:
                given["content_type"], given["data"] = chance.choice(BODIES)
            method = chance.choice(["get", "post", "post", "head", "put", "options"])
            given = {} if method in ("get", "head") else given
            given["headers"] = _headers(chance)
            what = (seed, number, method, url[:300], str(given)[:600])
            _assert_answered(_ask(client, method, url, given), what)


@pytest.mark.parametrize("header", sorted(HEADERS))
def test_a_header_may_say_anything(header: str, mia: Agreed, client_for: Callable[..., Client]) -> None:
    for odd in ODD:
        headers = {header: _as_a_server_would(odd)}
        for who in (None, mia):
            _assert_answered(_ask(client_for(who), "get", "/feedback/", {"headers": headers}), (header, odd[:80]))


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_what_goes_with_a_genuine_token_may_be_anything(
    odd: str, known: dict[str, str], ada: User, mia: Agreed, client_for: Callable[..., Client]
) -> None:
    written = quote(odd, safe="", errors="surrogatepass")
    form = {"content_type": "application/x-www-form-urlencoded", "data": f"code={written}&ref={written}"}

    _assert_answered(_ask(client_for(ada), "get", f"/desk/changes/?since=0&ref={written}", {}), odd[:80])
    _assert_answered(_ask(client_for(mia), "post", f"/feedback/sent/code/?m={known['m']}", form), odd[:80])


@pytest.mark.parametrize("written", ODD_JSON, ids=range(len(ODD_JSON)))
def test_what_is_read_as_json_may_be_anything(
    written: str, known: dict[str, str], ada: User, client_for: Callable[..., Client]
) -> None:
    packed = urlsafe_b64encode(written.encode("utf-8", "surrogatepass")).decode()
    token = urlencode({"token": f"{packed}.{packed.rstrip('=')}.{packed}"})
    form = {"data": token, "content_type": "application/x-www-form-urlencoded"}

    asked = _ask(client_for(ada), "get", f"/desk/?after={packed}", {}), _ask(client_for(), "post", "/app/enter/", form)

    for response in asked:
        _assert_answered(response, written[:80])


@pytest.mark.parametrize("claim", ["iss", "aud", "exp", "jti", "name", "email", "email_verified", "device"])
def test_an_app_may_claim_anything(claim: str, mia: Agreed, client_for: Callable[..., Client]) -> None:
    app = HostApp.objects.create(name="calling", created_at=clock.now())
    claims = {"iss": "calling", "aud": settings.BASE_URL, "exp": int(time.time()) + 50, "name": "Amal"}
    odd = [value for each in ODD for value in (each, {"model": each, each[:9]: [each]})]

    for value in (*odd, float("nan"), float("inf"), 10**400, None, True):
        client, told = client_for(mia), {**claims, "jti": secrets.token_hex(8), claim: value}
        token = jws.serialize_compact({"alg": "HS256"}, json.dumps(told), OctKey.import_key(key_of(app)))
        form = {"data": urlencode({"token": token}), "content_type": "application/x-www-form-urlencoded"}
        entered = _ask(client, "post", "/app/enter/", form)
        _assert_answered(entered, (claim, value))
        if settings.APP_COOKIE in entered.cookies:
            assert len(entered.cookies[settings.APP_COOKIE].value) < 4000
            _assert_answered(_ask(client, "get", "/feedback/", {}), (claim, value))


@pytest.mark.parametrize("url", ["/feedback", "/desk", "/consent", "/policy/1", "/accounts/login", "/feedback/mine"])
def test_an_address_without_its_last_slash_leads_to_the_one_with_it(
    url: str, client_for: Callable[..., Client]
) -> None:
    asked = {method: _ask(client_for(), method, url + "?a=b", {}) for method in ("get", "post")}

    for response in asked.values():
        _assert_answered(response, url)
        # 307: a post stays one, with its words
        assert (response.status_code, response["Location"]) == (307, f"{url}/?a=b")


@pytest.mark.parametrize("url", ["/nowhere", "/%2Fevil.test", "/%2Fevil.test/feedback", "/feedback/a/b/c", "/static"])
def test_an_address_that_is_none_leads_nowhere(url: str, client_for: Callable[..., Client]) -> None:
    response = _ask(client_for(), "get", url, {})

    assert (response.status_code, type(response)) == (404, StaticPage)


@pytest.mark.parametrize("host", HOSTS)
def test_an_odd_host_gets_a_static_page(host: str) -> None:
    response = Client(raise_request_exception=False).get("/consent/", HTTP_HOST=host)

    assert (response.status_code, type(response)) == (400, StaticPage)


def _ask(client: Client, method: str, url: str, given: dict[str, Any]) -> Any:
    client.raise_request_exception = False
    return client.generic(method.upper(), url, **given)


def _assert_answered(response: Any, what: object) -> None:
    assert response.status_code < 500, (getattr(response, "exc_info", None), what)
    request = response.wsgi_request
    is_through_a_gate = getattr(request, "passage", None) is not None or isinstance(response, StaticPage)
    assert is_through_a_gate, what


def _address(route: str, known: dict[str, str], chance: random.Random) -> str:
    def value(match: re.Match[str]) -> str:
        kind, name = match[1], match[2]
        if name in known and chance.random() < 0.6:
            return known[name]
        if kind == "int":
            return chance.choice(["0", "1", "9" * 18, "9" * 19, "9" * 20, "9" * 400])
        return quote(chance.choice(ODD_IN_PATHS), safe="", errors="surrogatepass")

    return re.sub(r"<(\w+):(\w+)>", value, route)


def _pairs(known: dict[str, str], chance: random.Random) -> str:
    names = chance.sample(NAMES, chance.randrange(min(10, len(NAMES))))
    given = {name: chance.choice(ODD) for name in names}
    given |= {name: value for name, value in known.items() if name in NAMES and chance.random() < 0.6}
    return urlencode(given, errors="surrogatepass")


def _headers(chance: random.Random) -> dict[str, str]:
    named = chance.sample(sorted(HEADERS), chance.randrange(3))
    return {name: _as_a_server_would(chance.choice(ODD)) for name in named}


def _as_a_server_would(odd: str) -> str:
    """Return the value of a header as a server hands it on: bytes, read as Latin-1."""
    return odd.encode("utf-8", "surrogatepass").decode("latin-1")[:5000]
