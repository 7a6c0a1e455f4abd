"""The field in which people and staff write."""

from typing import Any

from django import forms

from feedback.stripping import says_nothing


class WordsField(forms.CharField):
    """Words that somebody can read; those that nobody can see count as none."""

    def to_python(self, value: Any) -> str:
        words = super().to_python(value) or ""
        return "" if says_nothing(words) else words
