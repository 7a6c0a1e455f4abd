"""What Article 13 GDPR wants told and no clause tells. A word alone does not count where only a statement would."""

import re
from collections.abc import Iterator

from consent.policies.linting.findings import Clause, Finding, Rule

_TIME = r"(?:days?|weeks?|months?|years?|until|as long as|after)"
_TELLS: dict[Rule, str] = {
    Rule.NO_CONTROLLER: (
        r"\bcontroller\b|\b(?:run|operated|offered|provided) by (?:the )?[A-Z]\w+ (?:Ltd|Inc|GmbH|LLC|SA)\b"
    ),
    Rule.NO_CONTACT: r"[\w.+-]+@[\w-]+\.\w+|\bpostal address\b|\bwrite to us at\b",
    Rule.NO_PURPOSES: r"\b(?:use|process)\b[^.]*\binformation\b|\bpurposes?\b[^.]*:",
    Rule.NO_BASES: r"\blegal bas[ie]s\b|\bArticle 6\b|\blegitimate interests?\b|\b(?:rests?|based) on your consent\b",
    Rule.NO_RECIPIENTS: r"\brecipients?\b|\bthird[- ]part(?:y|ies)\b|\bpassed? (?:it |them )?on to\b|\bwe pass\b",
    Rule.NO_TRANSFERS: (
        r"\b(?:transfer\w*|stored|kept|leaves?)\b[^.]*"
        r"\b(?:countr(?:y|ies)|European Union|EU|European Economic Area|EEA|abroad)\b"
    ),
    Rule.NO_RETENTION: rf"\b(?:keep|kept|stored?|retain\w*|erased?|deleted?)\b[^.]*\b{_TIME}\b",
    Rule.NO_WITHDRAWAL: r"\b(?:withdraw\w*|take back|switch(?:ed)? off again)\b",
    Rule.NO_AUTHORITY: (
        r"\b(?:supervisory|data protection|complaints?) (?:authority|commissioner)\b|\bcomplain\w* to the\b"
    ),
    Rule.NO_REQUIREMENT: (
        r"\b(?:do not|don[’']t) have to (?:give|provide|tell)\b|\b(?:required|obliged|optional|voluntary)\b[^.]*"
        r"\b(?:give|provid|tell|answer)\w*|\b(?:giv|provid)ing\b[^.]*\b(?:required|optional|voluntary)\b"
    ),
    Rule.NO_AUTOMATION: r"\bautomat\w+\b[^.]*\bdecisions?\b|\bdecisions?\b[^.]*\bautomat\w+\b|\bprofiling\b",
}
_RIGHTS = (
    r"\b(?:access|copy of)\b",
    r"\b(?:rectif|correct)",
    r"\beras|\bdelet",
    r"\brestrict",
    r"\bobject",
    r"\bportab|\btake\b[^.]*\bwith you\b",
)


def missing_items(clauses: list[Clause]) -> Iterator[Finding]:
    """Yield an item of Article 13 for each that no clause tells."""
    texts = [clause.text for clause in clauses]
    for rule, pattern in _TELLS.items():
        tells = re.compile(pattern) if rule is Rule.NO_CONTROLLER else re.compile(pattern, re.IGNORECASE)
        if not any(tells.search(text) for text in texts):
            yield Finding(rule)
    about = " ".join(text for text in texts if re.search(r"\brights?\b", text, re.IGNORECASE))
    if not all(re.search(right, about, re.IGNORECASE) for right in _RIGHTS):
        yield Finding(Rule.NO_RIGHTS)
