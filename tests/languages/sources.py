"""What people read of the house, from its source: every text of their pages and mails that is marked to be translated.

Staff's pages are English, so what only they show is left out: whatever stands on `base.html`, and the rooms below.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from imsupport.languages import words_of_template

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
STAFFS_TEMPLATES = ("desk/", "dashboards/", "accounts/", "house/", "outbox/", "base.html", "_error_summary.html")
DEMOS_TEMPLATES = ("portal/demo_app.html",)
STAFFS_MODULES = ("feedback/desk/", "feedback/dashboards/", "imsupport/", "consent/centre/forms.py")
# Of these modules people read some names alone, or all but some.
PEOPLES_NAMES = {"feedback/desk/actions.py": {"ask_what_they_need"}, "feedback/tickets/models.py": {"Topic"}}
STAFFS_NAMES = {"feedback/intake/words.py": {"SIGNS", "NETWORKS"}}
_MARKS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "ngettext": 2, "ngettext_lazy": 2}

Words = tuple[str, str | None]
"""A text, and its plural if it has one."""


def peoples_words() -> dict[Words, str]:
    """Return every text that people read, in the order of the files, each with the file where it stands first."""
    found: dict[Words, str] = {}
    for name in peoples_templates():
        for words in words_of_template(name):
            found.setdefault(words, f"templates/{name}")
    for name in _peoples_modules():
        for words in _words_of_module(name):
            found.setdefault(words, name)
    return found


def peoples_templates() -> list[str]:
    """Return the templates of people's pages and mails, by their names."""
    names = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file())
    return [name for name in names if not name.startswith(STAFFS_TEMPLATES + DEMOS_TEMPLATES) and not _is_staffs(name)]


def _is_staffs(name: str) -> bool:
    return '{% extends "base.html" %}' in (TEMPLATES / name).read_text()


def _peoples_modules() -> list[str]:
    paths = [path for folder in ("consent", "feedback", "imsupport") for path in (ROOT / folder).rglob("*.py")]
    names = sorted(str(path.relative_to(ROOT)) for path in paths)
    return [name for name in names if name in PEOPLES_NAMES or not name.startswith(STAFFS_MODULES)]


def _words_of_module(name: str) -> Iterator[Words]:
    for part in ast.parse((ROOT / name).read_text()).body:
        for node in _of_people(part, name):
            yield from (words for call in ast.walk(node) if (words := _marked(call)))


def _of_people(part: ast.stmt, module: str) -> Iterator[ast.AST]:
    """Yield of a statement what people read; where a module names them, its parts and those of its classes."""
    if module not in PEOPLES_NAMES:
        if not _names(part) & STAFFS_NAMES.get(module, set()):
            yield part
        return
    for node in ast.walk(part):
        if getattr(node, "name", "") in PEOPLES_NAMES[module]:
            yield node


def _names(part: ast.stmt) -> set[str]:
    targets = part.targets if isinstance(part, ast.Assign) else [part.target] if isinstance(part, ast.AnnAssign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _marked(node: ast.AST) -> Words | None:
    if not isinstance(node, ast.Call):
        return None
    called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    texts = [ast.literal_eval(argument) for argument in node.args[: _MARKS.get(called, 0)]]
    return (texts[0], texts[1] if len(texts) > 1 else None) if texts else None
