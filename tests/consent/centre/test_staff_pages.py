from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from consent.access.models import Acknowledgement
from consent.policies.models import OperatorFacts
from consent.policies.queries import operator_facts
from imsupport import clock
from imsupport.accounts.models import User

OPERATOR, UNDERTAKING = "/manage/operator/", "/accounts/undertaking/"
FACTS = {
    "app_name": "IM Calling",
    "name": "IM Calling Ltd",
    "postal_address": "12 Harbour Street",
    "contact": "privacy@im.example",
    "authority": "The commissioner",
    "storage_place": "Germany",
    "processors": "Nobody.",
    "retention_months": "12",
}


def test_staff_reach_nothing_before_their_undertaking(root: User, client_for: Callable[..., Client]) -> None:
    root.acknowledged_undertaking = 0
    root.save()

    response = client_for(root).get(OPERATOR)

    assert response["Location"].startswith(f"{UNDERTAKING}?next=")


def test_the_undertaking_is_shown_and_acknowledged(root: User, client_for: Callable[..., Client]) -> None:
    root.acknowledged_undertaking = 0
    root.save()
    client = client_for(root)

    page = client.get(f"{UNDERTAKING}?next={OPERATOR}").content.decode()
    response = client.post(UNDERTAKING, {"next": OPERATOR})

    root.refresh_from_db()
    kept = Acknowledgement.objects.get()
    assert "only to help them" in page
    assert (response.status_code, response["Location"]) == (302, OPERATOR)
    assert (root.acknowledged_undertaking, kept.user_id, kept.undertaking) == (1, root.pk, 1)
    assert client.get(OPERATOR).status_code == 200


@pytest.mark.parametrize(
    ("who", "home"), [("ada", "/desk/"), ("max_", "/manage/consent/"), ("root", "/manage/operator/")]
)
def test_each_role_goes_on_to_its_own_room(
    who: str, home: str, client_for: Callable[..., Client], request: pytest.FixtureRequest
) -> None:
    client = client_for(request.getfixturevalue(who))

    assert client.post(UNDERTAKING, {"next": "https://evil.test/"})["Location"] == home


def test_a_stranger_has_to_sign_in(client: Client) -> None:
    assert client.get(UNDERTAKING)["Location"].startswith("/accounts/login/")
    assert client.post(UNDERTAKING).status_code == 403


def test_agents_do_not_change_the_facts(ada: User, client_for: Callable[..., Client]) -> None:
    assert client_for(ada).post(OPERATOR, FACTS).status_code == 403
    assert OperatorFacts.objects.count() == 0


def test_the_first_facts_take_effect_at_once(root: User, client_for: Callable[..., Client]) -> None:
    client_for(root).post(OPERATOR, FACTS)

    facts = operator_facts()
    assert facts is not None
    assert (facts.name, facts.entered_by) == ("IM Calling Ltd", f"user {root.pk}")


def test_a_change_without_a_reason_waits_for_a_colleague_alone(root: User, client_for: Callable[..., Client]) -> None:
    client = client_for(root)
    client.post(OPERATOR, FACTS)

    client.post(OPERATOR, {**FACTS, "name": "Another Ltd"})

    assert OperatorFacts.objects.get(name="Another Ltd").effective_from is None
    assert operator_facts().name == "IM Calling Ltd"
    assert "Takes effect as soon as a colleague confirms it" in client.get(OPERATOR).content.decode()


def test_what_took_effect_without_a_colleague_shows_its_reason(root: User, client_for: Callable[..., Client]) -> None:
    client = client_for(root)
    client.post(OPERATOR, FACTS)
    author = f"user {root.pk}"
    alone = OperatorFacts(**FACTS, reason="Nobody else works here.", entered_by=author)
    alone.effective_from = clock.now()
    alone.entered_at = alone.effective_from - timedelta(hours=24)
    before = client.get(OPERATOR).content.decode()

    alone.save()

    page = client.get(OPERATOR).content.decode()
    assert "without a colleague, after 24 hours" not in before
    assert "without a colleague, after 24 hours. Their reason: Nobody else works here." in page


def test_a_change_with_a_reason_waits_for_24_hours_and_is_a_new_row(
    root: User, client_for: Callable[..., Client]
) -> None:
    client = client_for(root)
    client.post(OPERATOR, FACTS)

    client.post(OPERATOR, {**FACTS, "name": "Another Ltd", "reason": "Nobody else works here."})

    waiting = OperatorFacts.objects.get(name="Another Ltd")
    assert OperatorFacts.objects.count() == 2
    assert operator_facts().name == "IM Calling Ltd"
    assert timedelta(hours=23) < waiting.effective_from - clock.now() <= timedelta(hours=24)
    assert "Somebody else has to confirm" in client.get(OPERATOR).content.decode()


def test_a_colleague_lets_a_change_take_effect_and_its_author_cannot(
    root: User, max_: User, client_for: Callable[..., Client]
) -> None:
    author, colleague = client_for(root), client_for(max_)
    author.post(OPERATOR, FACTS)
    author.post(OPERATOR, {**FACTS, "name": "Another Ltd"})
    confirm = f"{OPERATOR}{OperatorFacts.objects.get(name='Another Ltd').pk}/confirm/"

    by_author, before = author.post(confirm).status_code, operator_facts().name
    by_colleague = colleague.post(confirm).status_code

    assert (by_author, before) == (403, "IM Calling Ltd")
    assert (by_colleague, operator_facts().name) == (302, "Another Ltd")
    assert operator_facts().confirmed_by == f"user {max_.pk}"
    assert colleague.post(confirm).status_code == 403


def test_a_change_after_a_confirmed_one_waits_again(root: User, max_: User, client_for: Callable[..., Client]) -> None:
    author = client_for(root)
    author.post(OPERATOR, FACTS)
    author.post(OPERATOR, {**FACTS, "name": "Another Ltd"})
    client_for(max_).post(f"{OPERATOR}{OperatorFacts.objects.get(name='Another Ltd').pk}/confirm/")

    author.post(OPERATOR, {**FACTS, "name": "Third Ltd"})

    assert OperatorFacts.objects.get(name="Third Ltd").confirmed_by == ""


def test_an_empty_fact_is_refused_beside_its_field(root: User, client_for: Callable[..., Client]) -> None:
    response = client_for(root).post(OPERATOR, {**FACTS, "authority": ""})

    assert (response.status_code, OperatorFacts.objects.count()) == (200, 0)
    assert "This field is required" in response.content.decode()
