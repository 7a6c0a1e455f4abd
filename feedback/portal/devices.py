"""What a browser says about its device, as the person is shown it before anything is sent."""

from functools import lru_cache

from django.http import HttpRequest
from ua_parser import parse

from feedback.intake.devices import device_facts


def device_of(request: HttpRequest) -> dict[str, str]:
    """Return brand, model, system and language as far as the request names them in codes we know."""
    language = request.headers.get("Accept-Language", "").split(",")[0].strip()
    agent, model = request.headers.get("User-Agent", "")[:500], request.headers.get("Sec-CH-UA-Model", "")[:80]
    return dict(_device_of(agent, model.strip('"'), language[:40]))


@lru_cache(maxsize=512)
def _device_of(agent: str, model: str, language: str) -> tuple[tuple[str, str], ...]:
    found = parse(agent)
    system, device = found.os, found.device
    named = {
        "brand": device.brand if device else None,
        "model": model or (device.model if device else None),
        "system": " ".join(filter(None, (system.family, system.major))) if system else None,
        "language": language,
    }
    return tuple(device_facts({name: value for name, value in named.items() if value}).items())
