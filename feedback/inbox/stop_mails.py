"""Reading a mail that says stop, and nothing else of it: pure functions over the raw bytes (RFC 5322)."""

import email
import email.policy
import re
import unicodedata
from collections.abc import Iterator
from email.message import EmailMessage

STOP_WORDS = frozenset(
    {
        *("stop", "stop it", "stop mail", "stop mails", "stop e-mails", "stop emails", "unsubscribe", "opt out"),
        *("please stop", "no more mails", "no more emails", "no more e-mails"),
        *("baja", "parar", "alto", "detener", "cancelar", "darse de baja", "dar de baja", "basta"),
        *("arrêt", "arrêter", "arrêtez", "désabonner", "désinscrire", "se désabonner", "désinscription"),
        *("stopp", "abbestellen", "abmelden", "aufhören", "keine mails mehr", "keine e-mails mehr"),
        *("pare", "pararem", "sair", "cancelar inscrição", "descadastrar"),
        *("停止", "退订", "退訂", "停", "不要再发", "取消订阅"),
        *("توقف", "إيقاف", "قف", "إلغاء", "إلغاء الاشتراك", "أوقفوا"),
        *("रोकें", "रोको", "बंद करो", "बंद करें", "रुको", "सदस्यता समाप्त करें"),
        *("berhenti", "setop", "hentikan", "berhenti berlangganan"),
    }
)
"""What somebody writes who wants no more mail, in the languages of people's pages and mails."""
_IDS = re.compile(r"<[^<>\s]{1,200}>")
_REPLY_PREFIX = re.compile(r"^\s*(?:(?:re|aw|sv|antw|res|rif|ynt|答复|回复|رد|bls)\s*[::]\s*)+", re.IGNORECASE)
_IDS_AT_MOST = 100


def says_stop(message: EmailMessage) -> bool:
    """Say whether the first words that its writer added are a stop word alone; those of the subject, if there are none.

    What a program answered by itself (RFC 3834) says nothing.
    """
    if str(message.get("Auto-Submitted", "no")).strip().casefold() != "no":
        return False
    first = next(_own_lines(message), None)
    if first is None:
        first = _REPLY_PREFIX.sub("", str(message.get("Subject", "")))
    return _folded(first) in _FOLDED


def answered_ids(message: EmailMessage) -> list[str]:
    """Return the ids that it names as what it answers, the nearest first."""
    named = " ".join(str(message.get(name, "")) for name in ("References", "In-Reply-To"))
    return list(reversed(_IDS.findall(named)))[:_IDS_AT_MOST]


def parsed(raw: bytes) -> EmailMessage:
    """Return the message; anything at all parses, and what is no mail says nothing."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _own_lines(message: EmailMessage) -> Iterator[str]:
    body = message.get_body(("plain",))
    if body is None:
        return
    try:
        text = str(body.get_content())
    except (LookupError, ValueError):
        return
    for line in text.splitlines():
        stripped = line.strip()
        if stripped.startswith((">", "-- ", "---", "___")) or stripped == "--":
            return
        if stripped:
            yield stripped


def _folded(words: str) -> str:
    kept = unicodedata.normalize("NFKC", words).casefold()
    return " ".join(re.sub(r"[\W_]+", " ", _without_marks(kept)).split())


def _without_marks(words: str) -> str:
    """Drop accents of Latin letters, which people leave out; in other scripts they are letters."""
    return "".join(letter if ord(letter) > 0x24F else unicodedata.normalize("NFD", letter)[0] for letter in words)


_FOLDED = frozenset(map(_folded, STOP_WORDS))
