"""The form in which a version of the policy is written."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from consent.policies.models import PolicyDraft
from consent.policies.publishing import WORDS
from consent.policies.reading import sections_of
from consent.purposes import OPTIONAL_USES

LONGEST = 200_000
LEAST_LEAD_DAYS = 7
"""People get a week at least; a demo shows at once what follows."""
_OWN_WORDS = {
    "sentence": _("What it is, in one sentence"),
    "uses": _("Which data it uses"),
    "kept": _("How long"),
    "recipients": _("Who receives it, by name, one a line"),
}


class DraftForm(forms.Form):
    """Reads from and writes to a draft; what is left empty of an optional use is said in our own words."""

    def __init__(self, given: QueryDict | None = None, *, draft: PolicyDraft) -> None:
        self.draft = draft
        super().__init__(given, initial=_initial(draft))
        for language, name in settings.LANGUAGES:
            is_english = language == "en"
            self.fields[f"text_{language}"] = forms.CharField(
                label=_("Text in English, the one that counts") if is_english else name,
                required=is_english,
                max_length=LONGEST,
                strip=False,
                widget=forms.Textarea(attrs={"rows": 24 if is_english else 6, "dir": "auto", "lang": language}),
                help_text=_(
                    "Its first line is the title. “3. Purposes” begins a section, “• 3.1 …” a clause with that number; "
                    "every other line is a paragraph."
                )
                if is_english
                else "",
            )
        for use in OPTIONAL_USES:
            self.fields[f"offer_{use.purpose}"] = forms.BooleanField(label=_("Offer this use"), required=False)
            for word in WORDS:
                self.fields[f"{word}_{use.purpose}"] = _few_words(_OWN_WORDS[word])
        self.fields["lead_days"] = forms.IntegerField(
            label=_("Days from the announcement until it takes effect"),
            min_value=0 if settings.DEMO else LEAST_LEAD_DAYS,
            max_value=365,
        )
        self.fields["reason"] = _few_words(
            _("Why this cannot wait for a colleague"),
            _(
                "Leave this empty, and a colleague has to publish it. With a reason you may do so yourself after 24 "
                "hours; the reason stays beside the version for good."
            ),
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        text = given.get("text_en", "")
        if text and not any(section.title and section.paragraphs for section in sections_of(text)):
            said = _("No section was found: begin each with its number, such as “1. Who we are”.")
            raise ValidationError({"text_en": said})
        return given

    def filled(self) -> PolicyDraft:
        """Return the draft as the form says it."""
        given = self.cleaned_data
        languages = [language for language, _name in settings.LANGUAGES]
        texts = {language: given[f"text_{language}"].replace("\r\n", "\n") for language in languages}
        self.draft.texts = {language: text for language, text in texts.items() if text.strip()}
        self.draft.offers = {
            str(use.purpose): {word: given[f"{word}_{use.purpose}"].strip() for word in WORDS}
            for use in OPTIONAL_USES
            if given[f"offer_{use.purpose}"]
        }
        self.draft.lead_days, self.draft.reason = given["lead_days"], given["reason"].strip()
        return self.draft

    @property
    def english(self) -> forms.BoundField:
        return self["text_en"]

    @property
    def others(self) -> list[forms.BoundField]:
        return [self[f"text_{language}"] for language, _name in settings.LANGUAGES if language != "en"]

    @property
    def uses(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        for use in OPTIONAL_USES:
            yield use, [self[f"offer_{use.purpose}"], *(self[f"{word}_{use.purpose}"] for word in WORDS)]

    @property
    def rest(self) -> list[forms.BoundField]:
        return [self["lead_days"], self["reason"]]


def _few_words(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea({"rows": 2})
    return forms.CharField(label=label, required=False, max_length=2000, widget=widget, help_text=help_text)


def _initial(draft: PolicyDraft) -> dict[str, Any]:
    said: dict[str, Any] = {f"text_{language}": text for language, text in draft.texts.items()}
    for purpose, words in draft.offers.items():
        said[f"offer_{purpose}"] = True
        said |= {f"{word}_{purpose}": text for word, text in words.items()}
    return {**said, "lead_days": draft.lead_days, "reason": draft.reason}
