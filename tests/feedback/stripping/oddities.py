"""Texts as nobody expects them: statements of the lists, taken apart and mixed with all kinds of Unicode."""

import random
from functools import lru_cache

from stdnum import iban, luhn

from feedback.stripping.rules.persons import KIN, LINKS, POSSESSIVES, RELATIONS, SELF, SUBJECTS
from feedback.stripping.scripts import PERSONS
from feedback.stripping.word_lists import Term, terms

_JOINERS = (
    " ",
    " ",
    " ",
    " ",
    "",
    ", ",
    ". ",
    "; ",
    "! ",
    "\n",
    "\t",
    " and ",
    " but ",
    ", so ",
    " (",
    ") ",
    "/",
    "—",
    "، ",
    "。",
    "?",
)
_UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u034f\u061c\ufe0f\u180e\u2063"
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_MARKS = "\u0301\u0308\u0327\u0345\u0653\u0654\u093c\u094d\u20dd\u0e4d\u0322\u064b\u0670"
_CONTROLS = "\x00\x01\x07\x08\x0b\x0c\r\x1b\x1c\x1f\x7f\x85\x9f\ufdd0\uffff\ufffe"
# They get longer or shorter when their case or their form is changed, or stand for several letters.
_SHIFTY = "İıßẞŉǰΐﬁﬃﷺ㎏½①ǅǆᾳſKÅΩﬅ가각각㍿\u1e9e\u0390\u2126\u3000\u00a0\u2028\u2029"
_PUNCTUATION = ".,;:!?…()[]{}\"“”„«»'’`´‘ʼ-–—|•>/\\@#*$%&_+=~^<。，！？؛،।॥¿¡"
_ASTRAL = "😀👩\u200d👧🏽🇩🇪𝒜𝔉𝟘𐍈𠀀\U000e0041\U0010ffff"
_SURROGATES = "\ud800\udbff\udc00\udfff"
_ALIKE = str.maketrans("abceghikmnoprstuxy", "аЬсеɡһіκмոοрг𝘀τυху")
_SIGNS = str.maketrans("oieast", "013457")
_BESIDE = (
    "please add captions",
    "the call drops",
    "order 12345",
    "v2.1.0",
    "can't log in",
    "为什么不能打电话",
    "التطبيق لا يعمل",
    "कॉल कट जाती है",
)


def odd_text(chance: random.Random) -> str:
    """Return a text of a few pieces; each may be disguised, torn, or pushed into the middle of another one."""
    text = ""
    for _ in range(chance.choice((1, 1, 2, 2, 3, 4, 6, 9))):
        piece = _disguised(_piece(chance), chance)
        if text and chance.random() < 0.15:
            at = chance.randrange(len(text))
            text = (
                text[:at]
                + chance.choice((" ", "[", "", "(", ", "))
                + piece
                + chance.choice((" ", "]", "", ")"))
                + text[at:]
            )
        else:
            text += chance.choice(_JOINERS) + piece
    return text


def _piece(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.5:
        return _statement(chance)
    if kind < 0.6:
        return _in_script(chance)
    if kind < 0.72:
        return _identifier(chance)
    if kind < 0.85:
        return chance.choice(_BESIDE)
    return "".join(_letter(chance) for _ in range(chance.randrange(1, 30)))


def _statement(chance: random.Random) -> str:
    term = chance.choice(_terms()).replace("#", "3").replace("*", chance.choice(("any", "the", "1")))
    owner = chance.choice(_sorted(POSSESSIVES))
    person = chance.choice(
        (chance.choice(_sorted(SELF | SUBJECTS)), f"{owner} {chance.choice(_sorted(KIN))}", owner, "")
    )
    verb = chance.choice((chance.choice(_sorted(LINKS | RELATIONS)), ""))
    words = [person, verb, chance.choice(("", "a", "the", "very", "not", "also")), term]
    if chance.random() < 0.1:
        chance.shuffle(words)
    return " ".join(filter(None, words))


@lru_cache(maxsize=3)
def _terms_of(language: str) -> tuple[Term, ...]:
    return tuple(terms((language,)))


def _in_script(chance: random.Random) -> str:
    language = chance.choice(("zh", "ar", "hi"))
    gap = "" if language == "zh" else " "
    return gap.join((chance.choice(_sorted(PERSONS[language])), chance.choice(_terms_of(language)).text))


def _identifier(chance: random.Random) -> str:
    digits = "".join(chance.choices("0123456789", k=14))
    account = f"DE00{digits}{digits[:4]}"
    whole = chance.choice(
        (
            (card := f"4{digits}") + luhn.calc_check_digit(card),
            "DE" + iban.calc_check_digits(account) + account[4:],
            f"mia.{digits[:3]}@mail{digits[0]}.example.org",
            f"+49 170 {digits[:7]}",
            ".".join(str(chance.randrange(300)) for _ in range(4)),
            "2001:db8::" + digits[:4],
            f"my password is {digits[:6]}!x",
            f"OTP: {digits[:6]}",
            f"passwort: {_letter(chance)}{digits[:3]}",
            digits,
        )
    )
    return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4)) if chance.random() < 0.2 else whole


def _letter(chance: random.Random) -> str:
    pool = chance.choice((_UNSEEN, _BIDI, _MARKS, _CONTROLS, _SHIFTY, _PUNCTUATION, _ASTRAL, _SURROGATES, "", " \t\n"))
    return chance.choice(pool) if pool else chr(chance.randrange(0x110000))


def _disguised(piece: str, chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.55:
        return piece
    if kind < 0.62:
        return piece.translate(_ALIKE)
    if kind < 0.67:
        return piece.translate(_SIGNS)
    if kind < 0.71:
        return chance.choice(" .-_*").join(piece)
    if kind < 0.75:
        return piece.upper()
    if kind < 0.78:
        return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in piece)
    letters = list(piece)
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(letters) + 1)
        letters[at:at] = [_letter(chance)] * chance.choice((1, 1, 1, 3))
    return "".join(letters)


@lru_cache(maxsize=1)
def _terms() -> tuple[str, ...]:
    return tuple(term.text for term in terms())


@lru_cache(maxsize=16)
def _sorted(words: frozenset[str]) -> list[str]:
    return sorted(words)
