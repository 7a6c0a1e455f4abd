"""The environment of the suite, set before the settings are read. Loaded early, by `-p tests.environment`."""

import os
import secrets
import tempfile
from pathlib import Path

DATA_DIR = Path(os.environ.get("TEST_DATA_DIR") or tempfile.mkdtemp(prefix="im-support-test-"))

_url = os.environ.get("ENGINE_DATABASE_URL", "")
os.environ.update(
    {
        "DEMO": "1",
        "DATA_DIR": str(DATA_DIR),
        "BASE_URL": "http://localhost:8000",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
        "DATABASE_URL": _url,
        "KEYS_DATABASE_URL": os.environ.get("ENGINE_KEYS_DATABASE_URL", ""),
        "REDIS_URL": os.environ.get("ENGINE_REDIS_URL", ""),
        "LOG_LEVEL": "CRITICAL",
    }
)
if _url:
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
    os.environ.setdefault("SEALING_KEYS", f"k1:{secrets.token_urlsafe(32)}")
    os.environ.setdefault("RECEIPT_KEYS", f"k1:{secrets.token_urlsafe(32)}")
for name in ("EMAIL_URL", "OPERATOR_FILE", "METRICS_TOKEN", "HOST", "PORT"):
    os.environ.pop(name, None)
