"""Passwords that a text names as such, in nine languages."""

import re
from collections.abc import Iterator

from feedback.stripping.categories import Category
from feedback.stripping.clauses import words
from feedback.stripping.texts import Span

GUARD = re.compile(
    "pass|pw|kennwort|contraseña|contrasena|clave|senha|mdp|sandi|://|密码|密碼|口令|كلم|باسورد|पासवर्ड|कूट"
)
"""What a text must hold, in small letters, before the rest is worth a look."""
_NAME = (
    r"(?:(?<![a-z])(?:(?:my|wifi|wi-fi|app|login|account)?[ ]?pass ?words?|pass ?phrase|pass ?code|passwd|pwd"
    r"|passwort|kennwort"
    r"|contraseña|contrasena|(?:mi|su|tu) clave|clave(?=\s{0,2}[:=]|\s\S{0,20}\d)|clave de (?:acceso|usuario)"
    r"|senha|mot de passe|mdp|kata ?sandi|sandi|katasandi|(?:pass|pw)(?=\s{0,2}[:=]))(?![a-z])"
    r"|密码|密碼|口令|كلمة السر|كلمة المرور|كلمه السر|كلمه المرور|باسورد|الباسورد|كلمة سر|पासवर्ड|कूट ?शब्द)"
)
# Whose or for what. "password for Gmail", "kata sandi saya", "contraseña de la cuenta", "Passwort für die App"
_OF = (
    r"(?:\s(?:saya|aku|ku|nya)"
    r"|\s(?:for|für|para|pour|de|da|do|del|untuk|to|on|at|in|zu|zum)(?:\s[^\s\d.,;:!?]{1,16}){1,2})?"
)
_JOIN = (
    r"(?:\s{0,3}[:=：]\s{0,3}|\s{1,3}(?:is|was|ist|war|lautet|es|era|est|était|é|adalah|yaitu|هي|هو|كانت|है|hai"
    r"|था)\s{1,3}[:=]?\s{0,2}"
    r"|\s{0,2}[是为為]\s{0,2}[:：]?\s{0,2})"
)
_VALUE = r"(?P<value>[^\s\"'”“»„«,;。，、]{3,64})"
# A named password and its value, joined by a verb or a sign. "my password is Tr0ub4dor", "passwort: hunter2"
_JOINED = re.compile(rf"{_NAME}{_OF}{_JOIN}[\"'“„«‘]?{_VALUE}", re.IGNORECASE)
# The same in quotes, where it may have spaces. "the password is 'correct horse battery'"
_QUOTED = re.compile(
    rf"{_NAME}{_OF}(?:{_JOIN}|\s{{0,2}})[\"'“„«‘「](?P<value>[^\"'”“»«’」\n]{{3,64}})[\"'”“»«’」]", re.IGNORECASE
)
# A name and what looks made up. "password hunter2 is refused", "我的密码abc12345", "मेरा पासवर्ड abc123 है"
_BESIDE = re.compile(rf"{_NAME}(?:\s(?:saya|aku|to|auf|jadi))?\s{{0,3}}{_VALUE}", re.IGNORECASE)
# A name, a few words, and what looks made up. "the password I use is Winter2023", "sandi akun: Kucing#1"
_APART = re.compile(
    rf"{_NAME}(?:\s[^\s\d.,;:!?=]{{1,16}}){{1,4}}(?:\s?[:=]\s?|\s(?:is|was|ist|war|es|era|est|était|é|adalah)\s){_VALUE}",
    re.IGNORECASE,
)
# What looks made up, and then its name. "hunter2 is my password"
_AHEAD = re.compile(
    r"(?<!\S)[\"'“„«]?(?P<value>[^\s\"'”“»„«,;。，]{3,64})[\"'”“»]?\s(?:is|was|ist|es|est|é|adalah)\s(?:my|the|our"
    r"|mein|das|mi|la|mon|le|minha|a)"
    rf"\s(?:\w{{1,12}}\s)?{_NAME}",
    re.IGNORECASE,
)
# The password in an address. "https://mia:hunter2@example.org/"
_IN_ADDRESS = re.compile(r"://[^\s/:@]{1,64}:(?P<value>[^\s/@]{1,64})@")
_DIGIT, _LETTER, _SIGN = re.compile(r"\d"), re.compile(r"[^\W\d_]"), re.compile(r"[!@#$%^&*_+=?~]")
_MAILBOX = re.compile(r"@[\w-]+\.\w")
_CLOSERS = ".!?)…:"
_ENDINGS = ("ing", "able", "ible", "ed", "lich", "ungültig", "ada", "ado", "ido", "ida", "ée")
# What is said of a password rather than being one.
_NO_PASSWORD = words(
    "wrong incorrect correct right invalid valid rejected refused required missing lost forgotten reset changed"
    " expired"
    " asked accepted working broken not the too very always never fine good weak strong secure unsafe saved stored"
    " shown"
    " visible hidden empty blank same different needed being now still no my your that this what falsch richtig gone"
    " incorrecta correcta incorrect incorrecte invalide errada incorreta salah benar nicht already old new only"
    " just really"
    " sent displayed stolen known unknown also again and or but for from with without when where how why who"
    " because since"
    " a an in on at to it he she they we you there here then than more less longer shorter least most case all any"
    " every"
    " one two three long short safe okay ok great bad easy hard simple difficult impossible unsicher sicher zu"
    " immer noch"
    " ein eine kein keine vergessen weg abgelaufen gut schlecht schon bereits leer gleich anders lang kurz muy"
    " demasiado"
    " una un el la los siempre nunca segura débil larga corta válida inválida trop très toujours jamais pas bon bonne"
    " mauvais faux fausse correct expiré refusé oublié perdu un une muito sempre nunca segura fraca forte longa"
    " curta errado"
    " certa uma um tidak sudah belum selalu terlalu lemah kuat aman panjang pendek lupa hilang yang tersimpan"
    " ganti diganti"
    " obligatoria obrigatória obligatoire requerida necesaria exigida erforderlich nötig wajib mandatory"
    " unsecure insecure unsafe doesn didn isn wasn won don can couldn wouldn hasn haven aren tut funktioniert geht"
    " wird wurde"
    " no_longer unset none null true false undefined optional mandatory minimum maximum galat galti nahi nahin sahi"
    " गलत सही नहीं ग़लत غير خطأ خاطئة صحيحة 错误 错 错的 不对 不正确 正确 什么 对的"
)
_SAID_IN_CHINESE = ("错", "不", "对", "正确", "什么", "无效", "过期", "忘", "多少", "空", "必", "太")


