"""The client that calls out: to the host that the register names, on the open net, over TLS, and nowhere else."""

import socket
import threading
import time
from typing import Any

import pytest

from consent.disclosures import addresses, client
from consent.disclosures.client import EgressError, post
from tests.receiving import HOST, Receiving


def _send(url: str, seconds: float = 5) -> None:
    post(url, b"{}", {"webhook-id": "msg_1"}, must_end=time.monotonic() + seconds)


def _code(url: str, seconds: float = 5) -> tuple[str, bool]:
    with pytest.raises(EgressError) as refused:
        _send(url, seconds)
    return refused.value.code, refused.value.permanent


def test_what_is_posted_arrives_as_it_was_written(receiving: Receiving) -> None:
    _send(receiving.url)

    [(path, headers, body)] = receiving.came
    assert (path, body) == ("/hooks/?from=us", b"{}")
    assert headers["host"] == f"{HOST}:{receiving.server.server_port}"
    assert headers["webhook-id"] == "msg_1"


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1"),
        *("::1", "::", "fe80::1", "fc00::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::1"),
    ],
)
def test_an_address_of_a_network_behind_us_is_not_connected_to(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    entry = (family, socket.SOCK_STREAM, 6, "", (address, 443))
    monkeypatch.setattr(client.socket, "getaddrinfo", lambda *_, **__: [entry])
    monkeypatch.setattr(client.socket, "create_connection", _never)

    assert _code(f"https://{HOST}/") == ("private address", True)


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_an_address_of_the_open_net_is_public(address: str) -> None:
    assert addresses.is_public(address)


def test_a_host_with_one_private_address_beside_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in ("1.1.1.1", "10.0.0.1")]
    monkeypatch.setattr(client.socket, "getaddrinfo", lambda *_, **__: entries)
    monkeypatch.setattr(client.socket, "create_connection", _never)

    assert _code(f"https://{HOST}/") == ("private address", True)


def test_the_address_that_was_looked_at_is_the_one_connected_to(
    receiving: Receiving, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[Any] = []
    look_up, connect = client.socket.getaddrinfo, client.socket.create_connection
    monkeypatch.setattr(client.socket, "getaddrinfo", lambda *a, **k: looked_up.append(a[0]) or look_up(*a, **k))
    monkeypatch.setattr(client.socket, "create_connection", lambda at, *a: _is_number(at[0]) and connect(at, *a))

    _send(receiving.url)

    # Once by its name; what connects gets a number, which is no look-up that could be answered otherwise.
    assert [name for name in looked_up if name == HOST] == [HOST]


@pytest.mark.parametrize(
    "url",
    [
        *("http://carrier.test/", "ftp://carrier.test/", "https://", "//carrier.test/", "carrier.test"),
        *("https://me:secret@carrier.test/", "https://carrier.test/#part", "https://carrier.test:99999/"),
        *(
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://localhost/",
            "https://93.184.216.34/",
            "https://2130706433/",
        ),
    ],
)
def test_only_https_to_a_host_name_is_an_address(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client.socket, "create_connection", _never)

    assert _code(url)[1] is True


def test_a_redirect_is_not_followed(receiving: Receiving) -> None:
    receiving.status, receiving.headers = 307, {"Location": receiving.url}

    assert _code(receiving.url) == ("http 307", True)
    assert len(receiving.came) == 1


@pytest.mark.parametrize(("status", "permanent"), [(500, False), (429, False), (404, False), (410, True), (301, True)])
def test_an_answer_that_is_no_yes_is_an_error(receiving: Receiving, status: int, permanent: bool) -> None:
    receiving.status = status

    assert _code(receiving.url) == (f"http {status}", permanent)


def test_a_certificate_that_nobody_vouches_for_is_refused(
    receiving: Receiving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")

    assert _code(receiving.url) == ("certificate", False)
    assert receiving.came == []


def test_a_certificate_of_another_host_is_refused(receiving: Receiving, monkeypatch: pytest.MonkeyPatch) -> None:
    look_up = client.socket.getaddrinfo
    monkeypatch.setattr(client.socket, "getaddrinfo", lambda host, *a, **k: look_up("127.0.0.1", *a, **k))

    assert _code(receiving.url.replace(HOST, "other.test")) == ("certificate", False)


def test_who_drips_is_cut_when_the_time_is_over(receiving: Receiving) -> None:
    with socket.create_server(("127.0.0.1", 0)) as dripping:
        threading.Thread(target=_drip, args=(dripping,), daemon=True).start()
        url = receiving.url.replace(f":{receiving.server.server_port}", f":{dripping.getsockname()[1]}")

        code, permanent = _code(url, seconds=0.5)

    assert code in ("TimeoutError", "SSLEOFError", "SSLError", "ConnectionResetError", "OSError")
    assert not permanent


def test_no_proxy_of_the_environment_is_asked(receiving: Receiving, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    _send(receiving.url)

    assert len(receiving.came) == 1


def _drip(server: socket.socket) -> None:
    connection, _from = server.accept()
    with connection:
        try:
            while True:
                connection.sendall(b"\x16\x03\x03\x40\x00"[:1])
                time.sleep(0.05)
        except OSError:
            return


def _is_number(host: str) -> bool:
    assert addresses._is_address(host)
    return True


def _never(*_: Any, **__: Any) -> Any:
    raise AssertionError("something was connected to")
