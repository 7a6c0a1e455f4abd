"""Finds what identifies: cards and secrets always, e-mail, phone, IBAN and IP addresses when asked to."""

import re
from collections.abc import Iterator
from ipaddress import ip_address

import phonenumbers
from stdnum import iban, luhn

from feedback.stripping.categories import Category
from feedback.stripping.texts import Span

# 13 to 19 digits, single spaces or hyphens between. "4111 1111 1111 1111", "5500-0000-0000-0004"
_CARD = re.compile(r"(?<![\d-])\d(?:[ -]?\d){12,18}(?![\d-])")
# Issuers by first digits: Visa 4, Mastercard 51-55 and 2221-2720, Amex 34/37, Discover 6011/65, JCB 35.
_ISSUER = re.compile(r"4|5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)|3[47]|6011|65|35")
# "my password is hunter2", "PIN: 4821", "code 123456" -> the value behind the word.
_SECRET = re.compile(
    r"\b(?:password|passwort|contraseña|senha|mot de passe|kata sandi|pin|passcode|otp"
    r"|(?:login |verification |sms )?code)"
    r"(?:\s+(?:is|was|ist|es|est|é))?\s*[:=]?\s+(?P<value>(?=\S*\d)\S{4,64}|(?<=is )\S{6,64})",
    re.IGNORECASE,
)
# "mia@example.org", "a.b+c@mail.example.co.uk"
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
# "DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432"
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b")
# "192.168.1.20", "10.0.0.1"
_IP = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")
# "+49 170 1234567", "+1 (415) 555-2671"; the country code makes it a phone number rather than an order number.
_PHONE = re.compile(r"\+\d(?:[ ()/-]{0,2}\d){6,14}")


def find_always(text: str) -> Iterator[Span]:
    """Yield cards, passwords and one-time codes; they are never kept."""
    if not any(letter.isdigit() for letter in text) and "pass" not in text.lower():
        return
    for found in _CARD.finditer(text):
        digits = re.sub(r"\D", "", found.group())
        if _ISSUER.match(digits) and luhn.is_valid(digits) and len(digits) in (13, 15, 16, 19):
            yield Span(*found.span(), Category.CARD, "luhn")
    for found in _SECRET.finditer(text):
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
        if phonenumbers.is_possible_number(phonenumbers.parse(found.group(), None)):
            yield Span(*found.span(), Category.PHONE, "possible")


def _is_address(written: str) -> bool:
    try:
        ip_address(written)
    except ValueError:
        return False
    return True
