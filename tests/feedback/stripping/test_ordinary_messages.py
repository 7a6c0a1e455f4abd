import json
from pathlib import Path

from feedback.stripping import strip

ORDINARY = Path(__file__).parents[3] / "bench" / "stripping" / "ordinary.jsonl"
MOST_ALTERED = 2
"""Of 2,000; today it is one, about a sticker. Never raise it for a new term: bind the term, or protect the phrase."""


def test_hardly_an_ordinary_message_is_altered() -> None:
    rows = [json.loads(line) for line in ORDINARY.read_text("utf-8").splitlines()]
    altered = []
    for row in rows:
        words = strip(row["text"])
        if words.text != row["text"]:
            why = ", ".join(f"{span.category}: {span.term!r}, rule {span.rule!r}" for span in words.spans)
            altered.append(f"{row['id']} ({row['lang']}): {why}")

    assert len(rows) == 2000
    assert len(altered) <= MOST_ALTERED, "\n".join(
        [f"{len(altered)} altered, {MOST_ALTERED} allowed; the term, or a rule, is too eager:", *altered]
    )
