"""Addresses in the net: of mailboxes and of computers."""

import re
from collections.abc import Iterator
from ipaddress import ip_address

from feedback.stripping.categories import Category
from feedback.stripping.texts import Span

_LETTER = r"0-9A-Za-z\u00c0-\u04ff_"
# "mia@example.org", "a.b+c@mail.example.co.uk"; in Chinese no space stands before one.
_EMAIL = re.compile(
    rf"(?<![{_LETTER}.+%&'-])[{_LETTER}.+%&'-]{{1,64}}@(?:[{_LETTER}-]{{1,63}}\.){{1,5}}"
    r"(?:xn--[0-9a-z-]{2,59}|[A-Za-z\u00c0-\u04ff]{2,24})(?![0-9A-Za-z\u00c0-\u04ff_@])"
)
# "mia [at] example.org", "mia(at)example(dot)org", "mia at gmail dot com"
_SPELLED_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9_.+-]{1,64}"
    r"(?:[ ]?[\[({][ ]?(?:at|arroba|arobase|chez|@)[ ]?[\])}][ ]?[A-Za-z0-9-]{1,63}"
    r"(?:(?:\.|[ ]?[\[({][ ]?(?:dot|punkt|punto|point|ponto)[ ]?[\])}][ ]?)[A-Za-z0-9-]{2,63}){1,4}"
    r"|[ ](?:at|arroba|arobase)[ ](?:[A-Za-z0-9-]{1,63}(?:[ ](?:dot|punkt|punto|point|ponto)[ ])){1,3}"
    r"(?:com|org|net|edu|info|io|me|de|fr|es|pt|br|in|id|cn|uk|eu|co))(?![\w])",
    re.IGNORECASE,
)
# "192.168.1.20", and "2001:db8::1", "::ffff:10.0.0.1"
_IPV4 = re.compile(r"(?<![0-9A-Za-z.])\d{1,3}(?:\.\d{1,3}){3}(?![\d]|\.\d|[A-Za-z])")
_IPV6 = re.compile(
    r"(?<![0-9A-Za-z:])(?=[0-9a-f:]{0,16}\d)[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:(?<=:)\d{1,3}(?:\.\d{1,3}){3})?(?![0-9A-Za-z:])",
    re.IGNORECASE,
)
# "version 1.2.3.4", "v1.2.3.4", "Android-App 2.24.1.75", "aktualisiert auf 2.24.1.75", "版本2.24.1.75"
_VERSION = re.compile(
    r"(?:(?<![a-z])(?:v|ver|vers|versi|version|versión|versão|versione|versiones|build|release|firmware|update"
    r"|updated|upgrade|upgraded|patch|rev|revision|android|ios|app|apk|aplikasi|aplicación|aplicativo|application"
    r"|chrome|browser|aktualisiert|actualización|atualização|mise à jour|pembaruan|driver|kernel|software)"
    r"|版本|版|更新|الإصدار|إصدار|نسخة|تحديث|संस्करण|वर्जन|अपडेट)"
    r"(?:[ ](?:to|is|no|number|auf|zu|a|à|para|ke|nomor|la|the|of|from|von|nummer))?[^\w\n]{0,3}$",
    re.IGNORECASE,
)
# "2.24.1.75 update", "1.0.0.0 build"
_VERSION_BEHIND = re.compile(r"[ ]?(?:version|versión|versão|versi|build|release|update|版本|版)", re.IGNORECASE)


def find_emails(text: str, lowered: str) -> Iterator[Span]:
    """Yield the mail addresses of a plain text, also those that are spelled out."""
    if "@" in text:
        for found in _EMAIL.finditer(text):
            is_password = (
                text[found.start() - 1 : found.start()] == ":"
                and "://" in text[max(0, found.start() - 72) : found.start()]
            )
            if not is_password:
                yield Span(*found.span(), Category.EMAIL, "shape")
    if (
        "arroba" in lowered
        or "arobase" in lowered
        or any(at in lowered for at in ("at]", "at)", "at }", "at}", " dot "))
    ):
        for found in _SPELLED_EMAIL.finditer(text):
            yield Span(*found.span(), Category.EMAIL, "spelled out")


def find_ips(text: str, lowered: str) -> Iterator[Span]:
    """Yield the addresses of computers in a plain text, but none that is everybody's own."""
    if text.count(".") >= 3:
        for found in _IPV4.finditer(text):
            if _is_somebodys(found.group()) and not _is_a_version(text, *found.span()):
                yield Span(*found.span(), Category.IP, "shape")
    if text.count(":") >= 2:
        for found in _IPV6.finditer(text):
            if _is_somebodys(found.group()):
                yield Span(*found.span(), Category.IP, "shape")


def _is_a_version(text: str, start: int, end: int) -> bool:
    return _VERSION.search(text, max(0, start - 32), start) is not None or _VERSION_BEHIND.match(text, end) is not None


def _is_somebodys(written: str) -> bool:
    try:
        address = ip_address(written)
    except ValueError:
        return False
    return not (address.is_unspecified or address.is_loopback)
