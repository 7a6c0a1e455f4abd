import hmac
import json
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, OKPKey

PAIR = OKPKey.generate_key("Ed25519")
OTHER = OKPKey.generate_key("Ed25519")


def _app(*given: str) -> str:
    said = StringIO()
    call_command("app", *given, stdout=said)
    return said.getvalue().strip()


def _file(folder: Path, content: bytes) -> str:
    file = folder / "key"
    file.write_bytes(content)
    return str(file)


def _claims() -> dict[str, Any]:
    exp = int(time.time()) + 50
    return {"iss": "calling", "aud": settings.BASE_URL, "exp": exp, "jti": secrets.token_hex(8), "name": "Amal"}


def _enters(key: Any, algorithm: str) -> bool:
    return _opens(jwt.encode({"alg": algorithm}, _claims(), key, algorithms=[algorithm]))


def _opens(token: str) -> bool:
    return settings.APP_COOKIE in Client().post("/app/enter/", {"token": token}).cookies


def test_an_app_signs_with_the_bytes_of_the_printed_text() -> None:
    key = _app("add", "calling")

    assert _enters(OctKey.import_key(key.encode()), "HS256")
    assert _opens(_signed_by_hand(key.encode()))
    assert not _opens(_signed_by_hand(urlsafe_b64decode(key + "=")))
    assert not _enters(OctKey.import_key(secrets.token_bytes(32)), "HS256")


@pytest.mark.parametrize(
    "written",
    [PAIR.as_pem(private=False), b'{"kty":"OKP","crv":"Ed25519","x":"%s"}' % PAIR["x"].encode()],
    ids=["PEM", "JWK"],
)
@pytest.mark.parametrize("algorithm", ["EdDSA", "Ed25519"])
@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
def test_an_app_with_a_key_pair_gives_its_public_key_alone(tmp_path: Path, written: bytes, algorithm: str) -> None:
    said = _app("add", "calling", "--eddsa-key", _file(tmp_path, written))

    assert PAIR.thumbprint() in said
    assert _enters(PAIR, algorithm)
    assert not _enters(OTHER, algorithm)


def test_what_everybody_may_read_signs_nothing(tmp_path: Path) -> None:
    public = PAIR.as_pem(private=False)
    _app("add", "calling", "--eddsa-key", _file(tmp_path, public))

    assert not _enters(OctKey.import_key(secrets.token_bytes(32)), "HS256")
    for text in (public, public.strip(), PAIR["x"].encode()):
        assert not _opens(_signed_by_hand(text))


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
def test_rotating_replaces_a_key_of_either_kind(tmp_path: Path) -> None:
    first = _app("add", "calling")
    second = _app("rotate", "calling")
    assert not _enters(OctKey.import_key(first), "HS256")
    assert _enters(OctKey.import_key(second), "HS256")

    _app("rotate", "calling", "--eddsa-key", _file(tmp_path, PAIR.as_pem(private=False)))
    assert not _enters(OctKey.import_key(second), "HS256")
    assert _enters(PAIR, "EdDSA")

    third = _app("rotate", "calling")
    assert not _enters(PAIR, "EdDSA")
    assert _enters(OctKey.import_key(third), "HS256")


def test_a_revoked_app_stays_out_until_it_gets_a_new_key() -> None:
    key = _app("add", "calling")

    _app("revoke", "calling")

    assert not _enters(OctKey.import_key(key), "HS256")
    fresh = _app("rotate", "calling")
    assert not _enters(OctKey.import_key(key), "HS256")
    assert _enters(OctKey.import_key(fresh), "HS256")


def test_the_list_tells_names_kinds_and_states_and_no_key(tmp_path: Path) -> None:
    key = _app("add", "calling")
    _app("add", "paying", "--eddsa-key", _file(tmp_path, PAIR.as_pem(private=False)))
    _app("revoke", "paying")

    listed = _app("list")

    assert [line.split()[:3] for line in listed.splitlines()] == [
        ["calling", "HS256", "admitted"],
        ["paying", "EdDSA", "revoked"],
    ]
    assert key not in listed


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (PAIR.as_pem(private=True), "a private key"),
        (b"nonsense", "no Ed25519 public key"),
        (b"\xff\xfe", "no Ed25519 public key"),
        (b'{"kty":"oct","k":"AAAA"}', "no Ed25519 public key"),
        (OKPKey.generate_key("X25519").as_pem(private=False), "no Ed25519 public key"),
        (ECKey.generate_key("P-256").as_pem(private=False), "no Ed25519 public key"),
    ],
)
def test_another_key_is_refused_in_words(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        _app("add", "calling", "--eddsa-key", _file(tmp_path, content))

    assert _app("list") == ""


def test_what_cannot_be_is_said() -> None:
    _app("add", "calling")

    for given, said in [
        (("add", "calling"), "exists already"),
        (("add", "C!"), "2 to 40"),
        (("rotate", "paying"), "no app paying"),
        (("revoke", "paying"), "no app paying"),
        (("add",), "required"),
        (("add", "paying", "--eddsa-key", "/nowhere/key"), "cannot be read"),
    ]:
        with pytest.raises(CommandError, match=said):
            _app(*given)


def _signed_by_hand(secret: bytes) -> str:
    parts = (json.dumps({"alg": "HS256"}).encode(), json.dumps(_claims()).encode())
    signed = b".".join(urlsafe_b64encode(part).rstrip(b"=") for part in parts)
    return (signed + b"." + urlsafe_b64encode(hmac.digest(secret, signed, "sha256")).rstrip(b"=")).decode()
