"""The clock's own tasks."""

from django.contrib.sessions.backends.db import SessionStore

from consent.people.actions import forget_quiet_mailboxes
from consent.purposed import purposed_task
from consent.purposes import Purpose
from consent.sealing.actions import clear_journal
from feedback.retention import actions, strays
from feedback.tickets.keys import destroy_spent_keys


@purposed_task(Purpose.RIGHTS, name="retention.sweep")
def sweep() -> None:
    """Keep every promise of time that has come due."""
    actions.wake_snoozed_tickets()
    actions.stop_after_answers()
    actions.erase_people_who_stopped()
    actions.erase_what_was_not_handed_in()
    actions.erase_tickets_past_their_time()
    actions.drop_unconfirmed_addresses()
    forget_quiet_mailboxes()
    actions.note_failed_mail()
    actions.forget_failed_letters()
    destroy_spent_keys()
    strays.delete_kept_files()
    clear_journal()


@purposed_task(Purpose.RIGHTS, name="retention.sweep_strays")
def sweep_strays() -> None:
    """Destroy keys and delete files that a crash left without a row."""
    strays.destroy_stray_keys()
    strays.delete_stray_files()


@purposed_task(Purpose.SECURITY, name="retention.forget_sessions")
def forget_sessions() -> None:
    """Delete the sessions of staff that have expired; Django forgets only those that are signed out of."""
    SessionStore.clear_expired()
