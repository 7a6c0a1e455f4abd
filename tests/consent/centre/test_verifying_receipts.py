"""A receipt is checked by anyone, with the script of the documentation and the published keys alone."""

import base64
import importlib.util
import json
import os
import random
import secrets
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from consent.centre.receipts import receipt_of
from consent.ledger.actions import Agreed, Shown, refuse, withdraw_everything
from consent.ledger.heads import sign_head
from consent.ledger.models import ConsentEvent
from consent.ledger.queries import acts_of
from consent.ledger.signing import canonical_json, published_keys, sign_compact
from tests.architecture.source import ROOT

SCRIPT = ROOT / "docs" / "verify_receipt.py"
CHANGES = 10_000 if os.environ.get("PROOF") == "1" else 1_000


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_receipt", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def document(mia: Agreed, noor: Agreed, shown: Shown) -> bytes:
    """A receipt with its place in the ledger, among others."""
    refuse(shown)
    sign_head()
    return receipt_of(acts_of(mia.person.pk)[0])


def _is_genuine(script: ModuleType, document: bytes, keys: list[dict[str, Any]]) -> bool:
    try:
        script.verify(document, keys)
    except script.NotGenuine:
        return False
    return True


def test_what_was_given_refused_and_withdrawn_is_checked_by_the_script(
    script: ModuleType, mia: Agreed, shown: Shown
) -> None:
    withdraw_everything(mia.person.pk, shown)
    acts = [*acts_of(mia.person.pk), [refuse(shown)]]

    said = [script.verify(receipt_of(events), published_keys())[0] for events in acts]

    assert [one["dpv:hasRecordOfActivity"][0]["dpv:hasConsentStatus"] for one in said] == [
        "dpv:ConsentWithdrawn",
        "dpv:ConsentGiven",
        "dpv:ConsentRefused",
    ]


def test_the_script_runs_by_itself_on_both_forms(
    document: bytes, mia: Agreed, client_for: Callable[..., Client], tmp_path: Path
) -> None:
    act_id = ConsentEvent.objects.filter(person_id=mia.person.pk).values_list("act_id", flat=True)[0]
    (tmp_path / "keys.json").write_bytes(client_for().get("/consent/keys.json").content)
    (tmp_path / "receipt.json").write_bytes(document)
    (tmp_path / "receipt.html").write_bytes(client_for(mia).get(f"/consent/receipts/{act_id}.html").content)
    (tmp_path / "changed.json").write_bytes(document.replace(b"ConsentGiven", b"ConsentSiven"))

    outcomes = {}
    for name in ("receipt.json", "receipt.html", "changed.json"):
        command = [sys.executable, "-I", str(SCRIPT), str(tmp_path / name), str(tmp_path / "keys.json")]
        outcomes[name] = subprocess.run(command, capture_output=True, text=True, check=False)

    assert {name: done.returncode for name, done in outcomes.items()} == {
        "receipt.json": 0,
        "receipt.html": 0,
        "changed.json": 1,
    }
    assert published_keys()[0]["fingerprint"] in outcomes["receipt.html"].stdout
    assert outcomes["changed.json"].stdout.startswith("NOT genuine")


def test_other_words_to_read_on_the_page_are_refused(
    script: ModuleType, mia: Agreed, client_for: Callable[..., Client], tmp_path: Path
) -> None:
    act_id = ConsentEvent.objects.filter(person_id=mia.person.pk).values_list("act_id", flat=True)[0]
    page = client_for(mia).get(f"/consent/receipts/{act_id}.html").content
    (tmp_path / "keys.json").write_bytes(client_for().get("/consent/keys.json").content)
    start, end = page.index(b"<li data-line>") + len(b"<li data-line>"), page.rindex(b"</ul>")
    file = tmp_path / "receipt.html"
    shown = [place for place in range(start, end) if page[place : place + 1].isalnum()]

    outcomes = set()
    for place in shown:
        file.write_bytes(page[:place] + bytes([page[place] ^ 1]) + page[place + 1 :])
        outcomes.add(script.main([str(file), str(tmp_path / "keys.json")]))

    assert len(shown) > 50
    assert outcomes == {1}


def test_it_proves_its_place_in_the_ledger_and_says_the_same_ever_after(
    script: ModuleType, document: bytes, mia: Agreed, shown: Shown
) -> None:
    ledger = script.verify(document, published_keys())[0]["ims:ledger"]
    withdraw_everything(mia.person.pk, shown)
    sign_head()

    assert (ledger["head"]["size"], len(ledger["paths"])) == (5, 2)
    assert receipt_of(acts_of(mia.person.pk)[-1]) == document
    assert script.verify(receipt_of(acts_of(mia.person.pk)[0]), published_keys())[0]["ims:ledger"]["head"]["size"] > 5


def test_within_the_hour_it_says_that_no_head_is_over_it_yet(script: ModuleType, mia: Agreed) -> None:
    said, _key = script.verify(receipt_of(acts_of(mia.person.pk)[0]), published_keys())

    assert said["ims:ledger"] is None


