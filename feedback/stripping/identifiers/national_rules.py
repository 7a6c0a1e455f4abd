"""The identity numbers of countries: their forms, their check digits, and what people call them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from stdnum.ar import cuit
from stdnum.ar import dni as argentine_dni
from stdnum.at import vnr
from stdnum.be import nn
from stdnum.br import cnpj, cpf
from stdnum.ca import sin
from stdnum.ch import ssn as ahv
from stdnum.cl import rut
from stdnum.cn import ric
from stdnum.co import nit
from stdnum.cz import rc
from stdnum.de import idnr
from stdnum.dk import cpr
from stdnum.ec import ci
from stdnum.es import dni, nie
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.gr import amka
from stdnum.hr import oib
from stdnum.id import nik
from stdnum.ie import pps
from stdnum.il import idnr as israeli_id
from stdnum.in_ import aadhaar, pan
from stdnum.it import codicefiscale
from stdnum.kr import rrn
from stdnum.mx import curp
from stdnum.my import nric
from stdnum.nl import bsn
from stdnum.no import fodselsnummer
from stdnum.pk import cnic
from stdnum.pl import pesel
from stdnum.pt import cc, nif
from stdnum.ro import cnp
from stdnum.se import personnummer
from stdnum.th import pin
from stdnum.tr import tckimlik
from stdnum.us import itin, ssn
from stdnum.za import idnr as south_african_id

_EDGE = r"(?![0-9A-Za-z]|[./-]\d)"


@dataclass(frozen=True)
class Rule:
    """An identity number: its check, its form beside its name, its names, and the form that nothing else has."""

    is_valid: Callable[[str], bool]
    form: re.Pattern[str]
    names: re.Pattern[str]
    alone: re.Pattern[str] | None = field(default=None)


def _rule(is_valid: Callable[[str], bool], names: str, form: str, alone: str = "") -> Rule:
    return Rule(
        is_valid,
        re.compile(f"(?:{form}){_EDGE}", re.IGNORECASE),
        re.compile(f"(?<![A-Za-z])(?i:{names})(?![A-Za-z])"),
        re.compile(f"(?:{alone}){_EDGE}") if alone else None,
    )


_NINO = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]", re.IGNORECASE)


def _is_nino(number: str) -> bool:
    """Check the form of a National Insurance number (HMRC, NIM39110); it has no check digit."""
    return _NINO.fullmatch(number) is not None


def _is_aadhaar(number: str) -> bool:
    return number[0] not in "01" and aadhaar.is_valid(number)


RULES = (
    # "123-45-6789", "912-70-1234"
    _rule(
        lambda number: ssn.is_valid(number) or itin.is_valid(number),
        r"ssn|itin|social(?: security)?(?: number)?|social security|tax ?payer id(?:entification)?(?: number)?",
        r"\d{3}[ -]?\d\d[ -]?\d{4}",
        r"\d{3}-\d\d-\d{4}",
    ),
    # "QQ 12 34 56 C"
    _rule(_is_nino, r"nino|ni number|ni no\.?|national insurance(?: number)?", r"[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]"),
    # "943 476 5870"
    _rule(nhs.is_valid, r"nhs(?: number| no\.?)?", r"\d{3}[ -]?\d{3}[ -]?\d{4}"),
    # "123 456 782"
    _rule(
        sin.is_valid, r"(?-i:SIN)|my sin|social insurance(?: number)?|assurance sociale", r"\d{3}[ -]?\d{3}[ -]?\d{3}"
    ),
    # "12345678Z", "12.345.678-Z", "X1234567L"
    _rule(
        dni.is_valid,
        r"dni|nif|documento(?: nacional)?(?: de identidad)?",
        r"\d{2}\.?\d{3}\.?\d{3}[ -]?[A-Z]",
        r"\d{8}-?[A-Z]|\d\d\.\d{3}\.\d{3}-[A-Z]",
    ),
    _rule(nie.is_valid, r"nie|nif", r"[XYZ][ -]?\d{7}[ -]?[A-Z]", r"[XYZ]-?\d{7}-?[A-Z]"),
    # "1 85 05 78 006 084 91"
    _rule(
        nir.is_valid,
        r"nir|sécu|sécurité sociale|securite sociale|numéro insee|insee|carte vitale",
        r"[12378] ?\d\d ?\d\d ?(?:\d\d|2[AB]) ?\d{3} ?\d{3} ?\d\d",
        r"[12] ?\d\d ?(?:0[1-9]|1[0-2]) ?(?:\d\d|2[AB]) ?\d{3} ?\d{3} ?\d\d",
    ),
    # "36 574 261 809"
    _rule(
        idnr.is_valid,
        r"id-?nr\.?|idnr|steuer-?id(?:entnummer|entifikationsnummer)?|steuernummer|steuerliche identifikationsnummer"
        r"|identifikationsnummer|tin",
        r"\d\d ?\d{3} ?\d{3} ?\d{3}",
    ),
    # "RSSMRA85T10A562S"
    _rule(
        lambda number: len(number) == 16 and codicefiscale.is_valid(number),
        r"codice fiscale|cf",
        r"[A-Z]{3} ?[A-Z]{3} ?\d\d[A-EHLMPRST]\d\d ?[A-Z]\d{3}[A-Z]",
        r"(?i:[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z])",
    ),
    # "123 456 789", "00000000 0 ZZ4"
    _rule(nif.is_valid, r"nif|contribuinte|número fiscal|numero fiscal", r"\d{3} ?\d{3} ?\d{3}"),
    _rule(cc.is_valid, r"cc|cartão de cidadão|cartao de cidadao", r"\d{8} ?\d ?[A-Z0-9]{2}\d", r"\d{8} \d ?[A-Z]{2}\d"),
    # "390.533.447-05", "16.727.230/0001-97"
    _rule(cpf.is_valid, r"cpf", r"\d{3}[. ]?\d{3}[. ]?\d{3}[ -]?\d\d", r"\d{3}\.\d{3}\.\d{3}-\d\d"),
    _rule(cnpj.is_valid, r"cnpj", r"\d\d\.?\d{3}\.?\d{3}/?\d{4}-?\d\d", r"\d\d\.\d{3}\.\d{3}/\d{4}-\d\d"),
    # "1112.22.333"
    _rule(bsn.is_valid, r"bsn|burgerservicenummer|sofi-?nummer", r"\d{4}[. ]?\d\d[. ]?\d{3}|\d{3}[. ]\d{3}[. ]\d{3}"),
    # "85.07.30-033 28"
    _rule(
        nn.is_valid,
        r"rijksregister(?:nummer)?|registre national|numéro national|nrn|niss|insz|national number",
        r"\d\d[. ]?\d\d[. ]?\d\d[ -]?\d{3}[. -]?\d\d",
        r"\d\d\.?[01]\d\.?[0-3]\d-?\d{3}[.-]?\d\d",
    ),
    # "44051401359"
    _rule(pesel.is_valid, r"pesel", r"\d{11}"),
    # "880320-0016"
    _rule(
        personnummer.is_valid,
        r"personnummer|personnr|pnr|samordningsnummer",
        r"(?:19|20)?\d{6}[-+ ]?\d{4}",
        r"(?:19|20)?\d\d[01]\d[0-3]\d[-+]\d{4}|19\d\d[01]\d[0-3]\d{5}",
    ),
    # "151086 95088"
    _rule(
        fodselsnummer.is_valid,
        r"fødselsnummer|fodselsnummer|personnummer|d-nummer",
        r"\d{6} ?\d{5}",
        r"[0-7]\d[01]\d{3} ?\d{5}",
    ),
    # "211062-5629"
    _rule(cpr.is_valid, r"cpr(?:-?n(?:umme)?r)?|personnummer", r"\d{6}[ -]?\d{4}"),
    # "131052-308T"
    _rule(
        hetu.is_valid,
        r"hetu|henkilötunnus|sotu|personbeteckning",
        r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]",
        r"[0-3]\d[01]\d{3}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]",
    ),
    # "360426199101010071"
    _rule(ric.is_valid, r"身份证(?:号码?)?|身份號碼|resident id", r"\d{17}[0-9X]", r"[1-9]\d{5}(?:19|20)\d{9}[0-9Xx]"),
    # "2341 2341 2346"
    _rule(_is_aadhaar, r"aad?haa?r|uidai|uid|आधार", r"\d{4}[ -]?\d{4}[ -]?\d{4}"),
    # "ACUPA7085R"
    _rule(pan.is_valid, r"pan|permanent account|पैन", r"[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]"),
    # "3171011708450001"
    _rule(nik.is_valid, r"nik|ktp|e-ktp|nomor induk|kartu keluarga|no\.? ?kk", r"\d{16}|\d{6} \d{6} \d{4}"),
    # "BOXW310820HNERXN09"
    _rule(
        curp.is_valid, r"curp", r"[A-Z]{4}\d{6}[HMX][A-Z]{5}[0-9A-Z]\d", r"(?i:[A-Z]{4}\d{6}[HMX][A-Z]{5}[0-9A-Z]\d)"
    ),
    # "20.123.456", "20-05536168-2"
    _rule(argentine_dni.is_valid, r"dni|documento|libreta cívica", r"\d{1,2}\.?\d{3}\.?\d{3}"),
    _rule(cuit.is_valid, r"cui[tl]", r"\d\d[ -]?\d{8}[ -]?\d", r"(?:2[0347]|3[034])-\d{8}-\d"),
    # "12.531.909-2"
    _rule(rut.is_valid, r"ru[tn]", r"\d{1,2}\.?\d{3}\.?\d{3}-?[0-9K]", r"\d{1,2}\.\d{3}\.\d{3}-[0-9Kk]|\d{7,8}-[Kk]"),
    # "17291716060"
    _rule(tckimlik.is_valid, r"t\.?c\.?(?: kimlik)?(?: no)?|kimlik(?: no| numaram| numarası)?|tckn", r"\d{11}"),
    # "7503305044089"
    _rule(
        south_african_id.is_valid,
        r"id|south african id|sa id|rsa id|id-nommer",
        r"\d{6} ?\d{4} ?\d{3}",
        r"\d\d[01]\d[0-3]\d{5}[01]8\d",
    ),
    # "756.9217.0769.85"
    _rule(
        ahv.is_valid,
        r"ahv(?:-?n(?:umme)?r)?|avs|no avs|sozialversicherungsnummer",
        r"756\.?\d{4}\.?\d{4}\.?\d\d",
        r"756\.?\d{4}\.?\d{4}\.?\d\d",
    ),
    # "1237 010180"
    _rule(vnr.is_valid, r"svnr|sv-nummer|sozialversicherungsnummer|versicherungsnummer", r"\d{4} ?\d{6}"),
    # "1630615123457", "710319/2745", "33392005961", "01013099997"
    _rule(cnp.is_valid, r"cnp|cod numeric personal", r"\d{13}"),
    _rule(rc.is_valid, r"rodné číslo|rodne cislo|rč", r"\d{6}/?\d{3,4}"),
    _rule(oib.is_valid, r"oib", r"\d{11}"),
    _rule(amka.is_valid, r"amka|αμκα", r"\d{11}"),
    # "6433435F"
    _rule(pps.is_valid, r"pps(?:n| number| no)?", r"\d{7}[A-W][A-IW]?"),
    # "039337423"
    _rule(israeli_id.is_valid, r"teudat zehut|israeli id|תעודת זהות|ת\.ז", r"\d{8,9}|\d-?\d{7}-?\d"),
    # "971013-9019902", "770305-02-1234", "1-1012-12345-67-1", "34201-0891231-8"
    _rule(rrn.is_valid, r"rrn|resident registration|주민등록번호", r"\d{6}-?\d{7}"),
    _rule(nric.is_valid, r"nric|mykad|no\.? kad pengenalan|ic(?: number| no)?", r"\d{6}-?\d\d-?\d{4}"),
    _rule(pin.is_valid, r"thai id|บัตรประชาชน|เลขประจำตัวประชาชน", r"\d-?\d{4}-?\d{5}-?\d\d-?\d"),
    _rule(cnic.is_valid, r"cnic|nadra|شناختی کارڈ", r"\d{5}-?\d{7}-?\d", r"\d{5}-\d{7}-\d"),
    # "1714307103", "213123432-1"
    _rule(ci.is_valid, r"cédula|cedula|ci", r"\d{10}"),
    _rule(nit.is_valid, r"nit", r"\d{3}\.?\d{3}\.?\d{3}-?\d"),
)
# What any of them may be called, in small letters.
ANY_NAME = re.compile(
    r"(?<![a-z])(?:national id(?:entity|entification)?(?: number| no| card)?|identity (?:number|card|document)|id"
    r" (?:number|card|no)"
    r"|personal (?:id|identity|identification)(?: number| code)?|tax (?:id|number|identification)|citizen"
    r" (?:number|id)"
    r"|ausweisnummer|personalausweis(?:nummer)?|ausweis|número de (?:identidad|identificación|documento|identidade)"
    r"|documento de (?:identidad|identidade)|carteira de identidade|cédula de identidad"
    r"|numéro d'identité|carte d'identité|pièce d'identité|nomor identitas|kartu identitas|nomor induk kependudukan"
    r")(?![a-z])|身份证|身份證|证件号|证件号码|رقم الهوية|الرقم القومي|الرقم الوطني|بطاقة الهوية|الهوية الوطنية"
    r"|पहचान (?:संख्या|पत्र|क्रमांक)"
)
PASSPORT_NAME = re.compile(r"(?i:passport|reisepass|pasaporte|passeport|passaporte|paspor)|护照|護照|جواز|पासपोर्ट")
# A named passport and its number, with at least four digits. "passport no. C01X00T47", "Reisepass: L8988901C"
PASSPORT = re.compile(
    rf"(?:{PASSPORT_NAME.pattern})[^\d\n.!?]{{0,24}}?(?:(?<=[ .])no\. ?)?(?<![0-9A-Za-z])"
    rf"(?P<value>(?=[0-9A-Z]{{0,5}}\d[0-9A-Z]{{0,3}}\d)(?=(?:[A-Z]{{0,3}}\d){{4}})[0-9A-Z]{{7,9}}){_EDGE}"
)
