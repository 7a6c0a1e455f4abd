import pytest
from django.db import DatabaseError, connections
from django.test import Client


def test_a_live_process_says_so_without_asking_a_database(django_assert_num_queries: pytest.FixtureRequest) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        response = Client().get("/health/live")

    assert (response.status_code, response.content) == (200, b"ok")


def test_ready_means_that_both_databases_answer() -> None:
    assert Client().get("/health/ready").content == b"ok"


@pytest.mark.parametrize("alias", ["default", "keys"])
def test_a_database_that_is_away_means_not_ready_and_says_no_more(alias: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise DatabaseError("connection to 10.0.0.7 refused for user app")

    monkeypatch.setattr(connections[alias], "cursor", refuse)

    response = Client().get("/health/ready")

    assert (response.status_code, response.content) == (503, b"not ready")
