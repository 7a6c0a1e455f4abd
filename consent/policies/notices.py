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
        """A signed value that the page carries and its answer echoes: proof of what was shown."""
        return signing.dumps(self.sha256, salt=_SALT)


def was_shown(notice: Notice, evidence: str) -> bool:
    """Say whether `evidence` was issued by us, within a week, for exactly this notice."""
    try:
        shown: str = signing.loads(evidence, salt=_SALT, max_age=_SHOWN_FOR_SECONDS)
    except signing.BadSignature:
        return False
    return shown == notice.sha256
