import pytest

from feedback.tickets import counts
from feedback.tickets.counts import fold_counts
from feedback.tickets.models import QueueChange, QueueCount
from feedback.tickets.tasks import fold_counts as fold_task


def _change(state: str, by: int, team_id: int = 0, assignee_id: int = 0) -> None:
    QueueChange.objects.create(state=state, team_id=team_id, assignee_id=assignee_id, change=by)


def _counts() -> dict[tuple[str, int, int], int]:
    return {(row.state, row.team_id, row.assignee_id): row.tickets for row in QueueCount.objects.all()}


def test_changes_become_counts_and_are_gone() -> None:
    for state, by in (("new", 1), ("new", 1), ("new", -1), ("open", 1)):
        _change(state, by)
    _change("open", 1, team_id=3, assignee_id=4)

    assert fold_counts() == 5
    assert _counts() == {("new", 0, 0): 1, ("open", 0, 0): 1, ("open", 3, 4): 1}
    assert not QueueChange.objects.exists()


def test_folding_twice_changes_nothing() -> None:
    _change("new", 1)
    fold_counts()

    assert fold_counts() == 0
    assert _counts() == {("new", 0, 0): 1}


def test_later_changes_add_to_what_was_folded() -> None:
    _change("new", 1)
    fold_counts()
    _change("new", 1)
    _change("new", -1)
    _change("new", 1)
    fold_counts()

    assert _counts() == {("new", 0, 0): 2}


def test_the_task_folds_batch_after_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "BATCH", 2)
    monkeypatch.setattr("feedback.tickets.tasks.BATCH", 2)
    for _ in range(5):
        _change("new", 1)

    fold_task()

    assert _counts() == {("new", 0, 0): 5}
