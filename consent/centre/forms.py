"""Forms of the consent centre."""

from typing import ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consent.policies.models import OperatorFacts


class OperatorFactsForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = OperatorFacts
        fields: ClassVar[list[str]] = [
            "app_name",
            "name",
            "postal_address",
            "contact",
            "authority",
            "storage_place",
            "processors",
            "retention_months",
            "reason",
        ]
        labels: ClassVar[dict[str, Promise]] = {"reason": _("Why this cannot wait for a colleague")}
        help_texts: ClassVar[dict[str, Promise]] = {
            "reason": _(
                "Leave this empty, and a colleague has to confirm the change. With a reason it takes effect after "
                "24 hours without one; the reason stays beside it for good."
            )
        }

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.add_input(Submit("save", _("Save these facts")))
        return helper
