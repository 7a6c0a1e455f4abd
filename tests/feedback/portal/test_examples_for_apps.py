"""The examples of the guide are run as they stand there, and what they sign opens the form."""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from tests.architecture.source import ROOT

GUIDE = (ROOT / "docs/host-apps.md").read_text("utf-8")
ADDRESS = "https://help.example"


def _node() -> str:
    found = shutil.which("node")
    package = find_spec("playwright")
    if found is None and package and package.origin:
        found = str(Path(package.origin).parent / "driver/node")
    assert found, "the browser tests' package brings one"
    return found


def _example(language: str, number: int) -> str:
    example = re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)[number]
    assert ADDRESS in example
    return example.replace(ADDRESS, settings.BASE_URL)


def _printed(folder: Path, program: str, ending: str, **given: str) -> str:
    file = folder / f"example{ending}"
    file.write_text(program)
    command = [sys.executable if ending == ".py" else _node(), str(file)]
    ran = subprocess.run(
        command, env={"PATH": os.environ["PATH"], **given}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def _is_admitted(token: str) -> bool:
    response = Client().post("/app/enter/", {"token": token})
    return settings.APP_COOKIE in response.cookies


@pytest.mark.parametrize(("language", "number", "ending"), [("python", 0, ".py"), ("js", 1, ".mjs")])
def test_an_example_signs_with_the_printed_key(tmp_path: Path, language: str, number: int, ending: str) -> None:
    said = StringIO()
    call_command("app", "add", "my-app", stdout=said)
    key = said.getvalue().strip()

    token = _printed(tmp_path, _example(language, number), ending, APP_KEY=key)

    assert _is_admitted(token)
    assert not _is_admitted(_printed(tmp_path, _example(language, number), ending, APP_KEY=key[:-1]))


def test_the_example_with_a_key_pair_signs_too(tmp_path: Path) -> None:
    pair = Ed25519PrivateKey.generate()
    public = tmp_path / "my-app.pub"
    public.write_bytes(pair.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    private = pair.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    call_command("app", "add", "my-app", "--eddsa-key", str(public), stdout=StringIO())

    assert _is_admitted(_printed(tmp_path, _example("js", 0), ".mjs", APP_KEY=private))
