"""Requests to the application inside this process, so that the CPU of its parts can be told apart."""

import io
import sys
import urllib.parse
from collections.abc import Callable, Iterable
from typing import Any

from bench.load import User

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class InsideUser(User):
    """A person whose browser calls the application itself."""

    def __init__(self, application: Application) -> None:
        super().__init__(port=8000)
        self.application = application

    def send(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Return status, body and where the answer leads to."""
        body = urllib.parse.urlencode(fields or {}).encode()
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_X_FORWARDED_FOR": self.network,
            "HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 10; Redmi 9A)",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
        }
        if fields is not None:
            environ |= {"CONTENT_TYPE": "application/x-www-form-urlencoded", "HTTP_ORIGIN": "http://127.0.0.1:8000"}
        answer: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
            answer.update(status=int(status[:3]), headers=headers)

        pieces = self.application(environ, start)
        page = b"".join(pieces).decode()
        pieces.close()  # type: ignore[attr-defined]  # WSGI asks for it; Django ends the request with it
        onward = ""
        for name, value in answer["headers"]:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
            elif name.lower() == "location":
                onward = value
        return answer["status"], page, onward
