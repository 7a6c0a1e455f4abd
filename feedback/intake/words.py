"""What people may need, what a device may say and what was left out, in words: for the form and for staff."""

from collections.abc import Collection, Mapping

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

NEEDS = (
    ("captions", _("I need captions")),
    ("in_writing", _("Please answer in writing, do not call")),
    ("screen_reader", _("I use a screen reader")),
    ("bigger_text", _("I need bigger text")),
    ("simpler_words", _("Please use simpler words")),
)
DEVICE = (
    ("brand", _("Brand")),
    ("model", _("Model")),
    ("system", _("System")),
    ("app_version", _("App version")),
    ("network", _("Network")),
    ("language", _("Language")),
)
NETWORKS = {"wifi": _("Wi-Fi"), "mobile": _("mobile data"), "ethernet": _("cable"), "offline": _("none")}
SIGNS = {
    "honeypot": _("a field that people do not see was filled in"),
    "fast": _("sent sooner than anybody types, or without its page"),
    "many": _("many messages of this person within an hour"),
    "many to an address": _("many messages with this e-mail address within an hour"),
    "many from a network": _("very many messages from one network within an hour"),
}


def looks_like_a_programs(signs: Collection[str]) -> bool:
    """Say whether the signs together are enough to mail nobody by ourselves; a person still reads the message."""
    return "honeypot" in signs or len(signs) > 1


def facts_in_order(device: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return a device's facts as the form shows them; a database may keep them in another order."""
    return [(key, device[key]) for key, _label in DEVICE if key in device]


def category_words(category: str, *, is_sentence: bool = False) -> str:
    """Return what was left out, in the words of the marks on a page; as a sentence names it, if so wished."""
    return render_to_string("_category.html", {"category": category, "is_sentence": is_sentence}).strip()
