import json
from collections.abc import Callable

import pytest
from django.test import Client
from joserfc import jws
from joserfc.jwk import OKPKey

from consent.centre.receipts import NotOurReceipt, read_receipt, receipt_of
from consent.ledger import heads, tree
from consent.ledger.actions import Agreed, Shown, refuse
from consent.ledger.models import ConsentEvent
from consent.ledger.queries import events_of_act
from consent.ledger.signing import canonical_json, is_signed, sign


@pytest.fixture
def act_id(mia: Agreed) -> int:
    return ConsentEvent.objects.filter(person_id=mia.person.pk).values_list("act_id", flat=True)[0]


@pytest.fixture
def document(mia: Agreed, act_id: int) -> bytes:
    return receipt_of(events_of_act(mia.person.pk, act_id))


def test_the_receipt_says_what_was_said_and_names_nobody(
    mia: Agreed, act_id: int, client_for: Callable[..., Client]
) -> None:
    response = client_for(mia).get(f"/consent/receipts/{act_id}.json")

    said = read_receipt(response.content)
    assert response["Content-Disposition"] == f'attachment; filename="receipt-{act_id}.json"'
    assert response["Cache-Control"] == "no-store"
    assert [(entry["purpose"], entry["status"]) for entry in said["events"]] == [
        ("agreement", "ConsentGiven"),
        ("p1.mail", "ConsentGiven"),
    ]
    assert str(mia.person.pk).encode() not in response.content


def test_anyone_can_check_it_with_the_published_keys_and_a_library(document: bytes, client: Client) -> None:
    published = client.get("/consent/keys.json").json()["keys"]
    receipt = json.loads(document)

    key = OKPKey.import_key({name: published[0][name] for name in ("kty", "crv", "x", "kid")})
    checked = jws.deserialize_compact(receipt["jws"], key, algorithms=["Ed25519"])

    assert checked.payload == canonical_json(receipt["receipt"])
    assert "d" not in published[0]
    assert published[0]["fingerprint"] == key.thumbprint()


def test_the_page_to_read_holds_the_same_bytes(
    mia: Agreed, act_id: int, document: bytes, client_for: Callable[..., Client]
) -> None:
    response = client_for(mia).get(f"/consent/receipts/{act_id}.html")

    assert document.decode().replace('"', "&quot;") in response.content.decode()
    assert response["Content-Disposition"].startswith("attachment")


def test_every_changed_byte_is_refused(document: bytes) -> None:
    for place in range(len(document)):
        changed = document[:place] + bytes([document[place] ^ 1]) + document[place + 1 :]
        with pytest.raises(NotOurReceipt):
            read_receipt(changed)


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document + b"\n",
        lambda document: b" " + document,
        lambda document: document[:-1],
        lambda document: document[:-1] + b',"more":1}',
        lambda document: b'{"jws":"",' + document[1:],
        lambda document: document.replace(b".", b"=.", 1),
        lambda document: b"[]",
        lambda document: b'{"receipt":{},"jws":1}',
        lambda document: b"\xff",
    ],
)
def test_what_is_not_written_as_we_write_is_refused(document: bytes, change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(NotOurReceipt):
        read_receipt(change(document))


def test_only_one_way_to_write_a_signature_is_taken() -> None:
    key_id, signature = sign(b"said")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

    taken = [last for last in alphabet if is_signed(b"said", key_id, signature[:-1] + last)]

    assert taken == [signature[-1]]


def test_a_receipt_opens_for_its_person_only(noor: Agreed, act_id: int, client_for: Callable[..., Client]) -> None:
    statuses = [
        client_for(who).get(f"/consent/receipts/{act_id}.{kind}").status_code
        for who in (noor, None)
        for kind in ("json", "html")
    ]

    assert statuses == [404, 404, 404, 404]


def test_the_newest_head_is_published_with_its_signature(mia: Agreed, client: Client) -> None:
    heads.sign_head()

    head = client.get("/consent/keys.json").json()["head"]

    key_id, signature = head.pop("kid"), head.pop("signature")
    assert head["size"] == 2
    assert is_signed(canonical_json(head), key_id, signature)


def test_a_week_of_heads_is_published_for_whoever_keeps_them(mia: Agreed, client: Client) -> None:
    first = heads.sign_head()
    second = heads.sign_head()

    [newer, older] = client.get("/consent/heads.json").json()["heads"]

    assert (newer["signature"], older["signature"]) == (second.signature, first.signature)
    assert (
        newer["root"]
        == tree.root_of([tree.leaf(bytes(event.hash)) for event in ConsentEvent.objects.order_by("seq")]).hex()
    )
    assert client.get("/consent/heads.json", {"before": first.size}).json() == {"heads": []}
    assert len(client.get("/consent/heads.json", {"before": "²"}).json()["heads"]) == 2


def test_whoever_kept_a_head_can_check_that_the_newest_goes_on_from_it(
    mia: Agreed, shown: Shown, client: Client
) -> None:
    kept = heads.sign_head()
    for _ in range(5):
        refuse(shown)
    heads.sign_head()

    told = client.get("/consent/consistency.json", {"from": kept.size}).json()

    head = told["head"]
    path = [bytes.fromhex(found) for found in told["path"]]
    newest = (head["size"], bytes.fromhex(head["root"]))
    key_id, signature = head.pop("kid"), head.pop("signature")
    assert is_signed(canonical_json(head), key_id, signature)
    assert (told["from"], head["size"]) == (kept.size, kept.size + 5)
    assert tree.is_consistent((kept.size, bytes.fromhex(kept.root)), newest, path)
    assert not tree.is_consistent((kept.size, bytes(32)), newest, path)


@pytest.mark.parametrize("size", ["", "0", "3", "-1", "²", "9" * 30])
def test_of_a_size_that_no_head_can_have_had_nothing_is_shown(size: str, mia: Agreed, client: Client) -> None:
    assert client.get("/consent/consistency.json", {"from": 1}).status_code == 404
    heads.sign_head()

    assert client.get("/consent/consistency.json", {"from": size}).status_code == 404
