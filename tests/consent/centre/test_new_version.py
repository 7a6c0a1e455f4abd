"""A version of the policy: written, checked, compared, published by a second person, and what it does to people."""

import html
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F
from django.test import Client

from consent.access.actors import Actor, ActorKind
from consent.access.proof import held_before
from consent.ledger.actions import Agreed, Shown, allow
from consent.ledger.models import ConsentEvent
from consent.policies.models import PolicyDraft, PolicyText, PolicyVersion, PurposeInVersion
from consent.policies.offers import offered
from consent.policies.publishing import difference
from consent.policies.queries import current_version, text_of
from consent.purposes import Purpose
from feedback.intake.actions import Submission, submit_feedback
from feedback.tickets.models import Ticket
from imsupport import clock
from imsupport.accounts.models import User

NEW = "/manage/policy/drafts/new/"
ADDED = "• We may share a sentence of yours with trusted partners, quote you and analyse how you use the app."


@pytest.fixture
def petra() -> User:
    user = User.objects.create_user("petra@staff.test", name="Petra", role=User.Role.MANAGER)
    User.objects.filter(pk=user.pk).update(acknowledged_undertaking=10**6)
    return User.objects.get(pk=user.pk)


def _given(text: str | None = None, **more: str) -> dict[str, str]:
    text = text_of(1, "en").body + f"\n{ADDED}\n" if text is None else text
    return {"text_en": text, "offer_p3.improve": "on", "offer_p8.quote": "on", "lead_days": "14", "reason": "", **more}


def _draft(client: Client, **more: str) -> PolicyDraft:
    response = client.post(NEW, _given(**more))
    assert response.status_code == 302, html.unescape(response.content.decode())
    return PolicyDraft.objects.latest("pk")


def _publish(client: Client, draft: PolicyDraft) -> int:
    draft.refresh_from_db()
    written_at = {"written_at": draft.entered_at.isoformat()}
    return client.post(f"/manage/policy/drafts/{draft.pk}/publish/", written_at).status_code


def test_a_draft_begins_as_the_version_in_effect(max_: User, client_for: Callable[..., Client]) -> None:
    page = client_for(max_).get(NEW).content.decode()

    assert "3. Purpose for Using Your Information" in page
    assert page.count(" checked") == len(offered(1))
    assert 'name="offer_p8.quote" id="id_offer_p8.quote"' in page.replace('type="checkbox" ', "")


def test_what_a_program_finds_and_what_changes_stands_beside_the_draft(
    max_: User, client_for: Callable[..., Client]
) -> None:
    client = client_for(max_)
    of_quotes = {"recipients_p8.quote": "selected partners"}
    draft = _draft(client, **of_quotes, text_de="1. Wer wir sind\nDie Firma.")

    page = html.unescape(client.get(f"/manage/policy/drafts/{draft.pk}/").content.decode())

    assert f"+ <ins>{ADDED}</ins>" in page
    assert "names recipients that nobody could look up “selected partners”" in page
    assert "(de): stands in one language and not in another" in page
    assert "to which authority one can complain" in page
    assert "A colleague has to read and publish it." in page


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    max_: User, client_for: Callable[..., Client], settings: object
) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    client = client_for(max_)
    given = _given("Only a title\nand a line", lead_days="1", **{"sentence_p8.quote": "We quote you."})

    response = client.post(NEW, given)

    page = html.unescape(response.content.decode())
    assert response.status_code == 400
    assert "No section was found" in page
    assert "greater than or equal to 7" in page
    assert "and a line</textarea>" in page
    assert "We quote you.</textarea>" in page
    assert not PolicyDraft.objects.exists()


def test_whoever_wrote_it_last_cannot_publish_it_and_a_colleague_can(
    max_: User, petra: User, client_for: Callable[..., Client]
) -> None:
    author, colleague = client_for(max_), client_for(petra)
    draft = _draft(author)

    assert _publish(author, draft) == 409
    assert PolicyVersion.objects.count() == 1
    assert _publish(colleague, draft) == 302

    version = PolicyVersion.objects.get(number=2)
    assert (version.entered_by, version.confirmed_by) == (f"user {max_.pk}", f"user {petra.pk}")
    assert version.effective_from - version.announced_at == timedelta(days=14)
    assert offered(2) == {Purpose.IMPROVE, Purpose.QUOTE}
    assert ADDED in text_of(2, "en").body
    assert _publish(colleague, draft) == 409
    assert colleague.get(f"/manage/policy/drafts/{draft.pk}/").status_code == 302


def test_a_draft_that_was_written_anew_is_not_published_unread(
    max_: User, petra: User, client_for: Callable[..., Client]
) -> None:
    author, colleague = client_for(max_), client_for(petra)
    draft = _draft(author)
    read = {"written_at": draft.entered_at.isoformat()}
    author.post(f"/manage/policy/drafts/{draft.pk}/", _given(**{"recipients_p8.quote": "anybody"}))

    response = colleague.post(f"/manage/policy/drafts/{draft.pk}/publish/", read)

    assert response.status_code == 409
    assert "written anew since it was read" in response.content.decode()
    assert PolicyVersion.objects.count() == 1


