"""What a recipient gets, and how it knows that it is ours: signed by the Standard Webhooks specification 1.0."""

import base64
import json
from datetime import datetime
from typing import Any

from standardwebhooks import Webhook

from consent.disclosures.models import Recipient
from consent.sealing.keys import derived


def secret_of(recipient: Recipient) -> str:
    """Return the secret that a recipient checks signatures with; managers hand it over. Stored nowhere."""
    return "whsec_" + base64.b64encode(derived(f"webhook/{recipient.slug}")).decode()


def written(kind: str, at: datetime, data: dict[str, Any]) -> bytes:
    """Return the body of a webhook: `{"type", "timestamp", "data"}` as UTF-8 JSON."""
    said = {"type": kind, "timestamp": at.isoformat(timespec="seconds"), "data": data}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def headers_of(recipient: Recipient, message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """Return the headers that go with a body; `message_id` is the same at every attempt, so that a repeat is known."""
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "im-support",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret_of(recipient)).sign(message_id, at, body.decode()),
    }
