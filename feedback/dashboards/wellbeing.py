"""Whether all is well, in sentences: each with a figure, and a word that says whether somebody should look."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consent.ledger.comparing import LATE_AFTER
from feedback.dashboards.queries import LedgerHealth, MailHealth
from feedback.dashboards.windows import Window
from imsupport import clock

SIGNED_EVERY = timedelta(hours=2)
"""Heads are signed hourly; one that is missed once is no alarm."""
MANY = 20
USUAL_TIMES = 3


@dataclass(frozen=True)
class Sentence:
    """One thing that is well or wants a look."""

    figure: str
    words: str
    is_well: bool


def sentences(
    mail: MailHealth, ledger: LedgerHealth, denied: Mapping[tuple[date, str, str], int], window: Window
) -> list[Sentence]:
    """Return what a manager wants to know first."""
    about_ledger = [_whole(ledger), _signed(ledger), _compared(ledger)]
    return [_held_up(mail), _failed(mail), _denied(denied, window), *about_ledger, _overdue()]


def summary(said: list[Sentence]) -> str:
    """Return the heading of the page."""
    wrong = sum(not sentence.is_well for sentence in said)
    if not wrong:
        return _("All is well")
    return ngettext("%(n)s thing wants a look", "%(n)s things want a look", wrong) % {"n": wrong}


def _held_up(mail: MailHealth) -> Sentence:
    if not mail.held_up or mail.oldest is None:
        return Sentence("0", _("mails are held up."), True)
    said = ngettext("mail is held up, since %(at)s.", "mails are held up, the oldest since %(at)s.", mail.held_up)
    return Sentence(str(mail.held_up), said % {"at": _at(mail.oldest)}, False)


def _failed(mail: MailHealth) -> Sentence:
    said = ngettext(
        "mail failed for good in the last seven days.", "mails failed for good in the last seven days.", mail.failed
    )
    return Sentence(str(mail.failed), said, not mail.failed)


def _denied(denied: Mapping[tuple[date, str, str], int], window: Window) -> Sentence:
    """Say how often the gate stayed shut today; that is its work, unless it is far more than on other days."""
    today = sum(number for (day, _route, _code), number in denied.items() if day == window.today)
    usual = sum(number for (day, _route, _code), number in denied.items() if day != window.today)
    said = ngettext("request was turned away by the gate today", "requests were turned away by the gate today", today)
    if today > MANY and today > USUAL_TIMES * usual / max(len(window.days) - 1, 1):
        return Sentence(str(today), _("%(said)s, far more than on other days.") % {"said": said}, False)
    return Sentence(str(today), f"{said}.", True)


def _whole(ledger: LedgerHealth) -> Sentence:
    if not ledger.is_whole:
        return Sentence(
            str(ledger.size), _("events, but the ledger does not end as it was seen. Run verify_ledger."), False
        )
    return Sentence(str(ledger.size), _("events, and the ledger ends as its witnesses saw it."), True)


def _signed(ledger: LedgerHealth) -> Sentence:
    now = clock.now()
    if ledger.signed_at is not None:
        said = _("the ledger's head was signed.")
        return Sentence(_at(ledger.signed_at), said, now - ledger.signed_at < SIGNED_EVERY)
    is_young = ledger.installed_at is None or now - ledger.installed_at < SIGNED_EVERY
    said = (
        _("The first head is signed within the hour.")
        if is_young
        else _("No head was ever signed. Is the scheduler up?")
    )
    return Sentence("", said, is_young)


def _compared(ledger: LedgerHealth) -> Sentence:
    """Say whether the fast table is what the events come to, as the last night's comparison found."""
    now, compared = clock.now(), ledger.compared
    if compared is None:
        is_young = ledger.installed_at is None or now - ledger.installed_at < LATE_AFTER
        return Sentence("", _("The states have not been compared with their events yet."), is_young)
    if compared.differences:
        said = ngettext(
            "state is not what its events come to. Run verify_ledger.",
            "states are not what their events come to. Run verify_ledger.",
            compared.differences,
        )
        return Sentence(str(compared.differences), said, False)
    said = _("every state was compared with its events: no difference.")
    return Sentence(_at(compared.compared_at), said, now - compared.compared_at < LATE_AFTER)


def _overdue() -> Sentence:
    return Sentence("0", _("overdue: nothing with a date to keep has come in yet."), True)


def _at(moment: datetime) -> str:
    is_today = moment.date() == clock.now().date()
    return date_format(moment, "H:i") if is_today else date_format(moment, "j M, H:i")
