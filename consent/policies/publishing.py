"""What stands against a draft, and what it changes: for those who write and for those who confirm it."""

import difflib
from collections.abc import Mapping
from datetime import datetime

from consent.policies.checking import Checked, check_subject, clauses_of
from consent.policies.linting.findings import PurposeWords, Subject
from consent.policies.models import PolicyDraft
from consent.policies.queries import current_version, text_of
from consent.policies.second_person import alone_from
from consent.purposes import OPTIONAL_USES

WORDS = ("sentence", "uses", "kept", "recipients")
"""What a draft may say of an optional use in words of its own."""
Lines = list[tuple[str, str]]


def check_draft(draft: PolicyDraft) -> Checked:
    """Return the linter's findings about a draft: its texts, its languages, and the words of its optional uses."""
    sentences = {use.purpose: str(use.sentence) for use in OPTIONAL_USES}
    purposes = [
        PurposeWords(purpose, words.get("sentence") or sentences.get(purpose, ""), _named(words))
        for purpose, words in draft.offers.items()
    ]
    return check_subject(Subject({of: clauses_of(text) for of, text in draft.texts.items()}, purposes=purposes))


def difference(older: str, newer: str) -> Lines:
    """Return the lines of two texts, each with ` `, `+` or `-`: it stays, comes or goes.

    Whole lines alone are compared: likening them to one another takes a minute for a text that is wholly new.
    """
    before, after = ([line for line in text.splitlines() if line.strip()] for text in (older, newer))
    compared: Lines = []
    for tag, begin, end, start, stop in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            compared += [(" ", line) for line in before[begin:end]]
        else:
            compared += [("-", line) for line in before[begin:end]] + [("+", line) for line in after[start:stop]]
    return compared


def changed_in(draft: PolicyDraft) -> Lines:
    """Return what a draft changes in the version that is in effect, in English."""
    lines = difference(text_of(current_version(), "en").body, draft.texts.get("en", ""))
    return [line for line in lines if line[0] != " "]


def may_stand_alone(draft: PolicyDraft, now: datetime) -> bool:
    """Say whether its author may publish it without a colleague: for a reason, after 24 hours."""
    since = alone_from(draft.entered_at, draft.reason)
    return since is not None and since <= now


def _named(words: Mapping[str, str]) -> list[str]:
    return [name.strip() for name in words.get("recipients", "").splitlines() if name.strip()]
