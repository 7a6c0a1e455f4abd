"""The languages of people's pages: which are offered, and in which one a request is answered.

Staff's pages and the demo's own are English. A language is offered only while every word of the notice stands in its
catalogue: nobody is asked to agree to a mixture.
"""

import re
from ast import literal_eval
from collections.abc import Callable
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import get_template
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_supported_language_variant, override, to_locale
from django.utils.translation.template import templatize
from django.utils.translation.trans_real import parse_accept_lang_header

IN_ENGLISH = ("/desk/", "/manage/", "/accounts/", "/demo/")
NOTICE_TEMPLATES = ("centre/_notice.html", "centre/_decision.html")
COOKIE_SECONDS = 60 * 60 * 24 * 180
# Old phones still send the code that Indonesian had before 1989.
_NOW_CALLED = {"in": "id"}
_STRING = r"""(u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))"""
# " gettext(u'Agree') ", " ngettext(u'one', u'many', count) ", ' _("j F Y") ', as `templatize` writes them.
_TO_TRANSLATE = re.compile(rf"(?<!\w)(?:gettext|ngettext|_)\({_STRING}(?:, {_STRING}, count)?\)")
_PLURAL_NUMBERS = range(121)
"""Among these every plural form of our languages occurs."""


class Languages:
    """Answers each request in one language, says which, and remembers the one that was asked for by `?lang=`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = language_of(request)
        request.LANGUAGE_CODE = language
        with override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        if language == request.GET.get("lang") != request.COOKIES.get(settings.LANGUAGE_COOKIE):
            _remember(response, language)
        return response


def language_of(request: HttpRequest) -> str:
    """Return the language that the address asks for, else the remembered one, else the browser's first among ours."""
    if request.path_info.startswith(IN_ENGLISH):
        return settings.LANGUAGE_CODE
    codes = dict(offered())
    for asked in (request.GET.get("lang"), request.COOKIES.get(settings.LANGUAGE_COOKIE)):
        if asked in codes:
            return asked
    for accepted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if language := known(accepted):
            return language
    return settings.LANGUAGE_CODE


def known(code: str) -> str | None:
    """Return the offered language that a code of any region names (RFC 5646): `pt-BR` is `pt`; None for no such."""
    name, dash, region = code.lower().partition("-")
    try:
        found = get_supported_language_variant(_NOW_CALLED.get(name, name) + dash + region)
    except LookupError:
        return None
    return found if found in dict(offered()) else None


@lru_cache(maxsize=1)
def offered() -> tuple[tuple[str, str], ...]:
    """Return the languages to choose from, each with its name in itself."""
    return tuple((code, name) for code, name in settings.LANGUAGES if code == "en" or has_whole_notice(code))


def has_whole_notice(language: str) -> bool:
    """Say whether the catalogue of a language has every word of the notice."""
    path = Path(settings.LOCALE_PATHS[0]) / to_locale(language) / "LC_MESSAGES" / "django.mo"
    if not path.exists():
        return False
    with path.open("rb") as compiled:
        catalogue = GNUTranslations(compiled)
    catalogue.add_fallback(_Silence())
    return all(_is_said(catalogue, *words) for name in NOTICE_TEMPLATES for words in words_of_template(name))


def words_of_template(name: str) -> list[tuple[str, str | None]]:
    """Return what a template has to translate, each with its plural if it has one."""
    source = get_template(name).template.source  # type: ignore[attr-defined]
    found = _TO_TRANSLATE.findall(templatize(source))
    return [(literal_eval(single), literal_eval(many) if many else None) for single, many in found]


def _is_said(catalogue: GNUTranslations, single: str, many: str | None) -> bool:
    if many is None:
        return bool(catalogue.gettext(single))
    return all(catalogue.ngettext(single, many, number) for number in _PLURAL_NUMBERS)


class _Silence(NullTranslations):
    """Says nothing where a catalogue lacks words, instead of the English ones."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""


def _remember(response: HttpResponseBase, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE,
        language,
        max_age=COOKIE_SECONDS,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )
