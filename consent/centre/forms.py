"""Forms of the consent centre."""

from typing import ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
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
        ]

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.add_input(Submit("save", _("Save these facts")))
        return helper
