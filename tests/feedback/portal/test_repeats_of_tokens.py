from collections.abc import Callable

from django.conf import settings
from django.test import Client

from consent.ledger.actions import Agreed
from feedback.portal.models import HostApp, UsedToken
from tests.feedback.portal.test_entering import _token, host_app  # noqa: F401 - a fixture

WORDS = {"message": "Calls drop.", "idempotency_key": "k"}


def test_a_repeat_goes_on_in_the_browser_that_came_in_only(
    host_app: HostApp,  # noqa: F811
    mia: Agreed,
    client_for: Callable[..., Client],
) -> None:
    token, client = _token(host_app), client_for(mia)
    client.post("/app/enter/", {"token": token})

    client.post("/app/enter/", {"token": token})

    assert "You write as Amal" in client.get("/feedback/").content.decode()
    assert UsedToken.objects.count() == 1


def test_a_failed_token_does_not_leave_the_form_of_whoever_came_before(
    host_app: HostApp,  # noqa: F811
    mia: Agreed,
    client_for: Callable[..., Client],
) -> None:
    client = client_for(mia)
    client.post("/app/enter/", {"token": _token(host_app)})

    client.post("/app/enter/", {"token": _token(host_app, name="Joana", exp=1)})

    page = client.get("/feedback/").content.decode()
    assert "Amal" not in page
    assert "Joana" not in page


def test_what_the_app_passed_is_gone_after_sending(
    host_app: HostApp,  # noqa: F811
    mia: Agreed,
    client_for: Callable[..., Client],
) -> None:
    client = client_for(mia)
    client.post("/app/enter/", {"token": _token(host_app)})

    client.post("/feedback/", WORDS)

    assert client.cookies[settings.APP_COOKIE].value == ""
    assert "You write as" not in client.get("/feedback/").content.decode()
