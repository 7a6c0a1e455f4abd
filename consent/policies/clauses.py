"""Which clause of a policy text speaks of a purpose, by the anchors of its page."""

from consent.purposes import AnyPurpose, Purpose, is_disclosing

_OF_VERSION: dict[int, dict[Purpose, str]] = {
    1: {
        Purpose.AGREEMENT: "c0-2",
        Purpose.PROVIDE: "c3-3",
        Purpose.MAIL: "c3-3",
        Purpose.SECURITY: "c3-4",
        Purpose.IDENTITY: "c3-4",
        Purpose.IMPROVE: "c3-5",
        Purpose.DEVELOP: "c3-6",
        Purpose.USAGE: "c3-7",
        Purpose.PERSONALISE: "c3-7",
        Purpose.UPGRADE: "c3-8",
        Purpose.CRASH: "c3-9",
        Purpose.DISCLOSE: "c6-2",
        Purpose.PROOF: "c7-2",
        Purpose.RIGHTS: "c7-2",
    }
}
"""Of the founding text. A bullet that joins two purposes stands for both."""


def clause_of(purpose: AnyPurpose, version: int) -> str:
    """Return the anchor of the clause, or an empty text where the version names none for the purpose."""
    named = Purpose.DISCLOSE if is_disclosing(purpose) else Purpose(purpose)
    return _OF_VERSION.get(version, {}).get(named, "")
