"""Generated identifiers, valid by their check digits, inside sentences as people write them."""

import random
import string
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

import phonenumbers
from stdnum import iban, luhn
from stdnum.be import nn
from stdnum.br import cpf
from stdnum.ca import sin
from stdnum.ch import ssn
from stdnum.cl import rut
from stdnum.cn import ric
from stdnum.de import idnr
from stdnum.es import dni
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.in_ import aadhaar
from stdnum.it import codicefiscale
from stdnum.mx import curp
from stdnum.nl import bsn
from stdnum.no import fodselsnummer
from stdnum.pl import pesel
from stdnum.ro import cnp
from stdnum.se import personnummer
from stdnum.tr import tckimlik
from stdnum.za import idnr as south_african

SEED = 20_251
EACH = 300
_AROUND = (
    "Please use {} from now on.",
    "{} is what I entered, and it was refused",
    "The form shows ({}) and then an error.",
    "tried {}, nothing happens!",
    "Bitte ändern Sie das in {}, danke.",
    "No me deja guardar {}.",
    "Je n'arrive pas à enregistrer {} !",
    "Não consigo salvar {} no app",
    "Tolong ganti jadi {} ya",
    "请改成 {} 谢谢",
    "الرجاء استخدام {} بدلا منه",
    "कृपया {} रखें",
)
_NAMED = (
    "My {name} is {}, please correct it.",
    "{name}: {}",
    "they asked for my {name} ({}) twice",
    "{name} {} rejected",
)
# "#" a digit, "@" a letter, "{d}{m}{y}" a date of birth; drawn until the check digits are right.
_NATIONAL: dict[str, tuple[Callable[[str], bool], tuple[str, ...]]] = {
    "NHS number": (nhs.is_valid, ("##########", "### ### ####")),
    "Steuer-ID": (idnr.is_valid, ("###########", "## ### ### ###")),
    "numéro de sécurité sociale": (nir.is_valid, ("1{y}{m}75########", "2 {y} {m} 75 ### ### ##")),
    "DNI": (dni.is_valid, ("########@",)),
    "CPF": (cpf.is_valid, ("###########", "###.###.###-##")),
    "身份证号": (ric.is_valid, ("110101{Y}{m}{d}####", "310104{Y}{m}{d}###X")),
    "Aadhaar": (aadhaar.is_valid, ("############", "#### #### ####")),
    "codice fiscale": (codicefiscale.is_valid, ("RSSMRA{y}T{d}A###@",)),
    "BSN": (bsn.is_valid, ("#########",)),
    "PESEL": (pesel.is_valid, ("{y}{m}{d}#####",)),
    "rijksregisternummer": (nn.is_valid, ("{y}{m}{d}#####", "{y}.{m}.{d}-###.##")),
    "personnummer": (personnummer.is_valid, ("{y}{m}{d}-####", "{Y}{m}{d}####")),
    "TC kimlik no": (tckimlik.is_valid, ("###########",)),
    "ID number": (south_african.is_valid, ("{y}{m}{d}####08#",)),
    "CURP": (curp.is_valid, ("GARC{y}{m}{d}HDFRRL0#",)),
    "SIN": (sin.is_valid, ("### ### ###", "#########")),
    "RUT": (rut.is_valid, ("##.###.###-#", "########-#", "########-K")),
    "henkilötunnus": (hetu.is_valid, ("{d}{m}{y}-###@",)),
    "AHV-Nummer": (ssn.is_valid, ("756.####.####.##", "756##########")),
    "fødselsnummer": (fodselsnummer.is_valid, ("{d}{m}{y}#####",)),
    "CNP": (cnp.is_valid, ("1{y}{m}{d}12####",)),
}
_IBANS = (
    "DE#{20}", "GB##@@@@#{14}", "NL##@@@@#{10}", "FR#{25}", "PL#{26}", "AT#{18}", "CH#{19}", "ES#{22}", "BE#{14}",
    "PT#{23}", "SA#{22}", "AE#{21}", "TR#{24}", "SE#{22}", "DK#{16}", "RO##@@@@#{16}", "BR#{25}P1",
)  # fmt: skip
_CARDS = (
    "4#{14}", "5[1-5]#{13}", "22[3-9]#{12}", "2[3-6]#{13}", "34#{12}", "37#{12}", "6011#{11}", "65#{13}",
    "35[3-8]#{12}", "36#{11}", "62#{13}", "62#{16}",
)  # fmt: skip
# What is no identifier, though it looks like one.
_HARMLESS: dict[str, tuple[str, ...]] = {
    "order": (
        "order ######",
        "order no. ########",
        "order number ##########",
        "Bestellung ###########",
        "pedido ############",
    ),
    "card with a wrong digit": ("4### #### #### ####", "5#12############"),
    "version": ("version #.##.#.1###", "v#.#.#", "build #######", "Android 1#, API 3#"),
    "time": ("2#:##:##", "2025-0#-1# 1#:##:##", "1#.0#.2025, 1#:##", "unix time 17########"),
    "money": ("$#,###.##", "#.###.###,00 Rp", "## ### €"),
    "reference": ("ticket IM-2025-######", "case #####-####", "parcel 1Z###@@########", "error 0x8007####"),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A text with one identifier in it; half-open code points."""

    kind: str
    text: str
    start: int
    end: int


def samples() -> list[Sample]:
    """Return at least three hundred of each kind, the same ones every time."""
    chance = random.Random(SEED)
    drawn = [
        _inside(chance.choice(_AROUND), kind, draw(chance), "")
        for kind, draw in (("e-mail", _email), ("card", _card), ("IBAN", _iban), ("IP", _address), ("phone", _phone))
        for _ in range(EACH)
    ]
    for name, (is_valid, shapes) in _NATIONAL.items():
        for number in range(EACH):
            kind, around = ("named", _NAMED) if number % 2 else ("bare", _AROUND)
            whole = _until_valid(is_valid, chance.choice(shapes), chance)
            drawn.append(_inside(chance.choice(around), f"{kind} {name}", whole, name))
    return drawn


def harmless() -> list[Sample]:
    """Return as many of each kind of what only looks like an identifier."""
    chance = random.Random(SEED)
    drawn = []
    for kind, shapes in _HARMLESS.items():
        for _ in range(EACH):
            whole = _drawn(chance.choice(shapes), chance)
            while kind.startswith("card") and luhn.is_valid(whole.replace(" ", "")):
                whole = whole[:-1] + chance.choice(string.digits)
            drawn.append(_inside(chance.choice(_AROUND), kind, whole, ""))
    return drawn


def _inside(around: str, kind: str, whole: str, name: str) -> Sample:
    before, behind = around.replace("{name}", name).split("{}")
    return Sample(kind, before + whole + behind, len(before), len(before) + len(whole))


def _until_valid(is_valid: Callable[[str], bool], shape: str, chance: random.Random) -> str:
    while not is_valid(whole := _drawn(shape, chance)):
        pass
    return whole


def _drawn(shape: str, chance: random.Random) -> str:
    year, month, day = chance.randrange(1940, 2000), chance.randrange(1, 13), chance.randrange(1, 29)
    dates = {"{Y}": f"{year}", "{y}": f"{year % 100:02}", "{m}": f"{month:02}", "{d}": f"{day:02}"}
    for sign, meant in dates.items():
        shape = shape.replace(sign, meant)
    pools = {"#": string.digits, "@": string.ascii_uppercase}
    return "".join(chance.choice(pools.get(sign, sign)) for sign in shape)


def _repeated(shape: str, chance: random.Random) -> str:
    """Write "#{14}" out as fourteen signs, and draw one of "[3-6]"."""
    out = ""
    while shape:
        if shape.startswith("#{"):
            count, _, shape = shape[2:].partition("}")
            out += "#" * int(count)
        elif shape.startswith("["):
            out, shape = out + str(chance.randrange(int(shape[1]), int(shape[3]) + 1)), shape[5:]
        else:
            out, shape = out + shape[0], shape[1:]
    return out


def _email(chance: random.Random) -> str:
    first = chance.choice(("mia", "o'neil", "jean-luc", "ana_maria", "li.wei", "k", "müller", "X9", "budi99", "a.b.c"))
    tag = chance.choice(("", "", "", "+app", f"{chance.randrange(1990, 2012)}", "_"))
    host = chance.choice(("example", "mail.example", "my-firm", "uni.cs", "bücher", "x1", "post.gov"))
    return f"{first}{tag}@{host}.{chance.choice(('com', 'org', 'co.uk', 'de', 'museum', 'io', 'com.br', 'id', 'cn'))}"


def _card(chance: random.Random) -> str:
    body = _drawn(_repeated(chance.choice(_CARDS), chance), chance)
    whole = body + luhn.calc_check_digit(body)
    parts = [4, 6, 5] if len(whole) == 15 else [4] * 5
    return _in_groups(whole, parts, chance.choice(("", " ", "-")))


def _iban(chance: random.Random) -> str:
    shape = _repeated(chance.choice(_IBANS), chance)
    while True:
        bban = _drawn(shape, chance)
        whole = bban[:2] + iban.calc_check_digits(bban) + bban[4:]
        if iban.is_valid(whole):
            return _in_groups(whole, [4] * 9, chance.choice(("", " ")))


def _in_groups(whole: str, lengths: list[int], gap: str) -> str:
    parts, at = [], 0
    for length in lengths:
        parts.append(whole[at : at + length])
        at += length
    return gap.join(filter(None, parts))


def _address(chance: random.Random) -> str:
    version_6 = IPv6Address(0x20010DB8 << 96 | chance.getrandbits(chance.choice((16, 48, 96))))
    return chance.choice((f"{IPv4Address(chance.getrandbits(32))}", f"{version_6}", version_6.exploded))


def _phone(chance: random.Random) -> str:
    while True:
        region = chance.choice(sorted(phonenumbers.SUPPORTED_REGIONS))
        number = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
        if number is None:
            continue
        number.national_number = number.national_number // 10000 * 10000 + chance.randrange(10000)
        if phonenumbers.is_valid_number(number):
            form = chance.choice((phonenumbers.PhoneNumberFormat.E164, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
            return phonenumbers.format_number(number, form)
