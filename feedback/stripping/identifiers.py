"""Finds what identifies: cards and secrets always, e-mail, phone, IBAN and IP addresses when asked to."""

import re
from collections.abc import Iterator
from ipaddress import ip_address

import phonenumbers
from stdnum import iban, luhn

from feedback.stripping.categories import Category
from feedback.stripping.clauses import words
from feedback.stripping.texts import Span

_DIGITS = re.compile(r"\d[ -]?\d[ -]?\d[ -]?\d")
_NON_DIGIT = re.compile(r"\D")
# 13 to 19 digits, single spaces or hyphens between. "4111 1111 1111 1111", "5500-0000-0000-0004"
_CARD = re.compile(r"(?<![\d-])\d(?:[ -]?\d){12,18}(?![\d-])")
# Issuers by first digits: Visa 4, Mastercard 51-55 and 2221-2720, Amex 34/37, Discover 6011/65, JCB 35.
_ISSUER = re.compile(r"4|5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)|3[47]|6011|65|35")
_NAMED = (
    r"pass ?word|passwort|kennwort|pass ?code|pass ?phrase|pwd|contraseña|clave|senha|mot de passe|kata sandi|sandi"
    r"|密码|口令|كلمة السر|كلمة المرور|पासवर्ड"
)
_MAY_BE_SECRET = words(
    "pass pwd kennwort contraseña clave senha sandi pin otp code tan código kode 密码 口令 验证码 كلمة رمز पासवर्ड ओटीपी"
)
# A named password and its value, joined by a verb or a sign. "my password is Tr0ub4dor", "passwort: hunter2"
_PASSWORD = re.compile(
    rf"(?:{_NAMED})(?:\s{{1,3}}(?:is|was|ist|war|es|era|est|é|adalah|है)\s{{1,3}}|\s{{0,3}}[:=：是]\s{{0,3}})"
    r"[\"'“„«]?(?P<value>[^\s\"'”“»,;。，]{3,64})",
    re.IGNORECASE,
)
# A named one-time code or PIN of four to eight digits. "my PIN is 4821", "OTP: 774 201", "verification code 123456"
_CODE = re.compile(
    r"\b(?:pin|otp|(?:login|verification|sms|security|one[- ]time|2fa|confirmation|activation|auth|my)"
    r"\s{1,3}(?:code|otp|pin)"
    r"|tan|código|kode(?: otp)?|code de vérification|bestätigungscode|验证码|رمز التحقق|ओटीपी)"
    r"(?:\s{1,3}(?:is|was|ist|es|est|é|adalah|है)\b)?\s{0,3}[:=：是]?\s{0,3}"
    r"(?P<value>\d{3}[ -]?\d{3,5}|\d{4,8})(?![\d.])",
    re.IGNORECASE,
)
# What is said of a password rather than being one.
_NO_PASSWORD = words(
    "wrong incorrect correct right invalid rejected refused required missing lost forgotten reset changed expired asked"
    " accepted working broken not the too very always never fine good weak strong secure unsafe"
    " saved stored shown visible"
    " hidden empty blank same different needed being now still no my your that this what falsch"
    " richtig incorrecta correcta"
    " incorrect incorrecte invalide errada incorreta salah benar nicht already old new only just really sent displayed"
)
# "mia@example.org", "a.b+c@mail.example.co.uk"
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
# "DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432"
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b")
# "192.168.1.20", "10.0.0.1"; "2001:db8::1" -> six or more groups or a double colon
_IP = re.compile(
    r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])|(?<![\w:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])", re.IGNORECASE
)
# "+49 170 1234567", "+1 (415) 555-2671"; the country code makes it a phone number rather than an order number.
_PHONE = re.compile(r"\+\d(?:[ ()/.-]{0,2}\d){6,14}")


def find_always(text: str) -> Iterator[Span]:
    """Yield cards, passwords and one-time codes; they are never kept."""
    if _DIGITS.search(text):
        for found in _CARD.finditer(text):
            if _is_card(found.group()):
                yield Span(*found.span(), Category.CARD, "luhn")
    lowered = text.lower()
    if any(word in lowered for word in _MAY_BE_SECRET):
        for found in _PASSWORD.finditer(text):
            value = found["value"].rstrip(".!?)")
            if value.lower() not in _NO_PASSWORD and value:
                yield Span(found.start("value"), found.start("value") + len(value), Category.SECRET, "named")
        for found in _CODE.finditer(text):
            yield Span(*found.span("value"), Category.SECRET, "named")


def find_identifiers(text: str) -> Iterator[Span]:
    """Yield e-mail and IP addresses, IBANs and international phone numbers."""
    for found in _EMAIL.finditer(text):
        yield Span(*found.span(), Category.EMAIL, "shape")
    for found in _IBAN.finditer(text):
        if iban.is_valid(found.group()):
            yield Span(*found.span(), Category.IBAN, "check digits")
    for found in _IP.finditer(text):
        if _is_address(found.group()):
            yield Span(*found.span(), Category.IP, "shape")
    for found in _PHONE.finditer(text):
        if _is_phone(found.group()):
            yield Span(*found.span(), Category.PHONE, "possible")


def _is_card(written: str) -> bool:
    digits = _NON_DIGIT.sub("", written)
    return _ISSUER.match(digits) is not None and len(digits) in (13, 15, 16, 19) and luhn.is_valid(digits)


def _is_phone(written: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(written, None))
    except phonenumbers.NumberParseException:
        return False


def _is_address(written: str) -> bool:
    try:
        ip_address(written)
    except ValueError:
        return False
    return written.strip(":") != ""
