"""Postal addresses: a street with its number, and the postcode or town that goes with it."""

import re
from collections.abc import Iterator

from feedback.stripping.categories import Category
from feedback.stripping.texts import Span

_NAME = r"[A-ZÀ-Þ0-9][\w'’.-]{0,24}"
_TOWN = rf"{_NAME}(?:[ -](?:[a-zß-ÿ]{{1,4}}[ ]){{0,2}}{_NAME}){{0,3}}"
_GAP = r"(?:[ ]?[,;–-]?[ ]?\n?[ ]?|[ ])"
_UNIT = (
    r"(?:,?[ ](?:(?i:apt|apartment|flat|unit|suite|ste|piso|depto|dpto|apto|bloco|wohnung|app|appartement|bâtiment"
    r"|bât|lot|#)\.?[ ]?"
    r"[\w-]{1,6}))?"
)
# "221B Baker Street, London NW1 6XE", "1600 Pennsylvania Avenue NW, Washington, DC 20500", "12 Main St, Springfield"
_ENGLISH = re.compile(
    rf"(?<![\w.,/-])\d{{1,5}}[A-Za-z]?(?:[-/]\d{{1,4}}[A-Za-z]?)?,?[ ](?:{_NAME}[ ]){{1,4}}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Place|Pl|Square|Sq|Terrace"
    r"|Close|Crescent"
    r"|Gardens|Highway|Hwy|Parkway|Pkwy|Circle|Cir|Grove|Mews|Row|Hill|Park|Nagar|Marg|Layout|Colony|Broadway)\b\.?"
    rf"(?:[ ](?:NW|NE|SW|SE|N|S|E|W)\b)?{_UNIT}"
    rf"(?:{_GAP}{_TOWN}(?:,[ ]{_TOWN}){{0,2}},?[ ](?:[A-Z]{{2,3}}[ ])?"
    r"(?:\d{5}(?:-\d{4})?|\d{4}|\d{6}|\d{3}[ ]\d{3}|[A-Z]{1,2}\d[0-9A-Z]?[ ]?\d[A-Z]{2}|[A-Z]\d[A-Z][ ]?\d[A-Z]\d)\b"
    rf"|,[ ]?\n?(?!I\b|But\b|And\b){_TOWN}(?:,[ ](?:[A-Z]{{2}}\b|{_TOWN}))?)"
)
# "Hauptstraße 12, 10115 Berlin", "Lange Str. 5a, 20095 Hamburg", "Am Markt 3\n50667 Köln"
_GERMAN = re.compile(
    rf"(?<![\w-])(?:[A-ZÄÖÜ][\wäöüß.-]{{1,24}}[ ]){{0,2}}(?:[A-ZÄÖÜ][\wäöüß-]{{0,30}}"
    r"(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer|steig|stieg|chaussee|hof|berg|markt|graben"
    r"|zeile|straat|laan|plein|gracht)"
    r"|(?:Straße|Str\.|Weg|Platz|Allee|Gasse|Markt|Ring|Damm|Ufer|Hof)"
    r"|(?:Am|An|Auf|Im|In|Unter|Zum|Zur|Alte|Neue)[ ](?:(?:der|den|dem)[ ])?[A-ZÄÖÜ][\w-]{2,24})"
    rf"[ ]?\d{{1,4}}[ ]?[a-z]?(?:[ ]?[-/][ ]?\d{{1,4}}[a-z]?)?{_GAP}(?:[ADCH]{{1,2}}-)?(?:\d{{5}}|(?!19|20)\d{{4}}"
    rf"|\d{{4}}[ ][A-Z]{{2}})[ ]{_TOWN}"
)
# "12 rue de la Paix, 75002 Paris", "8 bis, avenue Foch 69006 Lyon"
_FRENCH = re.compile(
    r"(?<![\w.,/-])\d{1,4}(?:[ ]?(?:bis|ter|[A-D]))?,?[ ](?i:rue|avenue|av\.|boulevard|bd|place|chemin|impasse"
    r"|allée|quai|route|cours"
    r"|square|passage|faubourg|ruelle|sentier|esplanade)[ ][\w'’ .-]{2,40}?"
    rf"{_UNIT}{_GAP}(?:[FBL]-|CH-)?\d{{4,5}}[ ]{_TOWN}"
)
# "Calle Mayor 5, 28013 Madrid", "Av. Juárez 12, Col. Centro, 06000 Ciudad de México", "Via Roma 12, 00184 Roma"
_ROMANCE = re.compile(
    r"(?<![\w/-])(?:Calle|calle|C/|Avenida|avenida|Avda\.?|Av\.?|Plaza|Pza\.?|Paseo|Camino|Ronda|Travesía|Jirón"
    r"|Jr\.|Pasaje|Rua|rua|R\."
    r"|Travessa|Praça|Largo|Alameda|Estrada|Rodovia|Via|Viale|Piazza|Corso|Cra\.?|Carrera|Diagonal|Transversal)"
    r"[ ]?[\w'’ .ªº-]{2,40}?,?[ ](?:[nN][º°o]?\.?[ ]?|#[ ]?"
    r"|s/n)?\d{1,5}[A-Za-z]?(?:[ ]?-[ ]?\d{1,4})?(?:[,/ ]{1,2}\d{1,2}[ºª°][ ]?\w{0,4})?"
    rf"{_UNIT}(?:[ ]?[,–-][ ]?[^\d\n,;!?]{{2,36}}){{0,3}}"
    rf"(?:[ ]?[,–-]?[ ]?\n?(?:(?:CEP|C\.?P\.?|cep|cp):?[ ]?)?(?:\d{{5}}-\d{{3}}|\d{{4}}-\d{{3}}|\d{{5}}"
    rf"|[A-Z]\d{{4}}[A-Z]{{0,3}}|(?!19|20)\d{{4}}|\d{{6,7}})\b"
    rf"(?:,?[ ]{_TOWN})?)"
)
# "Jl. Sudirman No. 45, Jakarta Selatan 12190", "Jalan Merdeka 10 RT 03/RW 05, Bandung"
_INDONESIAN = re.compile(
    r"(?<!\w)(?:Jalan|jalan|Jln\.?|Jl\.?|jl\.?|Gang|Gg\.?|Komplek|Perumahan)[ ]?(?:[A-Z0-9][\w.'-]{0,20}[ ]){1,5}"
    r"(?:[Nn][Oo]\.?[ ]?|[Bb]lok[ ][A-Z]\d{0,3}[ /]?)?\d{1,4}[A-Za-z]?"
    r"(?:,?[ ](?:RT|RW|Rt|Rw|rt|rw)\.?[ ]?\d{1,3}(?:[ ]?/[ ]?(?:RW\.?[ ]?|rw\.?[ ]?)?\d{1,3})?){0,2}"
    rf"(?:,[ ](?:(?:Kel|Kec|Kab|Kota|Desa|Kelurahan|Kecamatan)\.?[ ])?{_TOWN}){{1,4}}(?:,?[ ]\d{{5}}\b)?"
)
# "北京市朝阳区建国路88号2单元301室", "上海市浦东新区世纪大道100号"
_HAN = r"\u4e00-\u9fff"
_CHINESE = re.compile(
    rf"(?:[{_HAN}]{{2,8}}(?:省|自治区))?(?:[{_HAN}]{{2,8}}[市州盟])?[{_HAN}]{{1,8}}[市区县區縣镇乡][{_HAN}]{{1,14}}"
    rf"(?:路|街|道|巷|弄|胡同|村|里|大街|大道)[{_HAN}]{{0,4}}\d{{1,5}}(?:-\d{{1,4}})?(?:号|號|弄)"
    rf"(?:[{_HAN}]{{0,10}}\d{{1,5}}(?:号楼|号|栋|幢|单元|层|楼|室|座)){{0,4}}"
)
_CHINESE_STREET = re.compile(r"[路街道巷弄村里同][\u4e00-\u9fff]{0,4}\d{1,5}(?:-\d{1,4})?[号號弄]")
# "شارع الملك فهد 12، الرياض 12345", "١٢ شارع التحرير، القاهرة" (digits are plain here)
_ARABIC = re.compile(
    r"(?:\d{1,5}[ ،,]{1,2})?(?:شارع|ش\.|طريق|حي)[ ][\u0600-\u06ff ]{2,40}?[ ،,]{1,2}(?:رقم[ ]|مبنى[ ]|عمارة[ ]"
    r"|فيلا[ ]|منزل[ ]|شقة[ ])?\d{1,5}"
    r"[ ]?[،,-][ ]?[\u0600-\u06ff]{3,20}(?:[ ][\u0600-\u06ff]{3,20})?(?:[ ،,]{1,3}\d{5})?"
    r"|\d{1,5}[ ،,]{1,2}(?:شارع|ش\."
    r"|طريق)[ ][\u0600-\u06ff]{2,20}(?:[ ][\u0600-\u06ff]{2,20}){0,3}"
    r"[ ]?[،,-][ ]?[\u0600-\u06ff]{3,20}(?:[ ،,]{1,3}\d{5})?"
)
# "मकान नंबर 12, गांधी नगर, जयपुर 302015", "Flat 12B, Rose Apartments, MG Road, Bengaluru 560001"
_INDIAN = re.compile(
    r"(?:(?:मकान|फ्लैट|घर|प्लॉट)(?:[ ](?:नंबर|नं\.?|संख्या"
    r"|क्रमांक))?[ ]?\d{1,5}[^\d\n!?।]{4,80}?[1-9]\d{2}[ ]?\d{3}(?!\d)"
    r"|(?<!\w)(?i:flat|house|h\.?no\.?|plot|door|shop|room|block)[ ]?(?:(?i:no"
    r"|number)\.?[ ]?)?#?[A-Z]?-?\d{1,5}[A-Za-z]?(?:[/-]\d{1,4}){0,3},[ ]"
    r"[^\d\n!?;]{4,90}?(?:\d{1,3}(?:st|nd|rd|th)[^\d\n!?;]{2,40}?)?[ ,-]{1,3}[1-9]\d{2}[ ]?\d{3}(?!\d)"
    r"|(?<![\w.,/-])\d{1,4}[A-Z]?(?:/\d{1,3})?,[ ][A-Z][^\d\n!?;.]{2,60}(?:Road|Nagar|Marg|Layout|Colony|Street"
    r"|Lane|Enclave|Vihar|Sector|Chowk)"
    r"[^\d\n!?;]{0,50}?[ ,-]{1,3}[1-9]\d{2}[ ]?\d{3}(?!\d))"
)
_HOUSE_AND_NAME = r"\d[A-Za-z]?(?:[/-]\d{1,4}[A-Za-z]?)?,?[ ][A-ZÀ-Þ0-9]"
_POSTCODE, _INDIAN_POSTCODE = r"\d{4}", r"[1-9]\d{2}[ ]?\d{3}"
# Each form, and what must be in a text for it to be there: of digits, and then in small letters.
_FORMS = (
    (
        _ENGLISH,
        _HOUSE_AND_NAME,
        r"street|avenue|road|lane|drive|boulevard|blvd|court|way|place|square|terrace|close|crescent|gardens"
        r"|highway|parkway"
        r"|circle|grove|mews|row|hill|park|nagar|marg|layout|colony|broadway|\b(?:st|ave|rd|ln|dr|ct|pl|sq|hwy"
        r"|pkwy|cir)\b",
    ),
    (
        _GERMAN,
        _POSTCODE,
        r"straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer|steig|stieg|chaussee|hof|berg|markt|graben"
        r"|zeile|straat"
        r"|laan|plein|gracht|\b(?:am|an|auf|im|in|unter|zum|zur|alte|neue)\b",
    ),
    (
        _FRENCH,
        _POSTCODE,
        r"\b(?:rue|avenue|av|boulevard|bd|place|chemin|impasse|allée|quai|route|cours|square|passage|faubourg|ruelle"
        r"|sentier|esplanade)\b",
    ),
    (
        _ROMANCE,
        _POSTCODE,
        r"\b(?:calle|c/|avenida|avda|av|plaza|pza|paseo|camino|ronda|travesía|jirón|jr|pasaje|rua|r\.|travessa"
        r"|praça|largo"
        r"|alameda|estrada|rodovia|via|viale|piazza|corso|cra|carrera|diagonal|transversal)",
    ),
    (_INDONESIAN, r"\d", r"\b(?:jalan|jln|jl|gang|gg|komplek|perumahan)\b"),
    (_ARABIC, r"\d", "شارع|ش\\.|طريق|حي"),
    (
        _INDIAN,
        _INDIAN_POSTCODE,
        r"मकान|फ्लैट|घर|प्लॉट|flat|house|h\.?no|plot|door|shop|room|block|road|nagar|marg|layout|colony|street"
        r"|lane|enclave"
        r"|vihar|sector|chowk",
    ),
)
_GUARDED = tuple((form, re.compile(digits), re.compile(guard)) for form, digits, guard in _FORMS)


def find_addresses(text: str, lowered: str) -> Iterator[Span]:
    """Yield the postal addresses of a plain text; `lowered` is the same in small letters."""
    for form, digits, guard in _GUARDED:
        if digits.search(text) and guard.search(lowered):
            for found in form.finditer(text):
                yield Span(*found.span(), Category.ADDRESS, "street and town")
    for street in _CHINESE_STREET.finditer(text):
        for found in _CHINESE.finditer(text, max(0, street.start() - 40), min(len(text), street.end() + 60)):
            yield Span(*found.span(), Category.ADDRESS, "street and town")
