from pathlib import Path

import pytest

from consent.policies.checking import SAID, check_text
from consent.policies.linting.findings import ARTICLE_13, Clause, Finding, PurposeWords, Rule, Subject
from consent.policies.linting.linter import lint
from consent.policies.linting.wording import LEAST_EASE, reading_ease
from consent.purposes import OPTIONAL_USES

FOUNDING = Path(__file__).parents[3] / "consent" / "policies" / "founding" / "v1.en.txt"
TOLD = {
    Rule.NO_CONTROLLER: "The controller is Heron Ltd.",
    Rule.NO_CONTACT: "You reach us at privacy@heron.test.",
    Rule.NO_PURPOSES: "We use your information to answer you.",
    Rule.NO_BASES: "The legal basis for this is our agreement with you.",
    Rule.NO_RECIPIENTS: "The only recipient is Harbour Hosting Ltd in Bremen.",
    Rule.NO_TRANSFERS: "Your words are kept in one country, Germany.",
    Rule.NO_RETENTION: "A message is erased twelve months after it is solved.",
    Rule.NO_RIGHTS: (
        "You have the right to access your data, to correct it, to erase it, to restrict its use, to object, and to "
        "take it with you."
    ),
    Rule.NO_WITHDRAWAL: "You can withdraw what you allowed with one press.",
    Rule.NO_AUTHORITY: "The data protection authority of Bremen hears complaints.",
    Rule.NO_REQUIREMENT: "You do not have to give your name.",
    Rule.NO_AUTOMATION: "No decision about you is made by automated means.",
}
CHANGES = "We announce a change fifteen days before it takes effect."


def of(*texts: str, heading: str = "") -> list[Finding]:
    return lint(Subject({"en": [Clause(f"c{place}", text, heading) for place, text in enumerate(texts)]}))


def rules(findings: list[Finding]) -> set[Rule]:
    return {finding.rule for finding in findings}


def test_a_clean_text_has_no_finding() -> None:
    assert of(*TOLD.values(), CHANGES) == []


@pytest.mark.parametrize("rule", ARTICLE_13)
def test_each_item_of_article_13_that_is_left_out_is_found_alone(rule: Rule) -> None:
    left = [text for told, text in TOLD.items() if told is not rule]

    assert of(*left) == [Finding(rule)]


@pytest.mark.parametrize("left_out", ["access your data", "correct it", "erase it", "restrict its use", "to object"])
def test_each_single_right_counts(left_out: str) -> None:
    told = {**TOLD, Rule.NO_RIGHTS: TOLD[Rule.NO_RIGHTS].replace(left_out, "")}

    assert of(*told.values()) == [Finding(Rule.NO_RIGHTS)]


FAULTS = [
    (Rule.SILENT_CONSENT, "This is deemed to be a consent.", "Only a press of the button is consent."),
    (Rule.SILENT_CONSENT, "By continuing you agree to it.", "By pressing Agree you agree to it."),
    (Rule.FORCED_ACCESS, "You will allow us to see your contacts.", "You can allow the app to see your contacts."),
    (Rule.IDENTIFYING_OR_NOT, "It includes personal and non-personal information.", "It is personal information."),
    (Rule.OPEN_LIST, "We keep your name, e-mail etc.", "We keep your name and e-mail."),
    (Rule.CHANGE_UNANNOUNCED, "We may modify this at any time.", f"We may modify this at any time. {CHANGES}"),
    (Rule.PERFECT_BUT, "Our security is perfect; we cannot guarantee it.", "Sealed data has a key of its own."),
    (Rule.VAGUE_RECIPIENT, "We share your words with our partners.", "We share your words with Harbour Hosting Ltd."),
    (Rule.VAGUE_RECIPIENT, "We pass it to affiliates.", "We never pass it to affiliates."),
    (Rule.VAGUE_RECIPIENT, "We send it to third parties.", "We send it to no third party."),
    (
        Rule.HARD_TO_READ,
        "Notwithstanding organisational considerations, confidentiality obligations regarding communications "
        "necessitate comprehensive administrative documentation, proportionate organisational countermeasures, "
        "interdepartmental accountability and continuous administrative reconsideration of authorisations.",
        "We lock your words with a key of their own. When the key is gone, no one can read them, and that is the point "
        "of it all.",
    ),
]


@pytest.mark.parametrize(("rule", "faulty", "clean"), FAULTS)
def test_a_planted_fault_points_at_its_clause_and_a_clean_one_is_left_alone(
    rule: Rule, faulty: str, clean: str
) -> None:
    found = of(*TOLD.values(), faulty)

    assert [(finding.rule, finding.anchor) for finding in found] == [(rule, f"c{len(TOLD)}")]
    assert of(*TOLD.values(), clean) == []


