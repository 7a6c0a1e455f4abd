"""What a browser says about its device, as the person is shown it before anything is sent."""

from django.http import HttpRequest
from ua_parser import parse

from feedback.intake.devices import device_facts


def device_of(request: HttpRequest) -> dict[str, str]:
    """Return brand, model, system and language as far as the request names them in codes we know."""
    found = parse(request.headers.get("User-Agent", "")[:500])
    system, device = found.os, found.device
    named = {
        "brand": device.brand if device else None,
        "model": (request.headers.get("Sec-CH-UA-Model") or "").strip('"') or (device.model if device else None),
        "system": " ".join(filter(None, (system.family, system.major))) if system else None,
        "language": request.headers.get("Accept-Language", "").split(",")[0].strip(),
    }
    return device_facts({name: value for name, value in named.items() if value})
