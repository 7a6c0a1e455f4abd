"""What was allowed with a ticket on a day, and why: the managers' answer to whoever asks."""

from datetime import UTC, date, datetime, time, timedelta

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consent.access.door import Look, record
from consent.access.explaining import Ground, Why, grounds
from consent.access.models import AccessEvent, UnpurposedReason
from consent.disclosures.queries import title_of_any
from consent.gate import GatedRequest
from consent.policies.clauses import clause_of
from feedback.tickets.models import Ticket
from imsupport import clock

SENTENCES: dict[Why, Promise] = {
    Why.LAW: _("The law asks for it, whatever was agreed to."),
    Why.STANDS: _("Agreed to version %(version)s on %(given)s, and that stood."),
    Why.NEVER_GIVEN: _("It had not been allowed."),
    Why.ENDED: _("It had ended on %(ended)s."),
    Why.LAPSED: _("Its time was over on %(until)s."),
    Why.ENDED_SINCE: _(
        "It had ended on %(ended)s, after the message came; what was allowed later is for later messages."
    ),
    Why.OTHER_VERSION: _("It stood under version %(version)s, and the message came under another."),
    Why.MAIL_STOPPED: _("E-mails had been stopped on %(ended)s."),
}


class AllowedForm(forms.Form):
    ref = forms.CharField(label=_("Reference"), max_length=20)
    day = forms.DateField(label=_("Day (UTC)"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean_ref(self) -> Ticket:
        ref = self.cleaned_data["ref"].strip().upper()
        ticket = Ticket.objects.unpurposed(UnpurposedReason.VERIFICATION).filter(ref=ref).first()
        if ticket is None:
            raise ValidationError(_("No ticket has this reference."))
        return ticket

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > clock.now().date():
            raise ValidationError(_("That day is still to come."))
        return day

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_method = "get"
        helper.disable_csrf = True
        helper.add_input(Submit("", _("Show what was allowed")))
        return helper


def allowed(request: GatedRequest) -> HttpResponse:
    """Answer by the ledger alone; nothing of the ticket is opened or shown but when it came, and under what.

    What somebody agreed to is theirs as well, so that the look is recorded, and its person sees it.
    """
    form = AllowedForm(request.GET or None, initial={"day": clock.now().date()})
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        ticket: Ticket = form.cleaned_data["ref"]
        passage = request.passage
        look = Look(passage.actor, passage.purpose, AccessEvent.Act.OPENED, "dashboards:allowed", ticket.pk)
        record(look, [ticket.person_id])
        at = min(clock.now(), _end_of(form.cleaned_data["day"]))
        context |= {"ticket": ticket, "day": form.cleaned_data["day"], "was_there": ticket.collected_at <= at}
        context["grounds"] = [_told(ground, ticket.policy_version) for ground in grounds(ticket.stamp, at)]
    return render(request, "dashboards/allowed.html", context, status=400 if form.errors else 200)


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=UTC) - timedelta(microseconds=1)


def _told(ground: Ground, version: int) -> dict[str, object]:
    state = ground.state
    facts = {
        "version": state.policy_version if state else "",
        "given": _written(state.given_at if state else None),
        "ended": _written(state.ended_at if state else None),
        "until": _written(state.valid_until if state else None),
    }
    return {
        "title": title_of_any(ground.purpose),
        "is_allowed": ground.is_allowed,
        "why": str(SENTENCES[ground.why]) % facts,
        "clause": clause_of(ground.purpose, version),
    }


def _written(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M") if moment else ""
