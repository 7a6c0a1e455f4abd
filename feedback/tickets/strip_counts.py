"""How much is left out a day, as managers see it: added to in one statement, without ticket, person or text."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from feedback.stripping import language_in
from imsupport import clock

UNKNOWN_LANGUAGE = "?"


@dataclass(frozen=True)
class Strips:
    """What was left out by the machine, what its writer kept, and what staff left out."""

    statements: int = 0
    released: int = 0
    by_hand: int = 0

    def __add__(self, other: "Strips") -> "Strips":
        return Strips(self.statements + other.statements, self.released + other.released, self.by_hand + other.by_hand)


def count_strips(found: Mapping[str, Strips], *, channel: str, text: str) -> None:
    """Add to the day's counts of each category, and to those of the language that the text around is in."""
    if not found:
        return
    day, language = clock.now().date(), language_in(text) or UNKNOWN_LANGUAGE
    rows = [(category, channel, "", strips) for category, strips in sorted(found.items())]
    rows.append(("", "", language, sum(found.values(), Strips())))
    values = [
        value
        for category, by, of, strips in rows
        for value in (day, category, by, of, strips.statements, strips.released, strips.by_hand)
    ]
    places = ", ".join(["(%s, %s, %s, %s, %s, %s, %s)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO feedback_stripcount"  # noqa: S608  (only placeholders are joined)
            " (day, category, channel, language, statements, released, by_hand)"
            f" VALUES {places} ON CONFLICT (day, category, channel, language)"
            " DO UPDATE SET statements = feedback_stripcount.statements + excluded.statements,"
            " released = feedback_stripcount.released + excluded.released,"
            " by_hand = feedback_stripcount.by_hand + excluded.by_hand",
            values,
        )
