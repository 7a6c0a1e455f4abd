"""What a person is asked about a recipient: its words, in the frame of the reader's language."""

from django.template.loader import render_to_string
from django.utils.translation import override

from consent.disclosures.models import Recipient
from consent.policies.notices import Notice, was_shown


def notice_of(recipient: Recipient, *, version: int, language: str) -> Notice:
    """Return the question about a recipient, for rows that came under a version of the policy."""
    with override(language):
        body = render_to_string("disclosures/_recipient.html", {"recipient": recipient, "version": version})
    return Notice(version, language, body.encode())


def answered(recipient: Recipient, *, version: int, language: str, evidence: str) -> Notice | None:
    """Return the question that a form answers; None when other words stood there, or too long ago."""
    notice = notice_of(recipient, version=version, language=language)
    return notice if was_shown(notice, evidence) else None
