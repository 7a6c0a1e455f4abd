from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from feedback.retention.tasks import forget_sessions

pytestmark = pytest.mark.django_db


def test_sessions_of_staff_go_when_they_have_expired_and_no_sooner() -> None:
    over, lasting = SessionStore(), SessionStore()
    over.set_expiry(timedelta(seconds=-1))
    for session in (over, lasting):
        session.create()

    forget_sessions()
    forget_sessions()

    assert list(Session.objects.values_list("pk", flat=True)) == [lasting.session_key]
