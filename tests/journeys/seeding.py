"""Brings a running instance into every state that a page can be in, through the product's own actions.

Runs inside the instance (`manage.py shell`) and prints where each state is found and which cookie leads in.
"""

import hashlib
import io
import json
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from consent.access.actors import Actor, ActorKind, person_actor
from consent.centre.agreement import notice_for
from consent.disclosures.actions import confirm_recipient, decide, enter_recipient
from consent.disclosures.models import Recipient
from consent.disclosures.notices import notice_of
from consent.ledger.actions import Agreed, Shown, agree
from consent.ledger.models import Channel
from consent.ledger.queries import acts_of
from consent.people.actions import verify_identifier
from consent.people.confirmation import link_token_for
from consent.policies.models import PolicyText, PolicyVersion
from consent.policies.queries import text_of
from feedback.desk.actions import answer, ask_about, ask_what_they_need, note
from feedback.intake.actions import Submission, submit_feedback
from feedback.intake.uploads import CheckedFile
from feedback.portal.actions import Reply, reply
from feedback.portal.arriving import sent_url
from feedback.portal.entering import written
from feedback.tickets.actions import set_priority, set_state, set_tags
from feedback.tickets.models import Ticket
from feedback.tickets.references import token_for
from imsupport import clock
from imsupport.accounts.models import User

LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 4
DEVICE = {"brand": "Fairphone", "model": "FP5", "system": "Android 15", "app_version": "8.2.1", "network": "wifi"}
ERROR_PAGES = ("400", "403", "404", "500")
Seeded = dict[str, Any]


def seed() -> None:
    """Write everything and print it as one line of JSON."""
    agent = _staff("Agnes Achterberg-Villanueva", User.Role.AGENT)
    seeded: Seeded = {
        "cookies": {
            "agent": _session(agent),
            "idle": _session(_staff("Ines", User.Role.AGENT)),
            "unbound": _session(_staff("Nina", User.Role.AGENT, is_bound=False)),
            "manager": _session(_staff("Maud", User.Role.MANAGER)),
            "other": _session(_staff("Omar", User.Role.ADMIN)),
            "new": _consent(_person()),
            "app": _consent(_person()) | _from_app(),
        },
        "errors": {name: render_to_string(f"{name}.html") for name in ERROR_PAGES}
        | {"not-open": render_to_string("centre/not_open.html")},
        "password": _password_link(),
    }
    _announce_a_second_version()
    _tell_whole_story(seeded, Actor(ActorKind.AGENT, agent.pk))
    for name in ("stopping", "erasing"):
        person = _person()
        ticket = _write(person, "The ringtone stops after one second.", key=name)
        seeded["cookies"][name] = _consent(person)
        seeded[name] = _link(ticket)
    print(json.dumps(seeded))


def _password_link() -> str:
    said = io.StringIO()
    call_command("staff", "add", "new@axe.test", "--role", "agent", stdout=said)
    return said.getvalue().rpartition(settings.BASE_URL)[2].strip()


def _staff(name: str, role: str, *, is_bound: bool = True) -> User:
    user = User.objects.create_user(f"{name.split()[0].lower()}@axe.test", name=name, role=role)
    user.acknowledged_undertaking = settings.UNDERTAKING_VERSION if is_bound else 0
    user.save()
    return user


def _session(user: User) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def _person() -> Agreed:
    return agree(Shown(notice_for("en"), Channel.WEB, "button:agree"))


def _consent(person: Agreed) -> dict[str, str]:
    return {settings.CONSENT_COOKIE: person.signed_token}


def _from_app() -> dict[str, str]:
    told = {"app": "calls", "name": "Amal", "email": "amal@people.test", "device": DEVICE, "is_verified": True}
    return {settings.APP_COOKIE: written(told)}


def _write(person: Agreed, message: str, *, key: str, **given: Any) -> Ticket:
    submission = Submission(message=message, idempotency_key=key, device=DEVICE, topic="problem", **given)
    return submit_feedback(submission, person_id=person.person.pk, policy_version=1).ticket


def _link(ticket: Ticket) -> str:
    return reverse("portal:ticket", args=[token_for(ticket.pk, ticket.token_generation)])


