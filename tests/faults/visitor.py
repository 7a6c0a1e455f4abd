"""A person's browser as far as a fault needs it: it keeps cookies, agrees, and sends words with files."""

import re
import secrets
import urllib.request
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


class Visitor:
    def __init__(self, address: str) -> None:
        self.address = address
        keeper = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(keeper, _StayHere())

    def get(self, path: str) -> str:
        with self._opener.open(self.address + path, timeout=30) as response:
            return str(response.read().decode())

    def post(self, path: str, fields: dict[str, str], files: tuple[bytes, ...] = ()) -> tuple[int, str]:
        """Send a form; return the status and where the answer leads to."""
        boundary = secrets.token_hex(8)
        body = b"".join(_part(boundary, name, value.encode()) for name, value in fields.items())
        body += b"".join(_part(boundary, "attachments", content, f"{n}.png") for n, content in enumerate(files))
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Origin": self.address}
        request = urllib.request.Request(self.address + path, body + f"--{boundary}--\r\n".encode(), headers)
        try:
            with self._opener.open(request, timeout=60) as response:
                return response.status, ""
        except HTTPError as answer:
            return answer.code, answer.headers.get("Location", "")

    def agree(self) -> None:
        page = self.get("/consent/")
        fields = {name: _hidden(page, name) for name in ("evidence", "csrfmiddlewaretoken")}
        assert self.post("/consent/", {"decision": "agree", **fields})[0] == 302

    def form(self, message: str) -> dict[str, Any]:
        page = self.get("/feedback/")
        hidden = {name: _hidden(page, name) for name in ("idempotency_key", "csrfmiddlewaretoken")}
        return {"message": message, **hidden}


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found[1]


def _part(boundary: str, name: str, content: bytes, file_name: str = "") -> bytes:
    told = f'name="{name}"' + (f'; filename="{file_name}"' if file_name else "")
    return f"--{boundary}\r\nContent-Disposition: form-data; {told}\r\n\r\n".encode() + content + b"\r\n"
