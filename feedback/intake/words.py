"""What people may need, what a device may say and what was left out, in words: for the form and for staff."""

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


def category_words(category: str) -> str:
    """Return what was left out, in the words of the marks on a page."""
    return render_to_string("_category.html", {"category": category}).strip()
