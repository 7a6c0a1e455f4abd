"""Facts about a device are codes: what is not written like one is dropped, so that no words are kept in the clear."""

import re
from collections.abc import Mapping

FACTS = ("brand", "model", "system", "app_version", "network", "language")
_CHARACTERS = 40

_BRANDS = (
    *("Alcatel", "Apple", "Asus", "BlackBerry", "Fairphone", "Google", "Honor", "HTC", "Huawei", "Infinix", "itel"),
    *("Jio", "Lava", "Lenovo", "LG", "Micromax", "Motorola", "Nokia", "Nothing", "OnePlus", "Oppo", "Realme"),
    *("Samsung", "Sharp", "Sony", "Tecno", "TCL", "Ulefone", "vivo", "Wiko", "Xiaomi", "ZTE"),
)
_BRAND_OF = {brand.casefold(): brand for brand in _BRANDS}
_NETWORKS = frozenset({"wifi", "mobile", "2g", "3g", "4g", "5g", "ethernet", "offline"})

# Families of model codes. None has room for a word: "SM-A146B", "Redmi Note 9 Pro", "M2006C3LG", "iPhone 12 mini".
_SUFFIX = r"(?: ?(?:Pro|Max|Plus|Ultra|Lite|mini|FE|XL|NFC|Fold|Flip|Power|Play|[45]G|\+))*"
_MODELS = (
    rf"iPhone(?: (?:\d{{1,2}}|SE|XR|XS|X))?{_SUFFIX}",
    r"(?:iPhone|iPad)\d{1,2},\d{1,2}",
    rf"iPad(?: (?:Air|mini|Pro))?(?: \d{{1,2}})?{_SUFFIX}",
    r"SM-[A-Z]\d{3,4}[A-Z0-9]{0,3}",
    rf"Galaxy (?:A|S|M|F|J|Z|Note|Tab)(?: ?[A-Z]?\d{{1,3}})?[es]?{_SUFFIX}",
    rf"(?:Redmi|Redmi Note|Redmi K|POCO|Mi|Xiaomi) ?[A-Z]?\d{{1,2}}[A-Z]{{0,2}}{_SUFFIX}",
    r"M?\d{4,7}[A-Z]{1,2}\d{0,2}[A-Z]{1,3}",
    rf"Pixel(?: \d{{1,2}}a?)?{_SUFFIX}",
    rf"(?:TECNO )?(?:Spark|Camon|Pop|Pova|Phantom)(?: Go)? \d{{1,2}}[A-Z]?{_SUFFIX}",
    r"(?:TECNO|Infinix|itel) [A-Z]{1,2}\d{1,4}[A-Za-z]{0,2}",
    r"(?:CPH|RMX|TA-|V|vivo |Nokia |ONEPLUS A|IN|LE|NE|KB|GM|HD|AC|DN)\d{4}[A-Z]?",
    r"Nokia \d{1,2}(?:\.\d)?",
    r"[A-Z]{3}-[A-Z]{0,2}\d{1,2}[A-Z]?",
    rf"moto [egxz]\d{{0,2}}{_SUFFIX}",
    r"Smartphone|Tablet|Mac|PC",
)
_SYSTEMS = r"Android|iOS|iPadOS|Windows|macOS|Mac OS X|Linux|Ubuntu|Fedora|Chrome OS|KaiOS|HarmonyOS|Tizen"
_SHAPES = {
    "model": re.compile("|".join(_MODELS), re.IGNORECASE | re.ASCII),
    # "Android 10", "iOS 17.4.1"
    "system": re.compile(rf"(?:{_SYSTEMS})(?: \d{{1,3}}(?:\.\d{{1,3}}){{0,2}})?", re.ASCII),
    # "4.2.1"
    "app_version": re.compile(r"\d{1,4}(?:\.\d{1,5}){0,3}", re.ASCII),
    # RFC 5646, language with script and region only: "pt-BR", "zh-Hant-TW"
    "language": re.compile(r"(?:[a-z]{2}|fil)(?:-(?:Arab|Cyrl|Deva|Hans|Hant|Latn))?(?:-[A-Z]{2}|-\d{3})?", re.ASCII),
}


def device_facts(given: Mapping[str, str]) -> dict[str, str]:
    """Return of the given facts those that are codes we know; anything else is dropped without a trace."""
    found = {name: _code(name, given.get(name, "").strip()[:_CHARACTERS]) for name in FACTS}
    return {name: code for name, code in found.items() if code}


def _code(name: str, written: str) -> str:
    if name == "brand":
        return _BRAND_OF.get(written.casefold(), "")
    if name == "network":
        return written.casefold() if written.casefold() in _NETWORKS else ""
    return written if _SHAPES[name].fullmatch(written) else ""
