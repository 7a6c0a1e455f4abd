import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from feedback.stripping.identifiers.finding import OPTIONAL
from tests.architecture.source import ROOT
from tests.imsupport.starting import DEMO, EMBEDDED, RING, SERVER, environment, manage, read_settings


@pytest.mark.parametrize(("mode", "given"), [("demo", DEMO), ("embedded", EMBEDDED), ("server", SERVER)])
def test_each_mode_starts_with_what_it_needs(mode: str, given: dict[str, str], tmp_path: Path) -> None:
    read = read_settings(tmp_path, given, "s.MODE, s.DEBUG, s.IS_HTTPS")

    assert read.stdout.strip() == f"{mode} False {mode != 'demo'}", read.stderr


@pytest.mark.parametrize("name", [name for name in SERVER if name != "DATABASE_URL"])
def test_the_server_mode_names_what_is_missing(name: str, tmp_path: Path) -> None:
    read = read_settings(tmp_path, {key: value for key, value in SERVER.items() if key != name})

    assert read.returncode == 1
    assert "the server mode needs: " in read.stderr
    assert name in read.stderr.rsplit("the server mode needs: ", 1)[1]


@pytest.mark.parametrize("name", EMBEDDED)
def test_the_embedded_mode_names_what_is_missing(name: str, tmp_path: Path) -> None:
    read = read_settings(tmp_path, {key: value for key, value in EMBEDDED.items() if key != name})

    assert read.returncode == 1
    assert f"the embedded mode needs: {name}" in read.stderr


@pytest.mark.parametrize("weak", ["qanary", "django-insecure-" + "x" * 50])
def test_a_weak_or_default_secret_key_is_refused(weak: str, tmp_path: Path) -> None:
    read = read_settings(tmp_path, {**SERVER, "SECRET_KEY": weak})

    assert "SECRET_KEY (too short or a default)" in read.stderr
    assert weak not in read.stderr.rsplit("ImproperlyConfigured", 1)[1]


@pytest.mark.parametrize("given", [EMBEDDED, SERVER])
def test_plain_http_is_refused_outside_the_demo(given: dict[str, str], tmp_path: Path) -> None:
    read = read_settings(tmp_path, {**given, "BASE_URL": "http://help.example"})

    assert read.returncode == 1
    assert "BASE_URL must be https outside the demo" in read.stderr


def test_everything_missing_is_named_at_once(tmp_path: Path) -> None:
    read = read_settings(tmp_path, {"DATABASE_URL": "postgresql://app@db/im"})

    said = read.stderr.rsplit("the server mode needs: ", 1)[1].strip()
    assert set(said.split(", ")) >= {name for name in SERVER if name not in ("DATABASE_URL", "SECRET_KEY")}


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "SEALING_KEYS", "RECEIPT_KEYS", "DATABASE_URL", "EMAIL_URL", "REDIS_URL"]
)
def test_a_secret_comes_from_the_file_that_is_named(name: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(SERVER[name] + "\n")
    given = {key: value for key, value in SERVER.items() if key != name}

    read = read_settings(tmp_path, {**given, f"{name}_FILE": str(file)}, f"s.{name}")

    assert read.stdout == SERVER[name] + "\n", read.stderr


@pytest.mark.parametrize("place", ["/proc/nowhere", "file/folder"])
def test_a_folder_that_cannot_be_written_in_is_named(place: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    read = read_settings(tmp_path / place, DEMO)

    assert read.returncode == 1
    assert f"nothing can be written in {tmp_path / place}; set DATA_DIR to a folder of yours" in read.stderr


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            DEMO | {"DATA_DIR": "/proc/nowhere"},
            "nothing can be written in /proc/nowhere; set DATA_DIR to a folder of yours",
        ),
        ({}, "the embedded mode needs: BASE_URL, EMAIL_URL"),
    ],
)
def test_a_command_that_is_refused_says_so_in_one_line(given: dict[str, str], said: str, tmp_path: Path) -> None:
    ran = manage(tmp_path, given, "doctor")

    assert (ran.returncode, ran.stdout, ran.stderr) == (1, "", said + "\n")


