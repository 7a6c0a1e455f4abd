#!/usr/bin/env python3
"""Verifies a receipt of IM Support with nothing but Python: no library, no network, no server of ours.

    python3 verify_receipt.py receipt.json keys.json
    python3 verify_receipt.py receipt.html keys.json

`keys.json` is what the service publishes at /consent/keys.json; keep a copy of it apart from the receipt. Exits with 0
and prints what the receipt says when it is genuine to the byte, else with 1 and the reason. The signature is Ed25519
(RFC 8032, 5.1.7) inside a compact JWS (RFC 7515, 8037) over canonical JSON (cf. RFC 8785).
"""

import base64
import hashlib
import html
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]  # x, y, z and x * y, homogeneous


class NotGenuine(Exception):
    """The document is not, to the byte, a receipt signed with one of the keys; the message says why."""


def verify(document: bytes, keys: list[dict[str, str]]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what a receipt says and the key that signed it; raise NotGenuine."""
    try:
        whole = json.loads(document)
        is_canonical = canonical(whole) == document
    except (ValueError, RecursionError) as error:
        raise NotGenuine("it is no JSON in UTF-8") from error
    if not is_canonical or not isinstance(whole, dict) or whole.keys() != {"receipt", "jws"}:
        raise NotGenuine("it is not written as a receipt is")
    parts = whole["jws"].split(".") if isinstance(whole["jws"], str) else []
    if len(parts) != 3:
        raise NotGenuine("its signature has not three parts")
    header, payload, signature = map(decoded, parts)
    try:
        told = json.loads(header)
    except (ValueError, RecursionError) as error:
        raise NotGenuine("its signature's header is no JSON") from error
    if (
        not isinstance(told, dict)
        or told.keys() != {"alg", "kid"}
        or told["alg"] != "Ed25519"
        or canonical(told) != header
    ):
        raise NotGenuine("its signature's header is not as a receipt's is")
    if payload != canonical(whole["receipt"]):
        raise NotGenuine("what it says is not what was signed")
    key = next((key for key in keys if key.get("kid") == told["kid"]), None)
    if key is None:
        raise NotGenuine(f"no key {told['kid']!r} is among the published ones")
    if not is_signed(decoded(key["x"]), f"{parts[0]}.{parts[1]}".encode(), signature):
        raise NotGenuine("its signature is wrong")
    check_ledger(whole["receipt"], keys)
    return whole["receipt"], key


def check_ledger(receipt: dict[str, Any], keys: list[dict[str, str]]) -> None:
    """Check that each event stands in the ledger's tree under a signed head (RFC 9162, 2.1.3.2); raise NotGenuine.

    A receipt that is fetched within the hour of its act has no head over it yet, and says so by `null`.
    """
    ledger = receipt.get("ims:ledger")
    if ledger is None:
        return
    head, key = ledger["head"], next((key for key in keys if key.get("kid") == ledger["kid"]), None)
    if key is None or not is_signed(decoded(key["x"]), canonical(head), decoded(ledger["signature"])):
        raise NotGenuine("the head of the ledger does not carry a published key's signature")
    for event, path in zip(receipt["dpv:hasRecordOfActivity"], ledger["paths"], strict=True):
        leaf = hashlib.sha256(b"\x00" + bytes.fromhex(event["ims:hash"])).digest()
        if root_over(leaf, event["ims:number"] - 1, head["size"], map(bytes.fromhex, path)).hex() != head["root"]:
            raise NotGenuine(f"event {event['dct:identifier']} is not in the ledger's tree")


def root_over(made: bytes, at: int, size: int, path: Iterable[bytes]) -> bytes:
    """Return the root to which a path leads from a leaf; of a path that does not fit, nothing."""
    last = size - 1
    for sibling in path:
        if last == 0:
            return b""
        if at & 1 or at == last:
            made = hashlib.sha256(b"\x01" + sibling + made).digest()
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            made = hashlib.sha256(b"\x01" + made + sibling).digest()
        at, last = at >> 1, last >> 1
    return made if last == 0 and 0 <= at <= size else b""


def canonical(content: object) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def decoded(written: str) -> bytes:
    """Return the bytes of base64url; only the one canonical way to write them is taken."""
    if not re.fullmatch(r"[A-Za-z0-9_-]*", written):
        raise NotGenuine("its signature is no base64url")
    try:
        raw = base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))
    except ValueError as error:
        raise NotGenuine("its signature is no base64url") from error
    if base64.urlsafe_b64encode(raw).rstrip(b"=").decode() != written:
        raise NotGenuine("its signature is written in another way than ours")
    return raw


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether an Ed25519 signature is the key's; a second form of one, or a key of small order, is refused."""
    if len(key) != 32 or len(signature) != 64:
        return False
    public, commitment = unpacked(key), unpacked(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or commitment is None or scalar >= ORDER or is_same(times(8, public), (0, 1, 1, 0)):
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    base = unpacked((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    return base is not None and is_same(times(scalar, base), added(commitment, times(challenge, public)))


def unpacked(raw: bytes) -> Point | None:
    """Return the point that 32 bytes stand for, or None for what stands for none."""
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def added(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(factor: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = added(total, point)
        point, factor = added(point, point), factor >> 1
    return total


def is_same(one: Point, other: Point) -> bool:
    return not ((one[0] * other[2] - other[0] * one[2]) % P or (one[1] * other[2] - other[1] * one[2]) % P)


def document_in(file: Path) -> bytes:
    """Return a receipt's bytes, also out of its page."""
    raw = file.read_bytes()
    if file.suffix.lower() not in {".html", ".htm"}:
        return raw
    found = re.search(rb"<textarea[^>]*>(.*?)</textarea>", raw, re.DOTALL)
    if found is None:
        raise NotGenuine("the page holds no receipt")
    return html.unescape(found.group(1).decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def check_lines(file: Path, said: dict[str, object]) -> None:
    """Raise NotGenuine when a page gives other words to read than those that were signed."""
    if file.suffix.lower() not in {".html", ".htm"}:
        return
    lines = re.findall(r"<li data-line>(.*?)</li>", file.read_text("utf-8", "surrogateescape"), re.DOTALL)
    if [html.unescape(line) for line in lines] != said.get("dct:description"):
        raise NotGenuine("the page's words to read are not those that were signed")


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        keys = json.loads(Path(arguments[1]).read_text("utf-8"))["keys"]
        file = Path(arguments[0])
        said, key = verify(document_in(file), keys)
        check_lines(file, said)
    except NotGenuine as reason:
        print(f"NOT genuine: {reason}")
        return 1
    print(json.dumps(said, indent=2, ensure_ascii=False))
    print(f"Genuine: signed with the key {key['kid']}, fingerprint {key.get('fingerprint', '')}")
    if said.get("ims:ledger"):
        print(f"It stands in the ledger's tree of {said['ims:ledger']['head']['size']} events, whose root was signed.")
    else:
        print("No head of the ledger was signed since; a receipt fetched an hour later proves its place there, too.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
