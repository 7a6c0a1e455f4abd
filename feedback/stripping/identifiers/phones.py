"""Phone numbers: with a country code anywhere, without one where a word or the form says what they are.

A phone number is hidden rather than cut: its country code and its length stay, because an agent needs them to see
what went wrong with a call.
"""

import re
from collections.abc import Iterator

import phonenumbers

from feedback.stripping.categories import Category
from feedback.stripping.identifiers.labels import is_a_business_number
from feedback.stripping.texts import Span

HIDDEN = "•"
_DIGIT = re.compile(r"\d")
_ENOUGH_DIGITS = re.compile(r"\d(?:[ ()/.-]{0,2}\d){6}")
# "+49 170 1234567", "+1 (415) 555-2671", "+49 (0) 30 1234"
_INTERNATIONAL = re.compile(r"\+[ ]?\(?[1-9](?:[ ()/.-]{0,2}\d){6,16}")
# The same after the international prefix of most countries. "0049 170 1234567", "(00 33) 6 12 34 56 78"
_DIALLED = re.compile(r"(?<![\dA-Za-z.,+#/-])00[ ]?[1-9](?:[ ()/.-]{0,2}\d){7,16}(?![\dA-Za-z])")
# Seven to fifteen digits with the signs between that people write. "(030) 123-4567", "0812-3456-7890"
_LOCAL = re.compile(r"(?<![\dA-Za-z+#.,:/-])\(?\d(?:[ ()/.-]{0,2}\d){6,14}(?![\dA-Za-z]|[.,:-]\d)")
# Forms of one country that nothing else has, and the region whose numbers they are.
_FORMS = (
    # "(415) 555-2671", "415-555-2671"
    ("US", re.compile(r"(?:1[ -])?(?:\([2-9]\d\d\)[ ]?|[2-9]\d\d[.-])[2-9]\d\d[.-]\d{4}")),
    # "06 12 34 56 78", "01.23.45.67.89"
    ("FR", re.compile(r"0[1-79](?:[ .]\d\d){4}")),
    # "(11) 91234-5678", "11 91234-5678", "(21) 3456-7890"
    ("BR", re.compile(r"\([1-9]\d\)[ ]?9?[ ]?\d{4}-\d{4}|[1-9]\d[ ]9\d{4}-\d{4}")),
    # "07700 900123", "020 7946 0958", "(0161) 496 0000"
    ("GB", re.compile(r"\(?0\d\d\)?[ ]\d{4}[ ]\d{4}|\(?0\d{3}\)?[ ]\d{3}[ ]\d{4}|\(?0\d{4}\)?[ ]\d{3}[ ]?\d{3}")),
    # "0170 1234567", "030/1234567", "(089) 123456"
    ("DE", re.compile(r"\(?0[1-9]\d{1,4}\)?(?:[ ]?[/-][ ]?|[ ])\d{4,8}(?:[ -]\d{1,3}){0,2}")),
    # "612 34 56 78"
    ("ES", re.compile(r"[67]\d\d(?:[ ]\d\d){3}")),
    # "0812-3456-7890", "0812 3456 789"
    ("ID", re.compile(r"08\d\d[ -]\d{3,4}[ -]\d{3,5}")),
    # "138 1234 5678", "138-1234-5678"
    ("CN", re.compile(r"1[3-9]\d[ -]\d{4}[ -]\d{4}")),
    # "98765 43210", "098765-43210"
    ("IN", re.compile(r"0?[6-9]\d{4}[ -]\d{5}")),
    # "050 123 4567", "055-123-4567"
    ("SA", re.compile(r"05\d[ -]\d{3}[ -]\d{4}")),
    # "010 1234 5678", "0100 123 4567"
    ("EG", re.compile(r"01[0125]\d?[ -]\d{3,4}[ -]\d{4}")),
)
# What names a phone number in front of it. "call me on", "Handy:", "电话", "my number is"
_LABEL = re.compile(
    r"(?:(?<![a-zà-ÿ])(?:phone|telephone|tel|mobile|cell|cellphone|landline|whats ?app|viber|signal|telegram|fax|sms"
    r"|ph|mob"
    r"|call(?: me)?|ring me|reach me|text me|contact me|contact number|my number|my no|telefon|telefonnummer|handy"
    r"|handynummer|mobil|mobilnummer|mobilfunk|rufnummer|festnetz|meine nummer|rufen sie|ruf mich|erreichbar"
    r"|teléfono|telefono|tfno|móvil|movil|celular|mi número|mi numero|llámame|llamame|llámenme|llamar"
    r"|téléphone|portable|mon numéro|mon numero|appelez-moi|appelez|joignable|telefone|telemóvel|fone|zap|meu número"
    r"|meu numero|ligue|ligar|me ligue|telepon|telp|hp|no hp|nomor saya|nomor hp|nomorku|hubungi|wa"
    r"|mera number|mobile number|phone number|call karo|telefoon|mobiel|telefonum|cellulare|telefonu)(?![a-zà-ÿ])"
    r"|电话|手机|号码是|座机|联系方式|電話|手機|هاتفي|هاتف|جوالي|جوال|موبايلي|موبايل|رقمي|اتصل بي|اتصل|واتساب|تلفون"
    r"|फोन|फ़ोन|मोबाइल|मेरा नंबर|कॉल कर|संपर्क)",
    re.IGNORECASE,
)
# What may stand between that and the number. " is: ", " number (home) ", "me back at "
_FILLER = re.compile(
    r"(?:[^\w\n]|(?<![^\W_])(?:me|back|us|on|at|is|was|under|via|my|number|no|nr|num|the|by|please|home|work"
    r"|office|ist|unter"
    r"|auf|der|die|an|mich|nummer|lautet|meine|es|al|en|número|numero|mi|me|el|est|au|sur|le|numéro|moi|é|no|na|em|o"
    r"|meu|para|pelo|adalah|di|ke|saya|nomor|nya|hai|par|है|पर|नंबर|是|为|号|号码|機|机|هو|رقم|على|الرقم"
    r"|i)(?![^\W_])|[是为号码：])*",
    re.IGNORECASE,
)
_REACH = 36


