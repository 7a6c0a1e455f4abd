"""What may stand only in one place: transactions, mail, the environment, imports."""

import ast
from pathlib import Path

from tests.architecture.source import FIRST_PARTY, ROOT, functions, imported, imports, modules, named, tree_of

MAY_BE_ATOMIC = {"actions.py", "tasks.py", "delivery.py"}
FOR_FIGURES_ONLY = {"feedback/management/demo_bulk.py"}
"""Fills a queue with 50,000 tickets for measuring; no room, and never part of a running instance."""
MAY_READ_THE_ENVIRONMENT = {"imsupport/env.py", "imsupport/up.py"}
MAY_NAME_THE_SETTINGS = {"imsupport/celery.py", "imsupport/wsgi.py", "manage.py"}


def test_transactions_stand_in_actions_tasks_and_delivery_only() -> None:
    begun = {
        named(path)
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in ("atomic", "set_autocommit", "savepoint")
    }

    assert {name for name in begun if Path(name).name not in MAY_BE_ATOMIC} == FOR_FIGURES_ONLY
    assert not any(name.startswith("django.db.transaction.") for path in modules() for name in imports(path))


def test_only_the_delivery_knows_how_to_send_mail() -> None:
    senders = [
        named(path)
        for path in modules()
        if any(name.startswith(("django.core.mail", "smtplib")) for name in imports(path))
    ]

    assert senders == ["feedback/outbox/delivery.py"]


def test_no_import_of_ours_hides_inside_a_function() -> None:
    hidden = [
        f"{named(path)}: {name}"
        for path in modules()
        for function in functions(path)
        for node in ast.walk(function)
        for name in imported(node)
        if name.split(".")[0] in FIRST_PARTY
    ]

    assert hidden == []


def test_the_environment_is_read_in_one_place_and_by_the_runner() -> None:
    readers = set()
    for path in [*modules(), ROOT / "manage.py"]:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Attribute) and node.attr in ("environ", "environb", "getenv"):
                readers.add(named(path))

    assert readers - MAY_NAME_THE_SETTINGS == MAY_READ_THE_ENVIRONMENT
    for name in sorted(MAY_NAME_THE_SETTINGS):
        assert (ROOT / name).read_text("utf-8").count("os.environ") == 1
        assert 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imsupport.settings")' in (ROOT / name).read_text()


def test_the_frameworks_admin_is_imported_nowhere() -> None:
    users = [named(path) for path in modules() if any("contrib.admin" in name for name in imports(path))]

    assert users == []
    assert "contrib.admin" not in (ROOT / "imsupport/settings.py").read_text("utf-8")


def test_no_signal_changes_what_an_action_wrote() -> None:
    listeners = [named(path) for path in modules() if any("signals" in name for name in imports(path))]

    assert listeners == ["imsupport/apps.py"]