def _tell_whole_story(seeded: Seeded, agent: Actor) -> None:
    mia = _person()
    seeded["cookies"]["known"] = _consent(mia)
    stated = _write(
        mia,
        "I am deaf, I need captions in group calls. They vanish after a minute.",
        key="stated",
        name="Mia",
        email="mia@axe.test",
        subject="Captions vanish",
        needs=("captions", "in_writing"),
        files=(CheckedFile("photo.txt", "text/plain", b"a log line"),),
    )
    plain = _write(mia, "Please let me change the ringtone.", key="plain")
    confirmed = _write(mia, "Calls drop in the lift.", key="confirmed", email="m@axe.test", is_address_verified=True)
    long = _write(
        mia, f"{LONG_WORD} {'A very long story. ' * 400}", key="long", name=LONG_WORD[:80], subject=LONG_WORD[:110]
    )
    closed = _write(mia, "Thank you for the last update.", key="closed")
    linking = _write(mia, "The ringtone is too quiet.", key="linking")
    little = _write(mia, "I have diabetes.", key="little")
    for ticket in (stated, confirmed):
        answer(ticket, f"Press the three dots, then Captions. {LONG_WORD}", idempotency_key="a", actor=agent)
    ask_what_they_need(stated, actor=agent)
    _pass_on(stated, agent)
    note(stated, "Seen twice this week; ask the calls team.", idempotency_key="n", actor=agent)
    reply(stated, Reply("That works, but my epilepsy makes the flashing hard.", "r"), actor=person_actor(mia.person.pk))
    set_tags(stated, ["captions", "audio"], actor=agent)
    set_priority(stated, Ticket.Priority.HIGH, actor=agent)
    set_state(closed, Ticket.State.CLOSED, actor=agent)
    seeded |= {
        "sent": {
            "address": sent_url(stated),
            "without": sent_url(plain),
            "confirmed": sent_url(confirmed),
            "little": sent_url(little),
        },
        "ticket": {
            "stated": _link(stated),
            "plain": _link(plain),
            "long": _link(long),
            "closed": _link(closed),
            "linking": _link(linking),
        },
        "ref": {"stated": stated.ref, "plain": plain.ref, "long": long.ref},
        "receipt": reverse("centre:receipt-html", args=[_first_act(mia)]),
        "address": {
            "ask": reverse("portal:address", args=[link_token_for(stated.address.pk)]),
            "confirmed": reverse("portal:address", args=[link_token_for(confirmed.address.pk)]),
        },
    }
    verify_identifier(confirmed.address, opens_words=True)


def _pass_on(ticket: Ticket, agent: Actor) -> None:
    """Ask about three recipients, of whom one is allowed and one refused; one more waits for a colleague."""
    for slug, name in (("asked", "Northern Line Carriers"), ("allowed", "Acme"), ("refused", LONG_WORD[:110])):
        one = _recipient(slug, name)
        confirm_recipient(one.pk, named="user 2")
        ask_about(ticket, one, actor=agent)
        if slug != "asked":
            shown = Shown(notice_of(one, version=1, language="en"), Channel.WEB, "button")
            decide(one, ticket.person_id, shown, is_allowed=slug == "allowed")
    _recipient("waiting", "Waiting for a colleague")


def _recipient(slug: str, name: str) -> Recipient:
    entered = Recipient(
        slug=slug,
        name=name,
        what_for="They run the lines that your calls go over, and look why one broke.",
        kept="30 days",
        place="Germany",
        contact="privacy@carriers.test",
        parts=["message", "device"],
        url="https://carriers.test/hooks/",
    )
    return enter_recipient(entered, named="user 1")


def _first_act(person: Agreed) -> int:
    return int(acts_of(person.person.pk)[0][0].act_id)


def _announce_a_second_version() -> None:
    first, at = text_of(1, "en"), clock.now() + timedelta(days=30)
    body = first.body.replace("privacy", "privacy and calm", 1) + "\nA line that is new in this version.\n"
    version = PolicyVersion.objects.create(number=2, effective_from=at, announced_at=clock.now())
    digest = hashlib.sha256(body.encode()).hexdigest()
    PolicyText.objects.create(version=version, language="en", body=body, sha256=digest, is_authoritative=True)
