"""The letters we write: one function per mail, text and HTML with the same words, no remote content."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from consent.policies.queries import recent_operator_facts

FOR_UNCONFIRMED = frozenset({"ask_if_written", "answer_waits"})
ONCE_A_DAY = frozenset({"ask_if_written"})
AUTOMATIC = frozenset({"ask_if_written", "acknowledgement", "answer_waits"})


@dataclass(frozen=True)
class Letter:
    """A mail before it has an address."""

    kind: str
    subject: str
    text: str
    html: str


def ask_if_written(*, code: str, link: str, written_at: datetime) -> Letter:
    """Ask whoever reads an unconfirmed mailbox whether they wrote; nothing of the message is in it."""
    return _letter("ask_if_written", {"code": f"{code[:3]} {code[3:]}", "link": link, "written_at": written_at})


def acknowledgement(*, ref: str, link: str) -> Letter:
    """Say to a confirmed address that the message has arrived."""
    return _letter("acknowledgement", {"ref": ref, "link": link})


def answer(*, ref: str, link: str, words: str) -> Letter:
    """Bring an agent's answer, whole, to a confirmed address."""
    return _letter("answer", {"ref": ref, "link": link, "words": words})


def answer_waits(*, link: str) -> Letter:
    """Say to an unconfirmed address that an answer waits, and nothing else."""
    return _letter("answer_waits", {"link": link})


def _letter(kind: str, words: dict[str, Any]) -> Letter:
    facts = recent_operator_facts()
    context = {
        **words,
        "app_name": facts.app_name if facts else "IM Calling",
        "operator": facts,
        "policy_link": settings.BASE_URL + reverse("centre:policy"),
        "choices_link": settings.BASE_URL + reverse("centre:choices"),
    }
    subject = " ".join(render_to_string(f"mail/{kind}.subject.txt", context).split())
    text = render_to_string(f"mail/{kind}.txt", context)
    return Letter(
        kind, subject, text, render_to_string("mail/letter.html", {**context, "subject": subject, "text": text})
    )
