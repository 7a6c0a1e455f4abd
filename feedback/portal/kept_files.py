"""The files of a form that is not right yet."""

from django.utils.translation import ngettext

from feedback.intake.keeping import Filled, Waiting, keep_for_now, waiting_files
from feedback.portal.forms import FormWithFiles


def filled_by(form: FormWithFiles, person_id: int) -> Filled:
    """Return the form as that of a person, under its idempotency key."""
    return Filled(person_id, form.data.get("idempotency_key", "").strip()[:64])


def keep_passed(form: FormWithFiles, person_id: int, *, channel: str) -> list[Waiting]:
    """Keep the files of a form that passed, and return all that are kept for it."""
    form.is_valid()
    filled = filled_by(form, person_id)
    if too_many := keep_for_now(form.cleaned_data["files"], filled, channel=channel):
        form.add_error(None, _not_kept(too_many))
    return waiting_files(filled)


def _not_kept(files: int) -> str:
    said = ngettext(
        "%(n)s file was not kept: we keep five for one message and twenty in one hour. Choose it again on sending.",
        "%(n)s files were not kept: we keep five for one message and twenty in one hour. Choose them again on sending.",
        files,
    )
    return said % {"n": files}
