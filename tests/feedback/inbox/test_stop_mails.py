"""A mail that says STOP stops mails to the mailbox that one of ours went to, and nothing else does."""

import io
import sys
from collections.abc import Callable
from email.message import EmailMessage
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import OperationalError

from consent.ledger.actions import Agreed
from consent.ledger.models import ConsentEvent, ConsentState
from consent.people.models import Identifier
from feedback.inbox.stop_mails import parsed, says_stop
from feedback.intake.actions import Submission, submit_feedback
from feedback.outbox.threads import thread_id_for, ticket_of_thread
from feedback.tickets.models import Ticket

QUOTED = "\n\nOn Monday IM Calling wrote:\n> We have your message.\n> To stop, …\n"


@pytest.fixture
def ticket(mia: Agreed) -> Ticket:
    given = Submission(message="Calls drop.", idempotency_key="k", email="mia@example.org", is_address_verified=True)
    return submit_feedback(given, person_id=mia.person.pk, policy_version=1).ticket


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], tuple[int, str]]:
    def pipe(raw: bytes) -> tuple[int, str]:
        said = io.StringIO()
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
        try:
            call_command("receive_mail", stderr=said)
        except SystemExit as left:
            return int(str(left.code)), said.getvalue()
        return 0, said.getvalue()

    return pipe


def _mail(
    text: str, *, subject: str = "Re: We have your message", sender: str = "mia@example.org", **more: str
) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "help@im.test", subject
    for name, value in more.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def test_it_stops_mails_to_that_address_and_the_ledger_says_how(
    ticket: Ticket, piped: Callable[[bytes], tuple[int, str]]
) -> None:
    thread = thread_id_for(ticket.pk)

    assert piped(_mail("STOP" + QUOTED, References=f"<other@x.test> {thread} <later@x.test>")) == (0, "")

    assert Identifier.objects.get(kind="email").mail_stopped_at is not None
    assert ConsentState.objects.get(purpose="p1.mail").status == "ConsentWithdrawn"
    event = ConsentEvent.objects.get(purpose="p1.mail", status="ConsentWithdrawn")
    assert (event.channel, event.indicated_by) == ("email", "mail:stop")
    assert ConsentState.objects.get(purpose="agreement").status == "ConsentGiven"


def test_it_may_come_from_another_address_but_not_without_our_id(
    ticket: Ticket, piped: Callable[[bytes], tuple[int, str]]
) -> None:
    refused = (69, "it answers no mail of ours\n")
    thread = thread_id_for(ticket.pk)
    forged = thread.replace(thread[5], "A" if thread[5] != "A" else "B", 1)

    assert piped(_mail("STOP")) == refused
    assert piped(_mail("STOP", In_Reply_To="<someone@x.test>")) == refused
    assert piped(_mail("STOP", In_Reply_To=forged)) == refused
    assert Identifier.objects.get(kind="email").mail_stopped_at is None
    assert piped(_mail("STOP", sender="other@example.org", In_Reply_To=thread)) == (0, "")
    assert Identifier.objects.get(kind="email").mail_stopped_at is not None


@pytest.mark.parametrize(
    "words",
    [
        *("STOP", "stop.", "  Stop!\n\nSent from my phone", "Unsubscribe", "Parar", "Arrêter", "ARRETER", "arretez"),
        *("Abbestellen", "Stopp", "Sair", "停止", "退订。", "توقف", "إلغاء الاشتراك", "बंद करो", "रोकें", "Berhenti"),
        "stop\n-- \nMia",
    ],
)
def test_it_is_said_in_nine_languages(words: str) -> None:
    assert says_stop(parsed(_mail(words + QUOTED)))


@pytest.mark.parametrize(
    "words",
    [
        *("", "Calls stop after a minute.", "Please stop the calls from dropping", "> STOP", "-- \nSTOP", "Thank you"),
        "It works now.\nSTOP",
    ],
)
def test_whatever_else_is_written_stops_nothing(words: str) -> None:
    assert not says_stop(parsed(_mail(words + QUOTED)))


def test_a_subject_alone_says_it_too_and_a_program_never_does() -> None:
    assert says_stop(parsed(_mail("", subject="Re: STOP")))
    assert says_stop(parsed(_mail("", subject="AW: Stopp")))
    assert not says_stop(parsed(_mail("It works.", subject="STOP")))
    assert not says_stop(parsed(_mail("STOP", Auto_Submitted="auto-replied")))


@pytest.mark.parametrize(
    "raw", [b"", b"\x00\xff", b"Content-Type: text/plain; charset=none\n\nSTOP", b"Subject: =?x?b?=\n\n", b"\n" * 1000]
)
def test_what_is_no_mail_is_bounced_and_breaks_nothing(raw: bytes, piped: Callable[[bytes], tuple[int, str]]) -> None:
    assert piped(raw)[0] == 69


def test_what_cannot_be_kept_now_is_tried_again_by_the_mta(
    ticket: Ticket, piped: Callable[[bytes], tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("secret words of the database")

    monkeypatch.setattr("feedback.inbox.actions.stop_mail_to", away)

    code, said = piped(_mail("STOP", In_Reply_To=thread_id_for(ticket.pk)))

    assert (code, said) == (75, "not now: OperationalError\n")


@pytest.mark.parametrize("written", ["", "<>", "<@>", "<" + "A" * 35 + "@x>", "<\u0661@x>", "<a@b"])
def test_no_id_of_ours_names_no_ticket(written: str) -> None:
    assert ticket_of_thread(written) is None
