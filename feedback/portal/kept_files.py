"""The files of a form that is not right yet."""

from feedback.intake.keeping import Filled, Waiting, keep_for_now, waiting_files
from feedback.portal.forms import FormWithFiles


def filled_by(form: FormWithFiles, person_id: int) -> Filled:
    """Return the form as that of a person, under its idempotency key."""
    return Filled(person_id, form.data.get("idempotency_key", "").strip()[:64])


def keep_passed(form: FormWithFiles, person_id: int) -> list[Waiting]:
    """Keep the files of a form that passed, and return all that are kept for it."""
    form.is_valid()
    filled = filled_by(form, person_id)
    keep_for_now(form.cleaned_data["files"], filled)
    return waiting_files(filled)
