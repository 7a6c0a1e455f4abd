"""The operator's facts of a first start, read from a file (TOML), so that an installation can be set up unattended."""

import tomllib
from pathlib import Path

from consent.centre.forms import OperatorFactsForm
from consent.policies.models import OperatorFacts
from imsupport import clock

ENTERED_BY = "operator file"


class UnreadableFacts(Exception):
    """The file is not there, is not TOML, or a fact in it is missing or wrong; the text names which."""


def enter_first_facts(path: Path) -> bool:
    """Keep the facts of a file, in effect at once, unless there are facts already; return whether they were kept.

    Whoever can set the environment of the installation is its operator, so no colleague is asked. Changes are made
    at `/manage/operator/`, never by the file.
    """
    if OperatorFacts.objects.exists():
        return False
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableFacts(f"OPERATOR_FILE cannot be read as TOML ({type(error).__name__})") from error
    unknown = sorted(set(given) - set(OperatorFactsForm.Meta.fields))
    form = OperatorFactsForm(given)
    if unknown or not form.is_valid():
        raise UnreadableFacts(f"OPERATOR_FILE: look at {', '.join(unknown or sorted(form.errors))}")
    facts = form.save(commit=False)
    facts.entered_by = facts.confirmed_by = ENTERED_BY
    facts.entered_at = facts.effective_from = clock.now()
    facts.save(force_insert=True)
    return True
