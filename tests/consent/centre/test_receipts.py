import html
import json
import re
from collections.abc import Callable

import pytest
from django.test import Client
from joserfc import jws
from joserfc.jwk import OKPKey

from consent.centre.receipts import NotOurReceipt, read_receipt, receipt_of
from consent.ledger import heads, tree
from consent.ledger.actions import Agreed, Shown, agree, refuse, withdraw_everything
from consent.ledger.models import ConsentEvent
from consent.ledger.queries import acts_of, events_of_act
from consent.ledger.signing import canonical_json, is_signed, sign
from consent.policies.models import OperatorFacts
from imsupport import clock


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
    assert [
        (record["dpv:hasPurpose"]["dct:identifier"], record["dpv:hasConsentStatus"])
        for record in said["dpv:hasRecordOfActivity"]
    ] == [("agreement", "dpv:ConsentGiven"), ("p1.mail", "dpv:ConsentGiven")]
    assert str(mia.person.pk).encode() not in response.content


# The mandatory fields of a receipt and of its records, in the words of DPV.
_OF_A_RECEIPT = {
    "dct:conformsTo",
    "dct:identifier",
    "dct:created",
    "dct:language",
    "dpv:hasDataSubject",
    "dpv:hasDataController",
    "dpv:hasNotice",
    "dpv:hasStorageCondition",
    "dpv:hasJurisdiction",
    "dpv:hasRecipient",
    "dpv:hasConsentControl",
    "dpv:hasRight",
    "dpv:hasAuthority",
}
_OF_A_RECORD = {
    "dct:conformsTo",
    "dct:identifier",
    "dpv:hasPurpose",
    "dpv:hasLegalBasis",
    "dpv:hasPersonalData",
    "dpv:hasNecessity",
    "dpv:hasDataSource",
    "dpv:hasProcessing",
    "dpv:hasConsentStatus",
    "ims:consentType",
    "dpv:isIndicatedAtTime",
    "dpv:isIndicatedBy",
    "dpv:hasIndicationMethod",
    "dpv:hasDuration",
}


def test_each_field_of_the_profile_is_there_for_given_refused_and_withdrawn(mia: Agreed, shown: Shown) -> None:
    withdraw_everything(mia.person.pk, shown)
    for events in (*acts_of(mia.person.pk), [refuse(shown)]):
        said = read_receipt(receipt_of(events))
        assert said["@type"] == "dpv:ConsentReceipt"
        assert all(said[name] for name in _OF_A_RECEIPT)
        assert len(said["dpv:hasRecordOfActivity"]) == len(events)
        assert all(record[name] for record in said["dpv:hasRecordOfActivity"] for name in _OF_A_RECORD)
        assert all(record["dpv:hasPurpose"]["@id"] for record in said["dpv:hasRecordOfActivity"])


@pytest.mark.parametrize("contact", ["privacy@operator.test", "+31 20 000 00 00"])
def test_facts_stand_in_it_as_the_operators_word_and_no_address_of_mail(shown: Shown, contact: str) -> None:
    _facts("First Street 1", contact)
    agreed = agree(shown)

    document = receipt_of(acts_of(agreed.person.pk)[0])

    controller = read_receipt(document)["dpv:hasDataController"]
    assert controller["dpv:hasAddress"] == {
        "ims:policy": f"not stated in policy v{shown.notice.version}",
        "ims:source": "operator",
        "ims:value": "First Street 1",
    }
    assert re.search(rb"[^\"]@", document) is None


def test_what_is_entered_later_changes_no_earlier_receipt(shown: Shown) -> None:
    _facts("First Street 1", "+31 20 000 00 00")
    agreed = agree(shown)
    before = receipt_of(acts_of(agreed.person.pk)[0])

    _facts("Second Street 2", "+31 20 111 11 11")
    withdraw_everything(agreed.person.pk, shown)
    later, earlier = (receipt_of(events) for events in acts_of(agreed.person.pk))

    assert earlier == before
    assert b"First Street 1" in earlier
    assert b"Second Street 2" in later


def _facts(postal_address: str, contact: str) -> None:
    OperatorFacts.objects.create(
        app_name="Duocall",
        name="Duocall BV",
        postal_address=postal_address,
        contact=contact,
        authority="authority@state.test",
        storage_place="Utrecht",
        processors="none",
        entered_by="Ada",
        entered_at=clock.now(),
        effective_from=clock.now(),
    )


def test_the_words_to_read_are_those_signed_whatever_language_the_page_is_in(
    mia: Agreed, act_id: int, document: bytes, client_for: Callable[..., Client]
) -> None:
    lines = read_receipt(document)["dct:description"]

    page = client_for(mia).get(f"/consent/receipts/{act_id}.html", {"lang": "ar"}).content.decode()

    assert lines[1].startswith("The agreement: ")
    assert [html.unescape(line) for line in re.findall("<li data-line>(.*?)</li>", page)] == lines


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
