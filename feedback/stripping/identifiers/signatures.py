"""Signatures of mails: what follows "-- " or a closing, when it is more than a first name."""

import re
from collections.abc import Iterator

from feedback.stripping.categories import Category
from feedback.stripping.texts import Span

# The line of RFC 3676, section 4.3. "-- "
_DELIMITER = re.compile(r"^--[ ]?\r?$", re.MULTILINE)
_CLOSINGS = (
    r"(?:(?:best|kind|warm|warmest|kindest|many)[ ](?:regards|wishes|thanks)|regards|sincerely(?:[ ]yours)?"
    r"|yours[ ](?:sincerely|faithfully|truly)"
    r"|cheers|thanks|thank[ ]you|many[ ]thanks|thanks[ ](?:and|&)[ ]regards|respectfully"
    r"|(?:mit[ ])?(?:freundlichen?|besten?|lieben?|herzlichen?|viele|schöne)[ ](?:grüßen?|grüssen?|gruß|gruss)|mfg"
    r"|lg|vg|hochachtungsvoll"
    r"|(?:un[ ])?(?:cordial[ ]saludo|saludos(?:[ ]cordiales)?)|atentamente|un[ ]abrazo|atte\.?"
    r"|(?:bien[ ])?cordialement|(?:bien[ ])?à[ ]vous|salutations(?:[ ]distinguées)?|sincères[ ]salutations"
    r"|bonne[ ]journée"
    r"|atenciosamente|att\.?|cumprimentos|com[ ]os[ ]melhores[ ]cumprimentos|melhores[ ]cumprimentos|abraços"
    r"|obrigad[oa]"
    r"|hormat[ ](?:saya|kami)|salam(?:[ ]hormat)?|terima[ ]kasih"
    r"|此致(?:[ ]?敬礼)?|敬礼|谢谢|祝好|顺颂商祺|مع (?:أطيب )?(?:ال)?تحيات?(?:ي)?|مع خالص الشكر|تحياتي|شكرا(?:ً)?"
    r"|وتفضلوا بقبول فائق الاحترام"
    r"|सादर|धन्यवाद|भवदीय|dhanyavaad|dhanyawad)"
)
# A line that is a closing, or ends a line with one. "Best regards,", "Mit freundlichen Grüßen"
_CLOSING = re.compile(
    rf"^[ \t]{{0,8}}{_CLOSINGS}[ \t]{{0,3}}[,.!，。！،]?[ \t]{{0,3}}\r?\n", re.IGNORECASE | re.MULTILINE
)
# A closing and a full name at the end of a line. "Kind regards, Mia Schmidt, ACME Ltd"
_IN_LINE = re.compile(
    r"(?:(?:best|kind|warm|kindest)[ ]regards|regards|sincerely|yours[ ](?:sincerely|faithfully)"
    r"|(?:mit[ ])?freundlichen?[ ]grüßen?"
    r"|mfg|saludos|atentamente|cordialement|atenciosamente|hormat[ ]saya)[,:]?[ ]{1,2}"
    r"(?P<name>(?-i:[A-ZÀ-Þ])[\w.'-]{1,24}(?:[ ](?-i:[A-ZÀ-Þ])[\w.'-]{0,24}){1,3}"
    r"(?:,[ ][^\n.!?,]{1,60}){0,3})[.]?[ \t]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)
_FORMAL = re.compile(
    "regards|sincerely|faithfully|freundlich|mfg|saludos|atentamente|cordialement|atenciosamente|hormat"
)
_LINE = re.compile(r"[^\n]*\n?")
MOST_LINES, LONGEST_LINE, MOST_WORDS = 10, 100, 9


def find_signatures(text: str, lowered: str) -> Iterator[Span]:
    """Yield the signatures of a plain text; a first name alone is none."""
    if "--" in text:
        for found in _DELIMITER.finditer(text):
            yield from _block(text, found.end() + 1)
    if "\n" in text:
        for found in _CLOSING.finditer(text):
            yield from _block(text, found.end())
    if _FORMAL.search(lowered):
        for found in _IN_LINE.finditer(text):
            yield Span(*found.span("name"), Category.SIGNATURE, "closing")


def _block(text: str, start: int) -> Iterator[Span]:
    """Yield the lines from `start` on that read like name, place of work and numbers, up to the first sentence."""
    at, lines, end = start, 0, start
    while at < len(text) and lines < MOST_LINES:
        line = _LINE.match(text, at, at + LONGEST_LINE + 1)
        written = line.group().strip() if line else ""
        if written and (
            not line or not (line.group().endswith("\n") or line.end() == len(text)) or _is_a_sentence(written)
        ):
            break
        if not line:
            break
        if written:
            lines, end = lines + 1, at + len(line.group().rstrip())
        elif line.group() == "":
            break
        at = line.end()
    block = text[start:end]
    if lines > 1 or len(block.split()) > 1:
        yield Span(start + len(block) - len(block.lstrip()), end, Category.SIGNATURE, "block")


def _is_a_sentence(line: str) -> bool:
    count = len(line.split())
    has_stop = line[-1] in ".!?。！？؟।" and count > 4
    return has_stop or count > MOST_WORDS or line.startswith((">", "PS", "P.S", "--"))
