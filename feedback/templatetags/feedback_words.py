"""Needs and device facts in people's words."""

from django import template

from feedback.intake.words import DEVICE, NEEDS, NETWORKS

register = template.Library()
_NEEDS, _DEVICE = dict(NEEDS), dict(DEVICE)


@register.filter
def need_words(need: str) -> str:
    return str(_NEEDS.get(need, need))


@register.filter
def fact_words(key: str) -> str:
    return str(_DEVICE.get(key, key))


@register.filter
def fact_value(value: str) -> str:
    return str(NETWORKS.get(value, value))
