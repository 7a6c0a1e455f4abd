"""The yardstick: a one-file Django app without middleware, one row in one transaction; nothing can be much faster."""

import os

import django
from django.conf import settings

_NAME = os.environ["BARE_DATABASE"]
_POSTGRESQL = {
    "ENGINE": "django.db.backends.postgresql",
    "NAME": _NAME,
    "USER": os.environ.get("BARE_USER", "postgres"),
    "HOST": "127.0.0.1",
    "PORT": os.environ.get("BARE_PORT", "5432"),
    "CONN_MAX_AGE": 600,
}
_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": _NAME,
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-1000;",
    },
}
_IS_POSTGRESQL = "BARE_PORT" in os.environ
_FORM = (
    "<!doctype html><title>Contact</title><form method=post><input name=email value='{{ email }}'><input name=subject>"
    "<textarea name=body></textarea><select name=kind>{% for k in kinds %}<option>{{ k }}</option>{% endfor %}</select>"
    "<input type=hidden name=t value={{ t }}><button>Send</button></form>"
)
settings.configure(
    DEBUG=False,
    SECRET_KEY="x" * 50,
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF="bench.bare",
    MIDDLEWARE=[],
    INSTALLED_APPS=[],
    USE_TZ=True,
    DATABASES={"default": _POSTGRESQL if _IS_POSTGRESQL else _SQLITE},
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", {"form.html": _FORM})]},
        }
    ],
)
django.setup()

from django.core.exceptions import ValidationError  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.core.validators import validate_email  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest  # noqa: E402
from django.template.loader import get_template  # noqa: E402
from django.urls import path  # noqa: E402

KINDS = ("question", "bug", "idea", "other")
_NOW = "now()" if _IS_POSTGRESQL else "datetime('now')"


def create_table() -> None:
    """Make the one table, empty."""
    key = "bigserial primary key" if _IS_POSTGRESQL else "integer primary key"
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists ticket")
        cursor.execute(
            f"create table ticket (id {key}, title text, email text, body text, kind text,"
            " status smallint, created text)"
        )


def submit(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return HttpResponse(get_template("form.html").render({"kinds": KINDS, "email": "", "t": "x"}))
    post = request.POST
    email, subject, body, kind = (post.get(name, "") for name in ("email", "subject", "body", "kind"))
    try:
        validate_email(email)
        if not 0 < len(subject) <= 200 or not 0 < len(body) <= 10_000 or kind not in KINDS:
            raise ValidationError("bad")
    except ValidationError:
        return HttpResponseBadRequest("bad")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"insert into ticket(title,email,body,kind,status,created) values(%s,%s,%s,%s,1,{_NOW}) returning id",
            (subject, email, body, kind),
        )
        number = cursor.fetchone()[0]
    return HttpResponse(f"thanks {number}", status=201)


urlpatterns = [path("submit/", submit)]
application = WSGIHandler()
