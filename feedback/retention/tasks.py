"""The clock's own task."""

from consent.gate import purposed_task
from consent.purposes import Purpose
from feedback.retention import actions


@purposed_task(Purpose.RIGHTS, name="retention.sweep")
def sweep() -> None:
    """Keep every promise of time that has come due."""
    actions.wake_snoozed_tickets()
    actions.stop_after_answers()
    actions.erase_people_who_stopped()
    actions.erase_tickets_past_their_time()
    actions.drop_unconfirmed_addresses()
    actions.note_failed_mail()
    actions.forget_failed_letters()
