"""The form in which a manager enters a third party."""

from typing import ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consent.disclosures.addresses import NotAnAddress, endpoint
from consent.disclosures.models import Part, Recipient


class RecipientForm(forms.ModelForm):  # type: ignore[type-arg]
    parts = forms.MultipleChoiceField(
        label=_("What it gets"), choices=Part.choices, widget=forms.CheckboxSelectMultiple
    )
    url = forms.URLField(label=_("Where it takes what is passed on (https)"), max_length=500, assume_scheme="https")

    class Meta:
        model = Recipient
        fields: ClassVar[list[str]] = [
            "name",
            "slug",
            "what_for",
            "parts",
            "kept",
            "place",
            "contact",
            "url",
            "reason",
        ]
        labels: ClassVar[dict[str, Promise]] = {
            "name": _("Name, as people know it"),
            "slug": _("Short name for addresses and the ledger"),
            "what_for": _("What it gets this for, in a sentence or two"),
            "kept": _("How long it keeps it"),
            "place": _("Where it keeps it"),
            "contact": _("How people reach it"),
            "reason": _("Why this cannot wait for a colleague"),
        }
        help_texts: ClassVar[dict[str, Promise]] = {
            "slug": _("Small letters, digits and hyphens. It never changes, and is never given again."),
            "reason": _(
                "Leave this empty, and a colleague has to confirm the recipient. With a reason it is one after "
                "24 hours without a colleague; the reason stays beside it for good."
            ),
        }

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"]).lower()

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        try:
            endpoint(url)
        except NotAnAddress as error:
            raise ValidationError(_("Give an https address with a host name.")) from error
        return url

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.add_input(Submit("save", _("Enter this recipient")))
        return helper
