"""What the linter is given and what it returns: plain values, so that it needs neither a database nor a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """What can be found. The first items are those of Article 13 GDPR."""

    NO_CONTROLLER = "13-1-a, controller"
    NO_CONTACT = "13-1-a, contact"
    NO_PURPOSES = "13-1-c, purposes"
    NO_BASES = "13-1-c, legal bases"
    NO_RECIPIENTS = "13-1-e, recipients"
    NO_TRANSFERS = "13-1-f, transfers"
    NO_RETENTION = "13-2-a, retention"
    NO_RIGHTS = "13-2-b, rights"
    NO_WITHDRAWAL = "13-2-c, withdrawal"
    NO_AUTHORITY = "13-2-d, complaints"
    NO_REQUIREMENT = "13-2-e, whether required"
    NO_AUTOMATION = "13-2-f, automated decisions"
    SILENT_CONSENT = "consent by silence"
    FORCED_ACCESS = "access that cannot be refused"
    IDENTIFYING_OR_NOT = "identifying and not identifying"
    PERSONAL_OR_NOT = "personal and not personal"
    NEVER_BUT = "never, with an exception"
    PERFECT_BUT = "perfect, without guarantee"
    CHANGE_UNANNOUNCED = "change without notice"
    OPEN_LIST = "open list"
    TWO_PURPOSES = "two purposes in one"
    VAGUE_RECIPIENT = "vague recipient"
    HARD_TO_READ = "hard to read"
    SAME_ANCHOR = "anchor used twice"
    INCOMPLETE_LANGUAGE = "incomplete language"


ARTICLE_13 = tuple(rule for rule in Rule if rule.startswith("13-"))


@dataclass(frozen=True)
class Clause:
    """One clause in one language, under its heading."""

    anchor: str
    text: str
    heading: str = ""


@dataclass(frozen=True)
class PurposeWords:
    """How a version words one purpose."""

    purpose: str
    wording: str
    recipients: Sequence[str] = ()


@dataclass(frozen=True)
class Subject:
    """What is linted: the clauses of each language, the one that counts first, and the purposes."""

    clauses: Mapping[str, Sequence[Clause]]
    authoritative: str = "en"
    purposes: Sequence[PurposeWords] = ()


@dataclass(frozen=True)
class Finding:
    """A fault: where (no anchor for what stands nowhere), what it quotes, and the clause it conflicts with."""

    rule: Rule
    anchor: str = ""
    quote: str = ""
    other: str = ""
    language: str = ""
