"""What the linter finds in a policy text, and its findings in people's words."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consent.policies.linting.findings import ARTICLE_13, Clause, Finding, Rule, Subject
from consent.policies.linting.linter import lint
from consent.policies.reading import sections_of

SAID: dict[Rule, Promise] = {
    Rule.NO_CONTROLLER: _("who is responsible, by name"),
    Rule.NO_CONTACT: _("how to reach who is responsible"),
    Rule.NO_PURPOSES: _("what the data is used for"),
    Rule.NO_BASES: _("on which legal basis each use rests"),
    Rule.NO_RECIPIENTS: _("who receives the data"),
    Rule.NO_TRANSFERS: _("in which countries the data is kept, and whether it leaves them"),
    Rule.NO_RETENTION: _("how long the data is kept"),
    Rule.NO_RIGHTS: _("the rights to see, correct, erase, restrict, object and take along"),
    Rule.NO_WITHDRAWAL: _("that consent can be withdrawn at any time"),
    Rule.NO_AUTHORITY: _("to which authority one can complain"),
    Rule.NO_REQUIREMENT: _("whether one has to give the data, and what follows if not"),
    Rule.NO_AUTOMATION: _("whether machines alone decide about anybody"),
    Rule.SILENT_CONSENT: _("takes continuing or reading for consent, which only an act can be"),
    Rule.FORCED_ACCESS: _("demands access that everybody must be able to refuse"),
    Rule.IDENTIFYING_OR_NOT: _("calls the same information identifying and not personal"),
    Rule.PERSONAL_OR_NOT: _("calls a fact not personal that another clause calls personal"),
    Rule.NEVER_BUT: _("makes an exception from what another clause never allows"),
    Rule.PERFECT_BUT: _("calls security perfect, and guarantees nothing"),
    Rule.CHANGE_UNANNOUNCED: _("lets the policy change, and no clause says how long before it is announced"),
    Rule.OPEN_LIST: _("leaves open what else belongs to the list"),
    Rule.TWO_PURPOSES: _("joins several purposes in one"),
    Rule.VAGUE_RECIPIENT: _("names recipients that nobody could look up"),
    Rule.HARD_TO_READ: _("is very hard to read (Flesch reading ease)"),
    Rule.SAME_ANCHOR: _("has the anchor of another clause"),
    Rule.INCOMPLETE_LANGUAGE: _("stands in one language and not in another"),
}


@dataclass(frozen=True)
class Checked:
    """The findings of a text in people's words: what is said nowhere, and what is wrong with which clause."""

    missing: tuple[Finding, ...]
    faults: tuple[Finding, ...]


@lru_cache(maxsize=32)
def check_text(body: str) -> Checked:
    """Return the findings of an English text; a published one never changes, so they are kept."""
    return check_subject(Subject({"en": clauses_of(body)}))


def check_subject(subject: Subject) -> Checked:
    """Return the findings of several languages and purposes together."""
    found = lint(subject)
    missing = tuple(finding for finding in found if finding.rule in ARTICLE_13)
    return Checked(missing, tuple(finding for finding in found if finding.rule not in ARTICLE_13))


def clauses_of(body: str) -> tuple[Clause, ...]:
    """Return the clauses of a text as the linter takes them."""
    return tuple(
        Clause(anchor, text, section.title) for section in sections_of(body) for anchor, text in section.paragraphs
    )


def said_of(finding: Finding) -> str:
    """Return a finding in people's words."""
    return str(SAID[finding.rule])
