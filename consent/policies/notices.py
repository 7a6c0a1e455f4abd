"""What a person is asked to decide on: the exact fragment of the page, its hash, and proof that it was shown."""

import hashlib
from dataclasses import dataclass, field

from django.core import signing

_SALT = "consent.notice"
_SHOWN_FOR_SECONDS = 60 * 60 * 24 * 7


@dataclass(frozen=True)
class Notice:
    """A rendered notice: its bytes are kept once, under their hash, when somebody decides on it."""

    version: int
    language: str
    body: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()

    @property
    def evidence(self) -> str:
        """A signed value that the page carries and its answer echoes: proof of what was shown, in which language."""
        return signing.dumps([self.language, self.sha256], salt=_SALT)


def was_shown(notice: Notice, evidence: str) -> bool:
    """Say whether `evidence` was issued by us, within a week, for exactly this notice."""
    return _shown(evidence) == (notice.language, notice.sha256)


def language_shown(evidence: str) -> str | None:
    """Return the language of the notice that `evidence` was issued for within a week; None when it is not ours."""
    shown = _shown(evidence)
    return shown[0] if shown else None


def _shown(evidence: str) -> tuple[str, str] | None:
    try:
        language, sha256 = signing.loads(evidence, salt=_SALT, max_age=_SHOWN_FOR_SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    return language, sha256
