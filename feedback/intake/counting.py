"""How much is left out, a day: counted where words and files are first kept."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection

from feedback.intake.uploads import CheckedFile
from feedback.stripping import StrippedText
from feedback.tickets.words import categories_of
from imsupport import clock


def count_left_out(channel: str, texts: Iterable[StrippedText | None], files: Iterable[CheckedFile] = ()) -> None:
    """Add to the day's counts in one statement; they know no ticket and no person."""
    written = [words for words in texts if words]
    cut = Counter([*categories_of(*written), *(category for file in files for category in file.left_out)])
    released = Counter(str(mark.category) for words in written for mark in words.marks if mark.released)
    categories = sorted(cut | released)
    if not categories:
        return
    day = clock.now().date()
    rows = [value for name in categories for value in (day, name, channel, cut[name], released[name])]
    places = ", ".join(["(%s, %s, %s, %s, %s)"] * len(categories))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO feedback_stripcount (day, category, channel, statements, released) VALUES {places}"  # noqa: S608
            " ON CONFLICT (day, category, channel)"
            " DO UPDATE SET statements = feedback_stripcount.statements + excluded.statements,"
            " released = feedback_stripcount.released + excluded.released",
            rows,
        )
