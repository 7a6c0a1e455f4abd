"""How much is left out: counted where words and files are first kept."""

from collections import Counter
from collections.abc import Iterable

from feedback.intake.uploads import CheckedFile
from feedback.stripping import StrippedText
from feedback.tickets.strip_counts import Strips, count_strips
from feedback.tickets.words import categories_of


def count_left_out(channel: str, texts: Iterable[StrippedText | None], files: Iterable[CheckedFile] = ()) -> None:
    """Add what is left out of words and files, and what their writer kept, to the day's counts."""
    written = [words for words in texts if words]
    cut = Counter([*categories_of(*written), *(category for file in files for category in file.left_out)])
    released = Counter(str(mark.category) for words in written for mark in words.marks if mark.released)
    found = {category: Strips(cut[category], released[category]) for category in cut | released}
    count_strips(found, channel=channel, text=" ".join(words.text for words in written))