def find_phones(text: str, lowered: str) -> Iterator[Span]:
    """Yield the phone numbers of a plain text."""
    if _ENOUGH_DIGITS.search(text) is None:
        return
    for found in _INTERNATIONAL.finditer(text):
        if end := _end_of(text, found.start(), found.end()):
            yield Span(found.start(), end, Category.PHONE, "country code")
    for found in _DIALLED.finditer(text):
        if _is_valid("+" + _digits(found.group())[2:], None) and not is_a_business_number(text, found.start()):
            yield Span(*found.span(), Category.PHONE, "dialled")
    for found in _LOCAL.finditer(text):
        if rule := _local_rule(text, found.start(), found.end()):
            yield Span(*found.span(), Category.PHONE, rule)


def hidden(written: str) -> str:
    """Return a phone number with every digit behind its country code hidden, as long as before."""
    digits = _digits(written)
    plain = written.lstrip(" (")
    if plain.startswith(("+", "＋")):
        stays = _country_code_of(digits)
    elif digits.startswith("00"):
        stays = 2 + _country_code_of(digits[2:])
    else:
        stays = 0
    letters: list[str] = []
    for letter in written:
        is_digit = letter.isdecimal()
        letters.append(HIDDEN if is_digit and stays <= 0 else letter)
        stays -= is_digit
    return "".join(letters)


def _end_of(text: str, start: int, end: int) -> int:
    """Return where a number that can be dialled ends, without what was written behind it, or 0."""
    for _ in range(3):
        if _is_possible(text[start:end]):
            return end
        shorter = max(text.rfind(" ", start, end), text.rfind("/", start, end), text.rfind("-", start, end))
        if shorter <= start + 6:
            return 0
        end = shorter
        while not text[end - 1].isdigit():
            end -= 1
    return 0


def _local_rule(text: str, start: int, end: int) -> str:
    if is_a_business_number(text, start):
        return ""
    if _is_named(text, start) and not _is_a_moment(text[start:end]):
        return "named"
    written = text[start:end]
    for region, form in _FORMS:
        if form.fullmatch(written) and _is_possible_in(written, region):
            return region
    return ""


def _is_named(text: str, start: int) -> bool:
    first = max(0, start - _REACH)
    labels = list(_LABEL.finditer(text, first, start))
    return bool(labels) and _FILLER.fullmatch(text, labels[-1].end(), start) is not None


def _is_a_moment(written: str) -> bool:
    """Say whether digits are a device's number or a time rather than a phone's: "356938035643809", "20241125"."""
    digits = _digits(written)
    is_bare = len(digits) == len(written)
    return is_bare and (
        len(digits) >= 14 or re.fullmatch(r"(?:19|20)\d\d[01]\d[0-3]\d(?:\d{4,6})?", digits) is not None
    )


def _digits(written: str) -> str:
    return "".join(str(int(digit)) for digit in _DIGIT.findall(written))


def _country_code_of(digits: str) -> int:
    """Return how many digits the country code takes (ITU-T E.164: one to three)."""
    for length in (1, 2, 3):
        if int(digits[:length] or 0) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
            return length
    return 0


def _is_possible(written: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(written.replace(" ", ""), None))
    except phonenumbers.NumberParseException:
        return False


def _is_possible_in(written: str, region: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(written, region))
    except phonenumbers.NumberParseException:
        return False


def _is_valid(written: str, region: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(written, region))
    except phonenumbers.NumberParseException:
        return False