def test_what_contradicts_another_clause_names_both() -> None:
    found = of(*TOLD.values(), "We never pass it on for any purposes.", "We do so, except as otherwise stated here.")

    assert [(finding.rule, finding.anchor, finding.other) for finding in found] == [(Rule.NEVER_BUT, "c13", "c12")]


def test_a_fact_that_is_personal_in_one_clause_and_not_in_another_is_found() -> None:
    found = of(*TOLD.values(), "You send us the phone model.", "Non-personal information is the device model.")

    assert [(finding.rule, finding.anchor, finding.other) for finding in found] == [
        (Rule.PERSONAL_OR_NOT, "c13", "c12")
    ]
    assert of(*TOLD.values(), "You send us the phone model.") == []


@pytest.mark.parametrize(
    ("text", "count"),
    [("- To develop new services and improve those we have;", 1), ("- To find the reasons of crashes and errors;", 0)],
)
def test_two_purposes_in_one_item_are_found(text: str, count: int) -> None:
    found = of(text, heading="Purposes of your information")

    assert len([finding for finding in found if finding.rule is Rule.TWO_PURPOSES]) == count


def test_two_purposes_in_the_wording_of_one_and_its_vague_recipients_are_found() -> None:
    faulty = PurposeWords("p9", "We improve the app, and show you advertising.", ["Our partners", "Heron Ltd"])
    clauses = {"en": [Clause(f"c{place}", text) for place, text in enumerate(TOLD.values())]}

    found = lint(Subject(clauses, purposes=[faulty]))

    assert [(finding.rule, finding.anchor) for finding in found] == [
        (Rule.TWO_PURPOSES, "p9"),
        (Rule.VAGUE_RECIPIENT, "p9"),
    ]


def test_the_optional_uses_of_the_house_have_one_purpose_each() -> None:
    words = [PurposeWords(use.purpose, str(use.sentence)) for use in OPTIONAL_USES]

    assert Rule.TWO_PURPOSES not in rules(lint(Subject({}, purposes=words)))


def test_a_language_that_lacks_a_clause_or_has_one_alone_is_incomplete() -> None:
    english = [Clause(f"c{place}", text) for place, text in enumerate(TOLD.values())]
    german = [Clause(clause.anchor, "Ein Satz.") for clause in english[1:]] + [Clause("c99", "Noch einer.")]

    found = lint(Subject({"en": english, "de": german}))

    assert [(finding.rule, finding.anchor, finding.language) for finding in found] == [
        (Rule.INCOMPLETE_LANGUAGE, "c0", "de"),
        (Rule.INCOMPLETE_LANGUAGE, "c99", "de"),
    ]


def test_an_anchor_that_two_clauses_have_is_found() -> None:
    twice = [Clause("c1", "One."), Clause("c1", "Another.")]

    assert Finding(Rule.SAME_ANCHOR, "c1", language="en") in lint(Subject({"en": twice}))


def test_reading_ease_is_that_of_flesch() -> None:
    # Six words, one sentence, six syllables: 206.835 - 1.015 * 6 - 84.6 * 6 / 6.
    assert reading_ease("The cat sat on the mat.") == pytest.approx(116.145)
    assert reading_ease("") > LEAST_EASE


def test_the_gaps_of_the_founding_policy_are_found() -> None:
    found = check_text(FOUNDING.read_text("utf-8"))

    told = {Rule.NO_PURPOSES, Rule.NO_RECIPIENTS}
    assert {finding.rule for finding in found.missing} == set(ARTICLE_13) - told
    where = {(finding.rule, finding.anchor) for finding in found.faults}
    assert where >= {
        (Rule.SILENT_CONSENT, "c0-2"),
        (Rule.SILENT_CONSENT, "c0-3"),
        (Rule.IDENTIFYING_OR_NOT, "c1-5"),
        (Rule.FORCED_ACCESS, "c2-8"),
        (Rule.PERSONAL_OR_NOT, "c2-11"),
        (Rule.TWO_PURPOSES, "c3-4"),
        (Rule.TWO_PURPOSES, "c3-7"),
        (Rule.PERFECT_BUT, "c5-1"),
        (Rule.NEVER_BUT, "c6-1"),
        (Rule.CHANGE_UNANNOUNCED, "c7-1"),
    }


def test_each_rule_is_said_in_words() -> None:
    assert set(SAID) == set(Rule)
