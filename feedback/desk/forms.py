"""What agents type and choose."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.intake.fields import WordsField
from feedback.stripping import Category
from feedback.tickets.models import Tag, Team, Ticket
from imsupport import clock
from imsupport.accounts.models import User


class WordsForm(forms.Form):
    words = WordsField(max_length=20_000)
    idempotency_key = forms.CharField(max_length=64)
    state = forms.ChoiceField(choices=[(s, s) for s in ("waiting", "solved", "open")], required=False)
    warned_of = forms.CharField(max_length=200, required=False)

    def clean_warned_of(self) -> list[str]:
        return str(self.cleaned_data["warned_of"]).split(",")


class LeaveOutForm(forms.Form):
    words = WordsField(max_length=20_000)
    category = forms.TypedChoiceField(choices=[(c.value, c.value) for c in Category], coerce=Category)
    drawn_with = forms.IntegerField(required=False)


class StateForm(forms.Form):
    state = forms.ChoiceField(choices=Ticket.State.choices)
    snoozed_until = forms.DateTimeField(required=False)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("state") == Ticket.State.SNOOZED:
            until = cleaned.get("snoozed_until")
            if until is None or until <= clock.now():
                raise forms.ValidationError(_("Snoozing needs a time to come."))
        return cleaned


class AssigneeForm(forms.Form):
    assignee = forms.ModelChoiceField(User.objects.none(), required=False)

    def __init__(self, given: Any, *, ticket: Ticket) -> None:
        super().__init__(given)
        agents = User.objects.filter(role=User.Role.AGENT, is_active=True)
        if ticket.team_id is not None:
            agents = agents.filter(teams=ticket.team_id)
        self.fields["assignee"] = forms.ModelChoiceField(agents, required=False)


class TeamForm(forms.Form):
    team = forms.ModelChoiceField(Team.objects.all(), required=False)


class PriorityForm(forms.Form):
    priority = forms.TypedChoiceField(choices=Ticket.Priority.choices, coerce=int)


class TagsForm(forms.Form):
    tags = forms.ModelMultipleChoiceField(Tag.objects.all(), to_field_name="name", required=False)