def find_passwords(text: str) -> Iterator[Span]:
    """Yield the passwords of a plain text in which GUARD finds something."""
    for found in _QUOTED.finditer(text):
        yield Span(*found.span("value"), Category.SECRET, "quoted")
    for found in _JOINED.finditer(text):
        value = found["value"].rstrip(_CLOSERS)
        if _may_be_one(value):
            yield _span(found, value)
    for pattern in (_BESIDE, _APART, _AHEAD):
        for found in pattern.finditer(text):
            value = found["value"].rstrip(_CLOSERS)
            if _looks_made_up(value):
                yield _span(found, value)
    for found in _IN_ADDRESS.finditer(text):
        yield Span(*found.span("value"), Category.SECRET, "in an address")


def _span(found: re.Match[str], value: str) -> Span:
    start = found.start("value")
    return Span(start, start + len(value), Category.SECRET, "named")


def _may_be_one(value: str) -> bool:
    lowered = value.lower()
    if len(value) < 3 or lowered in _NO_PASSWORD or lowered.startswith(_SAID_IN_CHINESE) or value[0] == "[":
        return False
    return not (value.isalpha() and value == lowered and lowered.endswith(_ENDINGS))


def _looks_made_up(value: str) -> bool:
    """Say whether a word is none: letters and digits or signs mixed, or six digits and more."""
    if len(value) < 5 or _MAILBOX.search(value) or "/" in value or value[0] == "[":
        return False
    digit, letter, sign = _DIGIT.search(value), _LETTER.search(value), _SIGN.search(value)
    if digit and letter:
        return value.isascii() and (len(value) >= 6 or sign is not None)
    return value.isascii() and ((sign is not None and letter is not None and value[-1] not in "*") or value.isdecimal())
