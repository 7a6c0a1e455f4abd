"""Where in a text a dear pattern can find something at all."""

import re
from collections.abc import Iterator

Window = tuple[int, int]


def windows(sign: re.Pattern[str], text: str, before: int, behind: int) -> Iterator[Window]:
    """Yield the ranges around each place where a sign stands, joined where they meet, in order."""
    start = end = 0
    for found in sign.finditer(text):
        if found.start() - before > end:
            if end:
                yield start, end
            start = found.start() - before
        end = min(len(text), found.end() + behind)
    if end:
        yield max(0, start), end
