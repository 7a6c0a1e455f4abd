import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command


def _run(monkeypatch: pytest.MonkeyPatch, given: str, **options: bool) -> list[dict[str, object]]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode("utf-8")), "utf-8"))
    out = io.StringIO()
    call_command("strip", jsonl=True, stdout=out, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_lines_come_back_in_order_with_marks_written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = _run(monkeypatch, '{"id": 2, "text": "I am deaf, add captions."}\n\n{"id": 1, "text": "Fine."}\n')

    assert [row["id"] for row in rows] == [2, 1]
    assert rows[0]["text"] == "[left out: health] add captions."
    assert rows[0]["spans"] == [{"start": 0, "end": 9, "category": "health"}]
    assert rows[1] == {"id": 1, "text": "Fine.", "spans": []}


def test_explaining_names_rule_and_term(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = _run(monkeypatch, '{"id": 1, "text": "I have diabetes."}', explain=True)

    assert rows[0]["spans"] == [{"start": 0, "end": 15, "category": "health", "rule": "strong", "term": "diabetes"}]


def test_identifiers_are_left_out_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    given = '{"id": 1, "text": "Write to mia@example.org"}'

    assert _run(monkeypatch, given)[0]["text"] == "Write to mia@example.org"
    assert _run(monkeypatch, given, identifiers=True)[0]["text"] == "Write to [left out: email]"


@pytest.mark.parametrize("line", ["no json", "[1]", '{"id": 1}', '{"id": 1, "text": 5}', "7"])
def test_a_bad_line_is_named(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    with pytest.raises(CommandError, match="line 2 is not an object with id and text"):
        _run(monkeypatch, '{"id": 1, "text": "Fine."}\n' + line)
