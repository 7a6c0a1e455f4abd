"""Rooms are known where they must be: task rooms to Celery, models to their face, tasks to the beat table."""

import ast
import re
from importlib import import_module
from pathlib import Path

from django.apps import apps

from imsupport.celery import TASK_ROOMS, app
from imsupport.checks import tasks
from tests.architecture.source import ROOT, imports, modules, named, tree_of


def _rooms_with(file_name: str) -> set[str]:
    files = (path for path in modules("consent", "feedback") if path.name == file_name)
    return {named(path.parent).replace("/", ".") for path in files if len(path.relative_to(ROOT).parts) > 2}


def test_every_room_with_tasks_is_on_the_list_of_celery() -> None:
    assert _rooms_with("tasks.py") == set(TASK_ROOMS)
    assert set(app.conf.include) == {f"{room}.tasks" for room in TASK_ROOMS}


def test_every_model_of_a_room_is_in_its_face() -> None:
    for label in ("consent", "feedback"):
        face = import_module(f"{label}.models")
        defined = {
            node.name
            for room in _rooms_with("models.py")
            if room.startswith(f"{label}.")
            for node in ast.walk(tree_of(ROOT / room.replace(".", "/") / "models.py"))
            if isinstance(node, ast.ClassDef) and _is_table(room, node.name)
        }

        assert set(face.__all__) == defined
        assert {model.__name__ for model in apps.get_app_config(label).get_models()} == defined


def test_every_entry_of_the_beat_table_names_a_task() -> None:
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert scheduled <= set(tasks())


def test_every_task_is_in_the_beat_table_or_sent_from_somewhere() -> None:
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    sent = {name for path in modules() for name in re.findall(r'send_task\(\s*"([^"]+)"', path.read_text("utf-8"))}

    assert set(tasks()) <= scheduled | sent
    assert sent <= set(tasks())


def test_a_face_is_imported_by_nobody() -> None:
    for path in modules():
        faces = {name for name in imports(path) if re.fullmatch(r"(consent|feedback)\.models\.\w+", name)}
        assert faces == set(), named(path)


def test_every_app_room_of_a_url_table_names_itself() -> None:
    for path in [path for path in modules("consent", "feedback") if path.name == "urls.py"]:
        assert import_module(_dotted(path)).app_name == path.parent.name


def _dotted(path: Path) -> str:
    return named(path).removesuffix(".py").replace("/", ".")


def _is_table(room: str, name: str) -> bool:
    found = getattr(import_module(f"{room}.models"), name, None)
    meta = getattr(found, "_meta", None)
    return meta is not None and not meta.abstract