def test_alone_it_takes_a_reason_and_a_day_and_says_so_for_good(max_: User, client_for: Callable[..., Client]) -> None:
    client = client_for(max_)
    draft = _draft(client, reason="Nobody else works here.")

    assert _publish(client, draft) == 409
    with clock.set_to(clock.now() + timedelta(hours=25)):
        assert _publish(client, draft) == 302
        page = client.get("/manage/policy/versions/2/").content.decode()

    assert "published it without a colleague, after 24 hours. Their reason: Nobody else works here." in page


def test_a_version_that_is_announced_has_to_take_effect_before_the_next(
    max_: User, petra: User, client_for: Callable[..., Client]
) -> None:
    author, colleague = client_for(max_), client_for(petra)
    _publish(colleague, _draft(author))
    next_draft = _draft(author)

    assert _publish(colleague, next_draft) == 409
    with clock.set_to(clock.now() + timedelta(days=15)):
        assert _publish(colleague, next_draft) == 302

    starts = list(PolicyVersion.objects.order_by("number").values_list("effective_from", flat=True))
    assert starts == sorted(set(starts))


@pytest.mark.parametrize("model", [PolicyVersion, PolicyText, PurposeInVersion])
def test_a_published_version_is_never_changed(
    model: type, max_: User, petra: User, client_for: Callable[..., Client]
) -> None:
    _publish(client_for(petra), _draft(client_for(max_)))

    rows = model.objects.filter(pk=model.objects.last().pk)  # type: ignore[attr-defined]
    last = model._meta.local_concrete_fields[-1].attname  # type: ignore[attr-defined]
    for change in (lambda: rows.update(**{last: F(last)}), lambda: rows._raw_delete(using="default")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_agents_and_people_write_no_policy(ada: User, mia: Agreed, client_for: Callable[..., Client]) -> None:
    for client in (client_for(ada), client_for(mia), client_for()):
        assert client.get(NEW).status_code in (302, 403, 404)
        client.post(NEW, _given())

    assert not PolicyDraft.objects.exists()


def test_people_are_told_then_asked_again_and_nothing_old_serves_what_is_new(
    max_: User,
    petra: User,
    mia: Agreed,
    shown: Shown,
    client_for: Callable[..., Client],
) -> None:
    _write(mia, version=1)
    allow(mia.person.pk, [Purpose.IMPROVE], shown)
    person, colleague = client_for(mia), client_for(petra)
    _publish(colleague, _draft(client_for(max_), **{"recipients_p8.quote": "Example Print Ltd, Utrecht"}))

    told = html.unescape(person.get("/policy/").content.decode())
    assert "Version 2 takes effect on" in told
    assert person.get("/feedback/").status_code == 200
    with clock.set_to(clock.now() + timedelta(days=15)):
        asked = person.get("/feedback/", follow=True)
        page = html.unescape(asked.content.decode())
        assert "You agreed to version 1. Now version 2 is in effect, and we ask you again." in page
        assert 'href="/policy/1..2/"' in page
        _agree(person, page)
        choices = html.unescape(person.get("/consent/choices/").content.decode())
        assert "Show others what you wrote" in choices
        assert "Who receives it: Example Print Ltd, Utrecht" in choices
        assert 'name="p3.improve"' in choices
        assert " checked" not in choices
        evidence = choices.split('name="evidence" value="')[1].split('"')[0]
        person.post("/consent/choices/", {"evidence": evidence, "p8.quote": "on", "p3.improve": "on"})
        _write(mia, version=2)
        held = held_before(2, Purpose.QUOTE, actor=Actor(ActorKind.MANAGER, max_.pk))
        proof = html.unescape(colleague.get("/manage/policy/versions/2/", {"count": 1}).content.decode())
        usable = Ticket.objects.for_purpose(Purpose.QUOTE, actor=Actor(ActorKind.MANAGER, max_.pk))
        assert [ticket.policy_version for ticket in usable] == [2]

    assert {row.usable for row in held} == {0}
    assert next(row.older for row in held if row.kind == "Ticket") == 1
    assert "Of these, usable for it now" in proof
    assert list(
        ConsentEvent.objects.filter(person_id=mia.person.pk, purpose="p3.improve").values_list("status", flat=True)
    ) == ["ConsentGiven", "RenewedConsentGiven"]


def test_a_wholly_new_text_compares_whole_lines_alone() -> None:
    older, newer = ("\n".join(f"{word} we keep line {n} of {word}" for n in range(3000)) for word in ("old", "new"))

    lines = difference(f"{older}\nSame", f"{newer}\n\nSame")

    assert [sign for sign, _line in lines] == ["-"] * 3000 + ["+"] * 3000 + [" "]


def _agree(person: Client, page: str) -> None:
    fields = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("evidence", "agreement", "next")}
    assert person.post("/consent/", {**fields, "decision": "agree"}).status_code == 302
    assert current_version() == 2


def _write(someone: Agreed, *, version: int) -> None:
    given = Submission(message="The list is hard to read.", idempotency_key=f"of {version}")
    submit_feedback(given, person_id=someone.person.pk, policy_version=version)
