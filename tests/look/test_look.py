import gzip
import re
from pathlib import Path

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template.loader import render_to_string

from feedback.stripping import Category

ROOT = Path(__file__).parents[2]
PEOPLE_SHEET = ROOT / "static/css/people.css"
STAFF_SHEETS = sorted((ROOT / "static/css/staff").glob("*.css"))
ERROR_PAGES = ("400.html", "403.html", "404.html", "500.html")


class Letter(forms.Form):
    subject = forms.CharField(help_text="A few words.")
    body = forms.CharField(required=False, widget=forms.Textarea)
    is_urgent = forms.BooleanField(required=False)
    needs = forms.MultipleChoiceField(
        choices=[("a", "Captions"), ("b", "Big text")], widget=forms.CheckboxSelectMultiple
    )


def test_every_control_of_the_pack_has_its_label_and_optional_ones_say_so() -> None:
    html = render_crispy_form(Letter())

    for control in re.findall(r'<(?:input|textarea)[^>]*\bid="([^"]+)"', html):
        assert f'for="{control}"' in html
    assert html.count("(optional)") == 1
    assert "<legend" in html


def test_errors_are_summed_up_on_top_and_tied_to_their_fields() -> None:
    html = render_crispy_form(Letter({"body": "x"}))

    assert html.index('class="errors"') < html.index("<label")
    assert 'href="#id_subject"' in html
    assert 'aria-describedby="id_subject_helptext id_subject_error"' in html
    assert 'aria-invalid="true"' in html
    for target in re.findall(r'(?:href="#|aria-describedby=")([^"]+)"', html):
        assert all(f'id="{name}"' in html for name in target.split())


def test_a_layout_of_fieldset_and_div_renders_with_the_pack() -> None:
    helper = FormHelper()
    helper.layout = Layout(Fieldset("Words", "subject"), Div("body", css_class="wide"))
    helper.add_input(Submit("send", "Send letter"))

    html = render_crispy_form(Letter(), helper)

    assert "<legend>Words</legend>" in html
    assert '<div class="wide">' in html
    assert ">Send letter</button>" in html


@pytest.mark.parametrize("category", list(Category))
def test_a_left_out_chip_names_every_category_in_words_and_adds_no_line(category: Category) -> None:
    html = render_to_string("_redaction.html", {"category": category, "named": True})

    assert "_" not in re.sub(r"<[^>]+>", "", html)
    assert html.endswith("</span>")


def test_outside_the_conversation_a_cut_names_nothing() -> None:
    html = render_to_string("_redaction.html", {"category": Category.HEALTH, "named": False})

    assert re.sub(r"<[^>]+>", "", html) == "[…]"


@pytest.mark.parametrize("page", ERROR_PAGES)
def test_error_pages_need_no_context_and_lead_back(page: str) -> None:
    html = render_to_string(page)

    assert html.count("<h1>") == 1
    assert 'href="/feedback/"' in html


def test_the_sheet_of_peoples_pages_is_small_and_fit_for_old_webviews() -> None:
    sheet = PEOPLE_SHEET.read_text("utf-8")

    assert len(sheet.encode()) <= 8192
    assert len(gzip.compress(sheet.encode())) <= 3000
    assert not re.search(r"@layer|@container|oklch|:is\(|:has\(|:where\(|!important|(?<![\w-])inset|&", sheet)
    assert not re.search(r"url\((?!\"data:)", sheet)


def test_colours_of_staffs_pages_are_named_in_the_tokens_alone() -> None:
    for sheet in STAFF_SHEETS:
        text = sheet.read_text("utf-8")
        assert text.count("\n") <= 250
        assert "!important" not in text
        assert sheet.name == "tokens.css" or not re.search(r"#[0-9a-f]{3,8}\b|rgb\(", text)


def _colours(sheet: str) -> tuple[dict[str, str], dict[str, str]]:
    light, dark = sheet.split("prefers-color-scheme", 1)
    names = r"--([\w-]+):\s*(#[0-9a-f]{3,6})"
    return dict(re.findall(names, light)), {**dict(re.findall(names, light)), **dict(re.findall(names, dark))}


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("sheet", [PEOPLE_SHEET, ROOT / "static/css/staff/tokens.css"], ids=["people", "staff"])
def test_text_has_four_and_a_half_to_one_and_marks_three_to_one_in_light_and_dark(sheet: Path) -> None:
    for colours in _colours(sheet.read_text("utf-8")):
        surfaces = [colours[name] for name in ("paper", "tint", "answer", "note", "ours") if name in colours]
        texts = [colours[name] for name in ("ink", "soft", "accent", "bad", "good", "wait") if name in colours]
        assert all(_contrast(text, surface) >= 4.5 for text in texts for surface in surfaces)
        assert _contrast(colours["on-accent"], colours["accent"]) >= 4.5
        assert _contrast(colours["mark"], colours["paper"]) >= 3
