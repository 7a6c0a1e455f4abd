"""Needs, device facts and times in people's words."""

from datetime import datetime

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from feedback.intake.words import DEVICE, NEEDS, NETWORKS, SIGNS, facts_in_order
from imsupport import clock

register = template.Library()
_NEEDS, _DEVICE = dict(NEEDS), dict(DEVICE)


@register.filter
def need_words(need: str) -> str:
    return str(_NEEDS.get(need, need))


@register.simple_tag
def every_need() -> tuple[tuple[str, object], ...]:
    return NEEDS


@register.filter
def sign_words(sign: str) -> str:
    return str(SIGNS.get(sign, sign))


@register.filter
def fact_words(key: str) -> str:
    return str(_DEVICE.get(key, key))


@register.filter
def fact_value(value: str) -> str:
    return str(NETWORKS.get(value, value))


register.filter("in_order", facts_in_order)


@register.filter
def moment(at: datetime) -> str:
    """Return a time (UTC) as one says it: `today, 14:05`, `yesterday, 14:05`, `3 May, 14:05`, `3 May 2025`."""
    now, time = clock.now(), f"{at:%H:%M}"
    days = (now.date() - at.date()).days
    if days == 0:
        return _("today, %(time)s") % {"time": time}
    if days == 1:
        return _("yesterday, %(time)s") % {"time": time}
    return date_format(at, _("j M, H:i") if at.year == now.year else _("j M Y"))
