"""One-time codes and PINs that a text names as such, in nine languages."""

import re
from collections.abc import Iterator

from feedback.stripping.categories import Category
from feedback.stripping.identifiers.windows import windows
from feedback.stripping.texts import Span

GUARD = re.compile("pin|otp|ode|código|codigo|tan|cvv|cvc|token|einmalpasswort|码|碼|رمز|كود|سري|कोड|ओटीपी|पिन|密码")
"""What a text must hold, in small letters, and a digit, before the rest is worth a look."""
# What a one-time code is called. "verification code", "código de verificación", "验证码"
_NAME = (
    r"(?:(?<![a-z])(?:otp|one[- ]time (?:code|password|passcode|pin)|pass ?code|cvv2?|cvc2?|mtan|sms[- ]?tan"
    r"|(?:login|log-in|verification|verify|sms|text|security|2fa|two[- ]factor|mfa|confirmation|activation"
    r"|authenti\w{4,8}"
    r"|auth|access|sign-in|pairing|recovery|backup|reset)[ -](?:code|pin|otp|token)s?"
    r"|(?:bestätigungs|verifizierungs|sicherheits|einmal|aktivierungs|zugangs|freischalt|anmelde|prüf|sms-?)[- ]?"
    r"(?:code|pin|passwort|tan)"
    r"|código (?:de )?(?:verificación|verificacion|confirmación|confirmacion|seguridad|acceso|activación|verificação"
    r"|verificacao|confirmação|segurança|acesso|ativação|sms)"
    r"|code (?:de |d')?(?:vérification|verification|confirmation|sécurité|validation|activation|accès|sms)"
    r"|kode (?:otp|verifikasi|konfirmasi|keamanan|akses|aktivasi|sms))(?![a-z])"
    r"|验证码|校验码|动态码|动态密码|短信码|确认码|验证代码|驗證碼|رمز التحقق|رمز التأكيد|رمز التفعيل|رمز الأمان"
    r"|كود التحقق"
    r"|كود التفعيل|الرقم السري|सत्यापन कोड|ओटीपी|वेरिफिकेशन कोड|सुरक्षा कोड)"
)
_DIGITS = r"(?<![\d+.,/A-Za-z-])(?P<value>{form})(?![\dA-Za-z]|[.,:/-]\d|[ ]?[%€$£₹])"
_SIX = r"\d{3}[ -]\d{3}|\d{6}|\d{8}|[A-Z]-\d{6}"
_SOME = r"\d{3}[ -]\d{3,4}|\d{3,8}|[A-Z]-\d{6}"
_IS = r"(?:is|was|ist|war|lautet|es|era|fue|est|était|é|foi|adalah|hai|है|是|为|هو|هي)"
# A name, at most a verb, and the code. "OTP: 774 201", "verification code 123456", "my cvv is 123"
_TIGHT = re.compile(
    rf"{_NAME}(?:\s{{1,2}}(?:saya|anda|\w{{2,10}}))?\s{{0,3}}(?:{_IS}(?!\w))?[\s:=：#\"'„“(是为]{{0,4}}"
    + _DIGITS.format(form=_SOME),
    re.IGNORECASE,
)
# A name, a few words, and six or eight digits. "the verification code you sent to me was 123456"
_LOOSE = re.compile(rf"{_NAME}[^\d\n]{{0,40}}?" + _DIGITS.format(form=_SIX), re.IGNORECASE)
# The code and then its name. "774201 is my verification code", "123456是我的验证码"
_AHEAD = re.compile(
    _DIGITS.format(form=r"\d{3}[ -]\d{3}|\d{4,8}|[A-Z]-\d{6}")
    + rf"\s{{0,2}}(?:{_IS})\s{{0,2}}[^\d\n.!?]{{0,24}}{_NAME}",
    re.IGNORECASE,
)
# A PIN. "my PIN is 4821", "pin: 123456", "mein PIN lautet 4821"; "pin code 560034" is a place in India.
_PIN = re.compile(
    rf"(?<![a-z])(?:pin(?:[ -]?(?:number|nummer|code|kode))?|पिन|الرقم السري)\s{{0,2}}(?:saya\s)?(?:{_IS}(?!\w))?"
    r"[\s:=：#\"']{0,3}(?P<value>(?<![\d+.,])(?:\d{4}|\d{5}|(?<!code )(?<!code: )(?<!code is )\d{6}|\d{7,8}))"
    r"(?![\dA-Za-z]|[.,:/-]\d)",
    re.IGNORECASE,
)
# Any code of six digits that is not called something else. "the code 774201", "código: 123456", "Code 123-456"
_PLAIN = re.compile(
    r"(?<![^\W_])(?:code|código|codigo|kode|tan|رمز|الرمز|الكود|कोड)"
    r"(?:(?:\s[^\W\d_]{1,10}){1,3}(?=\s(?:is|was|ist|war|es|fue|est|était|é|foi|adalah)\s))?\s{0,2}"
    rf"(?:{_IS}(?!\w))?[\s:=：#\"']{{0,3}}" + _DIGITS.format(form=r"\d{3}[ -]\d{3}|\d{6}|[A-Z]-\d{6}"),
    re.IGNORECASE,
)
# "backup code 8F3K-22LM"
_BACKUP = re.compile(
    r"(?:backup|recovery|wiederherstellungs-?|sicherungs-?)[ ]?(?:codes?|keys?|schlüssel)[\s:=]{1,3}(?:(?:is|ist)\s)?"
    r"(?P<value>(?=[A-Za-z-]{0,9}\d)[0-9A-Za-z]{4,8}(?:-[0-9A-Za-z]{4,8}){1,7})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_OTHER_CODES = re.compile(
    r"(?<![^\W_])(?:error|err|fehler|postal|post|zip|area|promo|promotion|product|country|status|order|exit|game"
    r"|room|coupon|voucher"
    r"|discount|gift|invite|referral|booking|item|qr|bar|erreur|pos|produk|kesalahan|erro|qr-|pin|produto|color"
    r"|colour"
    r"|dialling|response|http|ifsc|sort|swift|bank|hex|unit|stock|branch|الخطأ|خطأ|त्रुटि)[ -]?$",
    re.IGNORECASE,
)
_BACKUP_GUARD = re.compile("backup|recovery|wiederherstellung|sicherung")
# Each code but a backup code has three digits in a row, and its name no further away than this.
_SOME_DIGITS, _REACH = re.compile(r"\d{3}"), 160


def find_codes(text: str, lowered: str) -> Iterator[Span]:
    """Yield the one-time codes and PINs of a plain text in which GUARD finds something; `lowered` in small letters."""
    for start, end in windows(_SOME_DIGITS, text, _REACH, _REACH):
        for pattern in (_TIGHT, _LOOSE, _AHEAD, _PIN):
            for found in pattern.finditer(text, start, end):
                yield Span(*found.span("value"), Category.SECRET, "named code")
        for found in _PLAIN.finditer(text, start, end):
            if not _OTHER_CODES.search(text, max(0, found.start() - 16), found.start()):
                yield Span(*found.span("value"), Category.SECRET, "code")
    if _BACKUP_GUARD.search(lowered):
        for found in _BACKUP.finditer(text):
            yield Span(*found.span("value"), Category.SECRET, "named code")
