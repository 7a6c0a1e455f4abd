"""All rules in one call. It reports and mends nothing: what is found in a published version stands there for good."""

from collections import Counter
from collections.abc import Iterator

from consent.policies.linting.articles import missing_items
from consent.policies.linting.contradictions import contradictions
from consent.policies.linting.findings import Finding, Rule, Subject
from consent.policies.linting.wording import hard_to_read, two_purposes, vague_recipients


def lint(subject: Subject) -> list[Finding]:
    """Return every finding. The rules about words read English; other languages are held against it by clause."""
    clauses, purposes = list(subject.clauses.get("en", ())), list(subject.purposes)
    return [
        *missing_items(clauses),
        *contradictions(clauses),
        *two_purposes(clauses, purposes),
        *vague_recipients(clauses, purposes),
        *hard_to_read(clauses),
        *_same_anchors(subject),
        *_incomplete(subject),
    ]


def _same_anchors(subject: Subject) -> Iterator[Finding]:
    for language, clauses in subject.clauses.items():
        for anchor, times in Counter(clause.anchor for clause in clauses).items():
            if times > 1:
                yield Finding(Rule.SAME_ANCHOR, anchor, language=language)


def _incomplete(subject: Subject) -> Iterator[Finding]:
    """Yield the clauses that a language lacks, and those that stand in it alone."""
    whole = {clause.anchor for clause in subject.clauses.get(subject.authoritative, ()) if clause.text.strip()}
    for language, clauses in subject.clauses.items():
        own = {clause.anchor for clause in clauses if clause.text.strip()}
        for anchor in sorted(whole ^ own):
            yield Finding(Rule.INCOMPLETE_LANGUAGE, anchor, language=language)
