import io

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from feedback.tickets.models import Team
from imsupport.accounts.models import User

PASSWORD = "a long and fine sentence"


def test_a_new_member_of_staff_sets_a_password_by_the_link_and_signs_in() -> None:
    link = _staff("add", "Nia@staff.test", role="agent", name="Nia Roe")
    client = Client()

    opened = client.get(link, follow=True)
    form = opened.redirect_chain[-1][0]
    saved = client.post(form, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    signed_in = Client().post("/accounts/login/", {"username": "nia@STAFF.test", "password": PASSWORD})

    user = User.objects.get()
    assert (user.email, user.name, user.role) == ("nia@staff.test", "Nia Roe", "agent")
    assert saved["Location"] == "/accounts/login/"
    assert signed_in["Location"] == "/desk/"


def test_nobody_signs_in_before_the_link_was_used() -> None:
    _staff("add", "nia@staff.test", role="manager")

    response = Client().post("/accounts/login/", {"username": "nia@staff.test", "password": ""})

    assert response.status_code == 200
    assert not User.objects.get().has_usable_password()


def test_the_link_works_once() -> None:
    link = _staff("add", "nia@staff.test", role="admin")
    client = Client()
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"new_password1": PASSWORD, "new_password2": PASSWORD})

    again = Client().get(link, follow=True)

    assert b"new_password1" not in again.content


def test_a_reset_ends_the_old_password_and_the_sessions_at_once(ada: User) -> None:
    client = Client()
    client.force_login(ada)
    assert client.get("/desk/").status_code == 200

    link = _staff("reset", ada.email)

    assert client.get("/desk/").status_code == 302
    assert Client().get(link, follow=True).status_code == 200
    assert not User.objects.get(pk=ada.pk).has_usable_password()


def test_who_has_left_is_out_at_once_and_stays_out(ada: User) -> None:
    ada.set_password(PASSWORD)
    ada.save()
    client, link = Client(), _staff("add", "nia@staff.test", role="agent")
    client.force_login(ada)

    call_command("staff", "deactivate", "Ada@staff.test")
    call_command("staff", "deactivate", "nia@staff.test")

    assert client.get("/desk/").status_code == 302
    assert Client().post("/accounts/login/", {"username": ada.email, "password": PASSWORD}).status_code == 200
    assert b"new_password1" not in Client().get(link, follow=True).content
    with pytest.raises(CommandError, match="`staff activate` lets them in again"):
        _staff("reset", ada.email)


def test_who_comes_back_gets_a_new_link_and_no_old_session(ada: User) -> None:
    client = Client()
    client.force_login(ada)
    call_command("staff", "deactivate", ada.email)

    link = _staff("activate", ada.email)

    assert client.get("/desk/").status_code == 302
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    signed_in = client.post("/accounts/login/", {"username": ada.email, "password": PASSWORD})
    assert signed_in["Location"] == "/desk/"


@pytest.mark.parametrize("weak", ["short", "password1234567"[:8], "correcthorse"[:11]])
def test_a_weak_password_is_not_taken(weak: str) -> None:
    client = Client()
    form = client.get(_staff("add", "nia@staff.test", role="agent"), follow=True).redirect_chain[-1][0]

    response = client.post(form, {"new_password1": weak, "new_password2": weak})

    assert response.status_code == 200
    assert not User.objects.get().has_usable_password()


def test_what_cannot_be_is_said(ada: User) -> None:
    with pytest.raises(CommandError, match="not an e-mail address"):
        _staff("add", "nobody", role="agent")
    with pytest.raises(CommandError, match="has an account already"):
        _staff("add", ada.email.upper(), role="agent")
    with pytest.raises(CommandError, match="has no account"):
        _staff("reset", "nobody@staff.test")
    with pytest.raises(CommandError, match="has no account"):
        call_command("staff", "deactivate", "nobody@staff.test")
    with pytest.raises(CommandError, match="invalid choice"):
        _staff("add", "nia@staff.test", role="superuser")


def test_agents_join_a_team_that_is_made_for_them_and_leave_it(ada: User) -> None:
    said = io.StringIO()

    for team in ("safety", "safety", " Billing "):
        call_command("staff", "join", ada.email.upper(), team, stdout=said)
    call_command("staff", "leave", ada.email, "Calls", stdout=said)
    call_command("staff", "leave", ada.email, "nobody's", stdout=said)

    assert sorted(ada.teams.values_list("name", flat=True)) == ["Billing", "safety"]
    assert Team.objects.filter(name="safety").count() == 1
    assert "safety" in said.getvalue().splitlines()[-1]
    for name in ("", "x" * 61):
        with pytest.raises(CommandError, match="1 to 60 characters"):
            call_command("staff", "join", ada.email, name)
    with pytest.raises(CommandError, match="has no account"):
        call_command("staff", "join", "nobody@staff.test", "safety")


def _staff(act: str, email: str, **options: str) -> str:
    said = io.StringIO()
    given = [part for name, value in options.items() for part in (f"--{name}", value)]
    call_command("staff", act, email, *given, stdout=said)
    link = said.getvalue().strip()
    assert link.startswith(settings.BASE_URL + "/accounts/password/")
    return link.removeprefix(settings.BASE_URL)
