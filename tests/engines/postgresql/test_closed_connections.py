"""A server that was started anew: what kept a connection to it goes on with a new one."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection

from imsupport.closed import let_go_of_closed


def _backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _end(backend: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])


@pytest.mark.parametrize("is_let_go", [True, False])
def test_a_request_opens_a_new_connection_for_one_the_server_closed(is_let_go: bool) -> None:
    # A thread of its own, as of the web server: its connection is outside this test's transaction.
    with ThreadPoolExecutor(1) as thread:
        first = thread.submit(_backend).result()
        _end(first)
        if is_let_go:
            thread.submit(let_go_of_closed).result()
            assert thread.submit(_backend).result() != first
        else:
            with pytest.raises(OperationalError):
                thread.submit(_backend).result()
        thread.submit(lambda: connection.close()).result()


def test_a_connection_that_lives_is_kept() -> None:
    with ThreadPoolExecutor(1) as thread:
        first = thread.submit(_backend).result()
        thread.submit(let_go_of_closed).result()

        assert thread.submit(_backend).result() == first
        thread.submit(lambda: connection.close()).result()