@pytest.mark.parametrize(
    ("mode", "name", "given", "said"),
    [
        (DEMO, "DEMO", "maybe", "DEMO must be 1 or 0"),
        (DEMO, "LOG_LEVEL", "qanary", "LOG_LEVEL must be like INFO"),
        (DEMO, "BASE_URL", "http://127.0.0.1:8000/qanary", "BASE_URL must be like https://help.example"),
        (EMBEDDED, "BASE_URL", "https://[qanary", "BASE_URL must be like https://help.example"),
        (EMBEDDED, "BASE_URL", "https://help.example:qanary", "BASE_URL must be like https://help.example"),
        (EMBEDDED, "BASE_URL", "https://help.example:99999", "BASE_URL must be like https://help.example"),
        (EMBEDDED, "EMAIL_URL", "qanary", "EMAIL_URL must be like smtp://"),
        (EMBEDDED, "EMAIL_URL", "smtp://u:qanary/ss@h:587", "EMAIL_URL must be like smtp://"),
        (EMBEDDED, "EMAIL_URL", "smtp://u:pass@h:587/?timeout=qanary", "EMAIL_URL must be like smtp://"),
        (SERVER, "REDIS_URL", "qanary://redis", "REDIS_URL must be like redis://"),
        (SERVER, "REDIS_URL", "redis://:qanary/ss@redis/0", "REDIS_URL must be like redis://"),
        (SERVER, "DATABASE_URL", "qanary", "DATABASE_URL must be like postgresql://"),
        (SERVER, "DATABASE_URL", "postgresql://u:qanary/ss@db/im", "DATABASE_URL must be like postgresql://"),
        (SERVER, "DATABASE_URL", "postgresql://u:pass@[qanary/im", "DATABASE_URL must be like postgresql://"),
        (SERVER, "KEYS_DATABASE_URL", "postgresql://keys:pass@keys:qanary/im", "KEYS_DATABASE_URL must be like postg"),
        (SERVER, "KEYS_DATABASE_URL", "mysql://qanary", "KEYS_DATABASE_URL must be like postgresql://"),
        (SERVER, "KEYS_DATABASE_URL", SERVER["DATABASE_URL"], "must name another database than DATABASE_URL"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_one_line_without_it(
    mode: dict[str, str], name: str, given: str, said: str, tmp_path: Path
) -> None:
    _is_refused_in_a_line(manage(tmp_path, {**mode, name: given}, "check"), said)


@pytest.mark.parametrize("given", ["qanary", "mysql://owner:qanary@db/im", "postgresql://owner:qanary/ss@db/im"])
@pytest.mark.parametrize("command", ["setup", "migrate"])
def test_an_owner_s_address_that_cannot_be_is_refused_in_one_line_without_it(
    command: str, given: str, tmp_path: Path
) -> None:
    ran = manage(tmp_path, {**SERVER, "MIGRATE_DATABASE_URL": given}, command)

    _is_refused_in_a_line(ran, "MIGRATE_DATABASE_URL must be like postgresql://")


@pytest.mark.parametrize("command", ["outbox", "verify_ledger"])
def test_a_command_before_setup_says_what_to_run(command: str, tmp_path: Path) -> None:
    _is_refused_in_a_line(manage(tmp_path, DEMO, command), "has `setup` run?")


def _is_refused_in_a_line(ran: subprocess.CompletedProcess[str], said: str) -> None:
    assert (ran.returncode, ran.stderr.count("\n")) == (1, 1)
    assert said in ran.stderr
    assert "qanary" not in ran.stderr


def test_secrets_are_made_once_by_processes_that_start_together_and_are_private(tmp_path: Path) -> None:
    program = "import imsupport.settings as s; print(s.SECRET_KEY, s.SEALING_KEYS, s.RECEIPT_KEYS)"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=environment(tmp_path / "data", EMBEDDED),
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]

    said = {process.communicate(timeout=60)[0] for process in started}

    folder = tmp_path / "data" / "secrets"
    assert len(said) == 1
    assert len(next(iter(said)).split()) == 3
    assert sorted(path.name for path in folder.iterdir()) == ["receipt-keys", "sealing-keys", "secret-key"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_server_mode_makes_no_secret_by_itself(tmp_path: Path) -> None:
    read_settings(tmp_path, SERVER)

    assert not (tmp_path / "secrets").exists()


def test_cookies_are_bound_to_the_host_where_the_address_is_https(tmp_path: Path) -> None:
    say = "s.CONSENT_COOKIE, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_NAME, s.APP_COOKIE, s.SESSION_COOKIE_SECURE"

    secure, plain = (read_settings(tmp_path, given, say).stdout for given in (EMBEDDED, DEMO))

    assert secure.count("__Host-") == 4
    assert "True" in secure
    assert "__Host-" not in plain


@pytest.mark.parametrize("name", ["SEALING_KEYS", "RECEIPT_KEYS"])
@pytest.mark.parametrize("ring", ["k1:qanary", "qanary" * 9, "k1:" + "A" * 22, ",", RING + ",k2:qanary"])
def test_a_key_ring_that_cannot_be_read_is_refused_without_telling_it(name: str, ring: str, tmp_path: Path) -> None:
    read = read_settings(tmp_path, {**SERVER, name: ring})

    said = read.stderr.splitlines()[-1]
    assert said.endswith(f"{name} must be id:key,id:key, newest first, each key 32 bytes in base64url"), read.stdout
    assert "qanary" not in read.stderr.rsplit("ImproperlyConfigured", 1)[1]


def test_a_secret_given_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("postgresql://other@db/im")

    read = read_settings(tmp_path, {**SERVER, "DATABASE_URL_FILE": str(file)})

    assert read.stderr.splitlines()[-1].endswith("DATABASE_URL and DATABASE_URL_FILE are both set; unset one of them")


@pytest.mark.parametrize(
    ("command", "role"), [("setup", "owner"), ("migrate", "owner"), ("doctor", "app"), ("check", "app")]
)
def test_the_owner_s_address_is_for_migrating_alone(command: str, role: str, tmp_path: Path) -> None:
    program = f"import sys; sys.argv = ['manage.py', {command!r}]; import imsupport.settings as s; "
    program += "print(s.DATABASES['default']['USER'])"
    given = environment(tmp_path, {**SERVER, "MIGRATE_DATABASE_URL": "postgresql://owner@db/im"})

    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=given, capture_output=True, text=True, check=False
    )

    assert ran.stdout == f"{role}\n", ran.stderr


@pytest.mark.parametrize("mark", ["demo", "demo-password"])
def test_a_demo_s_folder_serves_nothing_but_the_demo(mark: str, tmp_path: Path) -> None:
    (tmp_path / mark).touch()

    read = read_settings(tmp_path, EMBEDDED)

    assert read_settings(tmp_path, DEMO).returncode == 0
    assert read.stderr.splitlines()[-1].endswith(f"{tmp_path} holds a demo; take another DATA_DIR"), read.stdout


def test_a_password_of_digits_alone_is_refused() -> None:
    with pytest.raises(ValidationError, match="entirely numeric"):
        validate_password("839201746512093")


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        ("", []),
        ("phone, email", ["email", "phone"]),
        ("all", sorted(OPTIONAL)),
        (",".join(sorted(OPTIONAL)), sorted(OPTIONAL)),
    ],
)
def test_the_identifiers_to_leave_out_are_named_one_by_one_or_all(given: str, kinds: list[str], tmp_path: Path) -> None:
    environment = {**DEMO, "STRIP_IDENTIFIERS": given} if given else DEMO

    read = read_settings(tmp_path, environment, "','.join(sorted(s.STRIP_IDENTIFIERS))")

    assert read.stdout.strip() == ",".join(kinds), read.stderr


@pytest.mark.parametrize("given", ["card", "emails", "all,phones"])
def test_an_identifier_that_nobody_can_choose_is_refused(given: str, tmp_path: Path) -> None:
    read = read_settings(tmp_path, {**DEMO, "STRIP_IDENTIFIERS": given})

    assert read.stderr.splitlines()[-1].endswith(
        "STRIP_IDENTIFIERS must be all, or some of address, email, iban, ip, national_id, phone, signature"
    )
