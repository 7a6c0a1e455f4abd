"""Purposes and what was said of them, in people's words."""

from django import template

from consent.ledger.models import ConsentEvent, ConsentState
from consent.ledger.states import said
from consent.policies.checking import said_of
from consent.policies.linting.findings import Finding
from consent.purposes import title_of

register = template.Library()


@register.filter
def purpose_title(purpose: str) -> str:
    return title_of(purpose)


@register.filter
def what_was_said(row: ConsentEvent | ConsentState) -> str:
    return said(row.purpose, row.status)


@register.filter
def finding_said(finding: Finding) -> str:
    return said_of(finding)
