"""The letters we write: one function per mail, text and HTML with the same words, no remote content."""

import time
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from consent.policies.queries import recent_operator_facts

KEPT_SECONDS = 10
ANSWER = "answer"
FOR_UNCONFIRMED = frozenset({"ask_if_written", "answer_waits"})
ONCE_A_DAY = frozenset({"ask_if_written"})
AUTOMATIC = frozenset({"ask_if_written", "acknowledgement", "answer_waits"})


@dataclass(frozen=True)
class Letter:
    """A mail before it has an address."""

    kind: str
    subject: str
    text: str
    language: str = "en"
    """Letters of before there were languages wait in English."""

    @property
    def html(self) -> str:
        """The same words as HTML; made when the mail leaves, so that a submission does not wait for it."""
        with override(self.language):
            return render_to_string(
                "mail/letter.html", {"subject": self.subject, "paragraphs": self.text.strip("\n").split("\n\n")}
            )


def ask_if_written(*, code: str, link: str, written_at: datetime, language: str) -> Letter:
    """Ask whoever reads an unconfirmed mailbox whether they wrote; nothing of the message is in it."""
    with override(language):
        at = date_format(written_at, _("j F Y, H:i"))
    return _letter("ask_if_written", {"code": f"{code[:3]} {code[3:]}", "link": link, "at": at}, language)


def acknowledgement(*, ref: str, link: str, language: str) -> Letter:
    """Say to a confirmed address that the message has arrived; `ref` is empty unless its writer confirmed it."""
    return _letter("acknowledgement", {"ref": ref, "link": link}, language)


def answer(*, ref: str, link: str, words: str, language: str) -> Letter:
    """Bring an agent's answer, whole, to a confirmed address; `ref` as in `acknowledgement`."""
    return _letter(ANSWER, {"ref": ref, "link": link, "words": words}, language)


def answer_waits(*, link: str, language: str) -> Letter:
    """Say to an unconfirmed address that an answer waits, and nothing else."""
    return _letter("answer_waits", {"link": link}, language)


def _letter(kind: str, words: dict[str, str], language: str) -> Letter:
    """Return the letter; its frame is drawn once and kept for a while, the words are put into their places."""
    period = int(time.monotonic()) // KEPT_SECONDS
    with override(language):
        subject, text = _frame(kind, tuple(name for name in words if words[name]), language, settings.BASE_URL, period)
    for name, value in words.items():
        subject, text = subject.replace(_place(name), value), text.replace(_place(name), value)
    return Letter(kind, " ".join(subject.split()), text, language)


@lru_cache(maxsize=64)
def _frame(kind: str, names: tuple[str, ...], language: str, base_url: str, period: int) -> tuple[str, str]:
    facts = recent_operator_facts()
    context = {
        **{name: _place(name) for name in names},
        "app_name": facts.app_name if facts else "IM Calling",
        "operator": facts,
        "policy_link": base_url + reverse("centre:policy"),
        "choices_link": base_url + reverse("centre:choices"),
    }
    return render_to_string(f"mail/{kind}.subject.txt", context), render_to_string(f"mail/{kind}.txt", context)


def _place(name: str) -> str:
    # A private-use character cannot come out of `strip` or a form by accident in this shape.
    return f"\ue000{name}\ue001"