@pytest.mark.parametrize("part", ["path", "hash", "number", "root", "size"])
def test_a_place_that_is_not_in_the_tree_is_refused_even_with_our_signature(
    script: ModuleType, document: bytes, part: str
) -> None:
    """As if somebody with the key of receipts made one up: the head was signed over another tree."""
    said = json.loads(document)["receipt"]
    other = "0" * 64
    if part == "path":
        said["ims:ledger"]["paths"][0][0] = other
    elif part == "hash":
        said["dpv:hasRecordOfActivity"][0]["ims:hash"] = other
    elif part == "number":
        said["dpv:hasRecordOfActivity"][0]["ims:number"] += 1
    else:
        said["ims:ledger"]["head"][part] = other if part == "root" else said["ims:ledger"]["head"]["size"] + 1
    made_up = canonical_json({"receipt": said, "jws": sign_compact(canonical_json(said))})

    with pytest.raises(script.NotGenuine, match=r"ledger"):
        script.verify(made_up, published_keys())


def test_each_changed_bit_is_refused(script: ModuleType, document: bytes) -> None:
    seed = secrets.randbits(32)
    chance = random.Random(seed)
    for _ in range(CHANGES):
        changed = bytearray(document)
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        assert not _is_genuine(script, bytes(changed), published_keys()), f"seed {seed}: {bytes(changed)!r}"


def test_each_other_way_to_write_the_signature_is_refused(script: ModuleType, document: bytes) -> None:
    jws = json.loads(document)["jws"]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    raw = base64.urlsafe_b64decode(jws.rpartition(".")[2] + "==")
    malleable = raw[:32] + (int.from_bytes(raw[32:], "little") + script.ORDER).to_bytes(32, "little")
    others = [jws[:-1] + letter for letter in alphabet if letter != jws[-1]]
    others += [f"{jws}=", f"{jws}==", f"{jws}\n", f" {jws}", f"{jws}."]
    others += [jws.rpartition(".")[0] + "." + base64.urlsafe_b64encode(malleable).rstrip(b"=").decode()]

    taken = [
        other
        for other in others
        if _is_genuine(script, document.replace(json.dumps(jws).encode(), json.dumps(other).encode()), published_keys())
    ]

    assert taken == []
    assert _is_genuine(script, document, published_keys())


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document + b"\n",
        lambda document: document + b"{}",
        lambda document: b"\xef\xbb\xbf" + document,
        lambda document: b'{"jws":"",' + document[1:],
        lambda document: document[:-1] + b',"jws":"x"}',
        lambda document: document.replace(b'":"', b'": "', 1),
        lambda document: b"[]",
        lambda document: b"{}",
        lambda document: b"[" * 100_000,
    ],
)
def test_what_is_not_written_as_we_write_is_refused_by_the_script(
    script: ModuleType, document: bytes, change: Callable[[bytes], bytes]
) -> None:
    assert not _is_genuine(script, change(document), published_keys())


def test_a_key_of_small_order_signs_nothing(script: ModuleType) -> None:
    """With such a key a signature of zeros would fit many messages."""
    for key in (b"\1" + bytes(31), bytes(32), bytes.fromhex("ecff" + "ff" * 29 + "7f")):
        assert not script.is_signed(key, b"whatever", key + bytes(32))


def test_after_a_rotation_old_receipts_go_on_verifying(
    script: ModuleType, document: bytes, mia: Agreed, settings: Any
) -> None:
    settings.RECEIPT_KEYS = f"k9:{secrets.token_urlsafe(32)},{settings.RECEIPT_KEYS}"

    new = receipt_of(acts_of(mia.person.pk)[0])

    assert [_is_genuine(script, one, published_keys()) for one in (document, new)] == [True, True]
    assert json.loads(base64.urlsafe_b64decode(json.loads(new)["jws"].split(".")[0] + "=="))["kid"] == "k9"
    assert not _is_genuine(script, new, published_keys()[1:])


def test_after_a_rotation_an_old_page_tells_the_fingerprint_that_is_still_published(
    script: ModuleType, mia: Agreed, client_for: Callable[..., Client], settings: Any, tmp_path: Path
) -> None:
    act_id = ConsentEvent.objects.filter(person_id=mia.person.pk).values_list("act_id", flat=True)[0]
    file, keys = tmp_path / "receipt.html", tmp_path / "keys.json"
    file.write_bytes(client_for(mia).get(f"/consent/receipts/{act_id}.html").content)
    old = published_keys()[0]["fingerprint"]

    settings.RECEIPT_KEYS = f"k9:{secrets.token_urlsafe(32)},{settings.RECEIPT_KEYS}"
    keys.write_bytes(client_for().get("/consent/keys.json").content)

    assert [key["fingerprint"] for key in json.loads(keys.read_bytes())["keys"]][1:] == [old]
    assert old in file.read_text("utf-8").replace("<wbr>", "")
    assert script.main([str(file), str(keys)]) == 0


def test_the_script_and_a_library_agree(script: ModuleType) -> None:
    chance = random.Random(8032)
    for _ in range(20):
        key, message = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32)), chance.randbytes(50)
        public = key.public_key().public_bytes_raw()
        assert script.is_signed(public, message, key.sign(message))
        assert not script.is_signed(public, message + b"!", key.sign(message))


def test_the_page_lets_nothing_run_but_its_own_script(mia: Agreed, client_for: Callable[..., Client]) -> None:
    act_id = ConsentEvent.objects.filter(person_id=mia.person.pk).values_list("act_id", flat=True)[0]

    response = client_for(mia).get(f"/consent/receipts/{act_id}.html")

    policy = response["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'sha256-" in policy
    assert "unsafe" not in policy
    assert "'self'" not in policy
