"""Settings, all from the environment. Three modes: demo, embedded (needs no server), server (DATABASE_URL set)."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import dj_email_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from consent.sealing.keys import MalformedRing, parse_ring
from imsupport.env import env, flag, kept, new_ring, new_secret, secret, shaped, writable

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
try:
    DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    writable(DATA_DIR)
except OSError as error:
    raise ImproperlyConfigured(f"nothing can be written in {DATA_DIR}; set DATA_DIR to a folder of yours") from error

# ---- modes: demo, embedded, server; each refuses to start without what it needs and says which
DEMO = flag("DEMO")
DEBUG = False
DATABASE_URL = secret("DATABASE_URL")
IS_SERVER = bool(DATABASE_URL)
REDIS_URL = secret("REDIS_URL")
MODE = "demo" if DEMO else "server" if IS_SERVER else "embedded"
if not DEMO and any((DATA_DIR / mark).exists() for mark in ("demo", "demo-password")):
    raise ImproperlyConfigured(f"{DATA_DIR} holds a demo; take another DATA_DIR")
_refusals: list[str] = []


def _needed(name: str, given: str, modes: tuple[str, ...]) -> str:
    if not given and MODE in modes:
        _refusals.append(name)
    return given


def _secret(name: str, file_name: str, make: Callable[[], str]) -> str:
    given = secret(name)
    if given or IS_SERVER:
        return _needed(name, given, ("demo", "server"))
    return kept(DATA_DIR / "secrets" / file_name, make)


SECRET_KEY = _secret("SECRET_KEY", "secret-key", new_secret)
SEALING_KEYS = _secret("SEALING_KEYS", "sealing-keys", new_ring)
RECEIPT_KEYS = _secret("RECEIPT_KEYS", "receipt-keys", new_ring)
METRICS_TOKEN = secret("METRICS_TOKEN")
BASE_URL = _needed("BASE_URL", env.str("BASE_URL", default=""), ("embedded", "server")) or "http://127.0.0.1:8000"
EMAIL_URL = _needed("EMAIL_URL", secret("EMAIL_URL"), ("embedded", "server"))
if IS_SERVER:
    _needed("KEYS_DATABASE_URL", secret("KEYS_DATABASE_URL"), ("demo", "server"))
    _needed("REDIS_URL", REDIS_URL, ("demo", "server"))
if MODE == "server" and (len(SECRET_KEY) < 32 or "insecure" in SECRET_KEY):
    _refusals.append("SECRET_KEY (too short or a default)")
if _refusals:
    raise ImproperlyConfigured(f"the {MODE} mode needs: {', '.join(_refusals)}")
for _name, _ring in {"SEALING_KEYS": SEALING_KEYS, "RECEIPT_KEYS": RECEIPT_KEYS}.items():
    try:
        parse_ring(_ring)
    except MalformedRing:
        # Not what was wrong with it: that may be a piece of a key.
        _rule = "must be id:key,id:key, newest first, each key 32 bytes in base64url"
        raise ImproperlyConfigured(f"{_name} {_rule}") from None


def _port(url: str) -> int | None:
    return urlsplit(url).port


# Who migrates owns the tables; who serves must not.
_OWNER_URL = secret("MIGRATE_DATABASE_URL") if sys.argv[1:2] in (["setup"], ["migrate"]) else ""
_ENCODED = "with / and : in a password as %2F and %3A"
_POSTGRESQL = (
    r"(?:postgres|postgresql|pgsql)://\S+",
    f"postgresql://user:password@host/name, {_ENCODED}",
    dj_database_url.parse,
)
_URLS: tuple[tuple[str, str, str, str, Callable[[str], object]], ...] = (
    ("BASE_URL", BASE_URL, r"https?://[^\s/?#]+", "https://help.example, without a path", _port),
    ("DATABASE_URL", DATABASE_URL, *_POSTGRESQL),
    ("KEYS_DATABASE_URL", secret("KEYS_DATABASE_URL"), *_POSTGRESQL),
    ("MIGRATE_DATABASE_URL", _OWNER_URL, *_POSTGRESQL),
    ("REDIS_URL", REDIS_URL, r"(?:rediss?|unix)://\S+", "redis://host:6379/0", _port),
    (
        "EMAIL_URL",
        EMAIL_URL,
        r"(?:smtp|smtps|smtp\+\w+|submission|console|file|dummy|memory)://?\S*",
        f"smtp://user:password@host:587/?tls=True, {_ENCODED}",
        dj_email_url.parse,
    ),
)
for _name, _given, _shape, _example, _reader in _URLS:
    shaped(_name, _given, _shape, _example, _reader)
if IS_SERVER and secret("KEYS_DATABASE_URL") == DATABASE_URL:
    raise ImproperlyConfigured("KEYS_DATABASE_URL must name another database than DATABASE_URL")

IS_HTTPS = BASE_URL.startswith("https://")
if not IS_HTTPS and not DEMO:
    raise ImproperlyConfigured("BASE_URL must be https outside the demo")

# ---- hosts and headers
_host = urlsplit(BASE_URL).hostname or "localhost"
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", _host] if DEMO else [_host])
CSRF_TRUSTED_ORIGINS = [BASE_URL]
TRUSTED_PROXIES: list[str] = env.list("TRUSTED_PROXIES", default=[])
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
# Not "no-referrer": browsers then send "Origin: null" with forms, which fails the CSRF check.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # X-Frame-Options: every answer carries frame-ancestors 'none', which all our browsers know
    "security.W005",  # HSTS for subdomains: this address decides for itself alone, never for its neighbours
    "security.W008",  # redirect to https: the proxy in front does it; the application is reached by the proxy alone
    "security.W021",  # HSTS preload: a decision about the whole domain, which is the operator's
]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-staff" if IS_HTTPS else "staff"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "imsupport.views.csrf_failure"
SESSION_COOKIE_AGE = 60 * 60 * 12
CONSENT_COOKIE = "__Host-consent" if IS_HTTPS else "consent"
APP_COOKIE = "__Host-app" if IS_HTTPS else "app"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:", "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# ---- apps
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "crispy_forms",
    "imsupport.accounts.apps.AccountsConfig",
    "consent.apps.ConsentConfig",
    "feedback.apps.FeedbackConfig",
    "imsupport.apps.WiringConfig",
]
MIDDLEWARE = [
    "consent.gate.Gate",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "imsupport.headers.Headers",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "imsupport.languages.Languages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "imsupport.urls"
APPEND_SLASH = False  # the middleware would do it past the gate; a door of its own does
WSGI_APPLICATION = "imsupport.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "imsupport.context.operator",
            ]
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "house"
CRISPY_FAIL_SILENTLY = False

# ---- databases: the house's and, apart from it, the keys'
_SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-1000;",
    },
}
_KEYS_SQLITE = {
    **_SQLITE,
    "OPTIONS": {
        **_SQLITE["OPTIONS"],
        "init_command": _SQLITE["OPTIONS"]["init_command"] + "PRAGMA secure_delete=ON;PRAGMA cache_size=-300;",
    },
}


def _database(url: str, embedded: dict[str, Any], file_name: str) -> dict[str, Any]:
    if not url:
        return {**embedded, "NAME": DATA_DIR / file_name}
    given = dj_database_url.parse(url)
    return {
        **given,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "prepare_threshold": 2,
            "server_side_binding": True,
            "connect_timeout": 5,
            **given.get("OPTIONS", {}),
        },
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }


DATABASES = {
    "default": _database(_OWNER_URL or DATABASE_URL, _SQLITE, "im-support.sqlite3"),
    "keys": _database(secret("KEYS_DATABASE_URL"), _KEYS_SQLITE, "keys.sqlite3"),
}
DATABASE_ROUTERS = ["imsupport.router.KeysApart"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

# ---- tasks and shared counts
BROKER_FILE = DATA_DIR / "broker.sqlite3"
CELERY_BROKER_URL = REDIS_URL or "embedded://localhost"  # imsupport/broker.py
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "imsupport"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        # The outbox row is the truth; these only shorten how long a dead worker's hint takes to come back.
        "visibility_timeout": 60,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": 5,
        "socket_connect_timeout": 5,
    }
    if REDIS_URL
    else {}
)

# ---- staff
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/accounts/login/"
UNDERTAKING_URL = "/accounts/undertaking/"
UNDERTAKING_VERSION = 1
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/accounts/login/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# ---- mail
_mail = dj_email_url.parse(EMAIL_URL) if EMAIL_URL else {}
EMAIL_BACKEND = _mail.get("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_HOST, EMAIL_PORT = _mail.get("EMAIL_HOST", ""), _mail.get("EMAIL_PORT", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_USER", ""), _mail.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 15
EMAIL_FILE_PATH = DATA_DIR / "mail"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"IM Support <support@{_host}>")
SUPPORT_ADDRESS = env.str("SUPPORT_ADDRESS", default=f"support@{_host}")
OPERATOR_FILE = env.str("OPERATOR_FILE", default="")

# ---- files and uploads: kept in memory until sealed
MEDIA_ROOT = DATA_DIR / "media"
UPLOAD_BYTES_MAX = 15 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# ---- words: cards, passwords and one-time codes are always left out; these when the operator asks for them
IDENTIFIERS = frozenset({"email", "phone", "iban", "national_id", "address", "ip", "signature"})
_kinds: list[str] = env.list("STRIP_IDENTIFIERS", default=[])
STRIP_IDENTIFIERS = IDENTIFIERS if _kinds == ["all"] else frozenset(kind.strip() for kind in _kinds)
if not STRIP_IDENTIFIERS <= IDENTIFIERS:
    raise ImproperlyConfigured(f"STRIP_IDENTIFIERS must be all, or some of {', '.join(sorted(IDENTIFIERS))}")

# ---- languages, each by its own name; offered are those whose notice is complete (imsupport/languages.py)
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("hi", "हिन्दी"),
    ("pt", "Português"),
    ("ar", "العربية"),
    ("zh-hans", "中文"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("fr", "Français"),
    ("id", "Bahasa Indonesia"),
]
LANGUAGE_COOKIE = "__Host-language" if IS_HTTPS else "language"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = USE_I18N = True
TIME_ZONE = "UTC"

# ---- logs: types, places and ids, never content, paths or addresses
LOGGING_CONFIG = "imsupport.logs.configure"
_LEVELS = "DEBUG|INFO|WARNING|ERROR|CRITICAL"
LOGGING = {"level": shaped("LOG_LEVEL", env.str("LOG_LEVEL", default="INFO"), _LEVELS, "INFO, WARNING or ERROR")}
