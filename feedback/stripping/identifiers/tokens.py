"""Keys and tokens by their known shapes, and what a text calls an API key or a token."""

import re
from collections.abc import Iterator

from feedback.stripping.categories import Category
from feedback.stripping.texts import Span

# What a text must hold, in small letters, for one of the shapes to be in it.
_GUARD = re.compile(
    "akia|asia|agpa|aida|aroa|gh[pousr]_|github_pat_|gl[a-z]{1,3}t-|xox|xapp-|[sr]k_|whsec_|sk-|aiza|ya29|gocspx"
    "|sg\\."
    "|npm_|pypi-|hf_|do[opr]_v1_|shp|sq0|key|eyj|:aa|shared|token|bearer|secret|authorization|lin_api_|rubygems_"
    "|glsa_"
    "|dckr_pat_|nrak-|sbp_|eaac|r8_|clé|clave|chave|kunci|schlüssel|密钥|令牌|مفتاح"
)
# And this many characters of a token, none of them a space. "AKIAIOSFODNN7EXAMPLE"
_LONG = re.compile(r"[0-9A-Za-z_./+~:-]{16}")
_EDGE = r"(?<![0-9A-Za-z_-])"
_SHAPES = re.compile(
    _EDGE + r"(?:"
    # Amazon: "AKIAIOSFODNN7EXAMPLE"
    r"A(?:KIA|SIA|GPA|IDA|ROA)[0-9A-Z]{16}(?![0-9A-Za-z])"
    # GitHub, GitLab: "ghp_" and 36 letters and digits, "glpat-" and 20
    r"|gh[pousr]_[0-9A-Za-z]{30,255}|github_pat_[0-9A-Za-z_]{22,255}|gl(?:pat|rt|dt|ptt|ft)-[0-9A-Za-z_-]{20,128}"
    # Slack: "xoxb-123456789012-abcdef"
    r"|xox[abeoprs](?:\.xox[abp])?-[0-9A-Za-z-]{10,250}|xapp-\d-[0-9A-Za-z-]{10,250}"
    # Stripe: "sk_live_" and 16 or more
    r"|[sr]k_(?:live|test)_[0-9A-Za-z]{10,250}|whsec_[0-9A-Za-z+/=]{20,250}"
    # Google: "AIza" and 35, "ya29.", "GOCSPX-"
    r"|AIza[0-9A-Za-z_-]{30,45}|ya29\.[0-9A-Za-z_-]{20,250}|GOCSPX-[0-9A-Za-z_-]{20,60}"
    # "sk-" and at least 20, the keys of several providers
    r"|sk-(?:[a-z]{2,8}[0-9]{0,2}-){0,3}[0-9A-Za-z_-]{20,250}"
    # SendGrid, Mailgun, Brevo: "SG.…22….…43…"
    r"|SG\.[0-9A-Za-z_-]{16,32}\.[0-9A-Za-z_-]{16,64}|key-[0-9a-f]{32}|xkeysib-[0-9a-f]{64}-[0-9A-Za-z]{16}"
    # Packages: npm, PyPI, RubyGems, Docker
    r"|npm_[0-9A-Za-z]{36}|pypi-[0-9A-Za-z_-]{50,250}|rubygems_[0-9a-f]{48}|dckr_pat_[0-9A-Za-z_-]{20,64}"
    # Hosting and shops: DigitalOcean, Shopify, Square, Linear, Grafana, New Relic, Supabase
    r"|do[opr]_v1_[0-9a-f]{64}|shp(?:at|ca|pa|ss)_[0-9A-Fa-f]{32}|sq0[a-z]{3}-[0-9A-Za-z_-]{22,60}"
    r"|lin_api_[0-9A-Za-z]{32,64}|glsa_[0-9A-Za-z_]{32,64}|NRAK-[0-9A-Z]{27}|sbp_[0-9a-f]{40}"
    r"|hf_[0-9A-Za-z]{30,64}|r8_[0-9A-Za-z]{30,64}|EAAC[0-9A-Za-z]{30,250}"
    # Telegram: "123456789:AA" and 33
    r"|\d{8,10}:AA[0-9A-Za-z_-]{32,34}"
    # A JSON Web Token (RFC 7519): three parts, the first two of which begin with an encoded brace
    r"|eyJ[0-9A-Za-z_-]{5,4000}\.eyJ[0-9A-Za-z_-]{5,4000}\.[0-9A-Za-z_-]{0,4000}"
    r")"
)
_BEGIN = re.compile(r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----")
_END = re.compile(r"-----END (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----")
# What is called a key or a token. "api_key=4f9a…", "Authorization: Bearer 9b1d…", "mein API-Schlüssel ist …"
_NAMED = re.compile(
    r"(?:api[ _-]?(?:key|token|secret|schlüssel)|apikey|(?:access|auth|refresh|bearer|session|id|push|device"
    r"|client|private|secret"
    r"|bot)[ _-](?:token|key|secret)|(?<![a-z])(?:token|bearer|secret)|authorization[:=]? ?(?:basic|token)"
    r"|clave (?:de )?api|clé (?:d'|de l')?api|chave (?:de |da )?api|kunci api|account_?key|shared_?access_?(?:key"
    r"|signature)"
    r"|密钥|令牌|مفتاح)"
    r"[\"']?\s{0,2}(?:is|was|ist|es|est|é|adalah|hai|是)?\s{0,2}[:=：]?\s{0,2}[\"'`]?"
    r"(?P<value>[0-9A-Za-z_./+~-]{16,512}={0,2})(?![0-9A-Za-z@])",
    re.IGNORECASE,
)
_DIGIT, _LETTER = re.compile(r"\d"), re.compile(r"[A-Za-z]")


def find_tokens(text: str, lowered: str) -> Iterator[Span]:
    """Yield private keys and tokens of a plain text; `lowered` is the same in small letters."""
    if "-----begin" in lowered:
        yield from _private_keys(text)
    if _LONG.search(text) is None or _GUARD.search(lowered) is None:
        return
    for found in _SHAPES.finditer(text):
        yield Span(*found.span(), Category.SECRET, "token")
    for found in _NAMED.finditer(text):
        value = found["value"]
        if _DIGIT.search(value) and _LETTER.search(value) and not value.startswith(("http", "//", "www.")):
            yield Span(*found.span("value"), Category.SECRET, "named token")


def _private_keys(text: str) -> Iterator[Span]:
    """Yield the blocks between BEGIN and END (RFC 7468); one without its end reaches to the end of the text."""
    at = 0
    while begin := _BEGIN.search(text, at):
        end = _END.search(text, begin.end())
        at = end.end() if end else len(text)
        yield Span(begin.start(), at, Category.SECRET, "private key")
