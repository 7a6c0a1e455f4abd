"""The house's own source as syntax trees, for the proofs about its shape."""

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIRST_PARTY = ("imsupport", "consent", "feedback")


@lru_cache(maxsize=512)
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def modules(*folders: str) -> list[Path]:
    """Return the Python files of these folders (all of the product by default), migrations left out."""
    paths = sorted(path for folder in folders or FIRST_PARTY for path in (ROOT / folder).rglob("*.py"))
    return [path for path in paths if "migrations" not in path.parts]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(node: ast.AST) -> Iterator[str]:
    """Yield the dotted names that an import statement brings in, `from a import b` as `a.b`."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (f"{node.module or '.'}.{alias.name}" for alias in node.names)


def imports(path: Path) -> set[str]:
    """Return every dotted name that a file imports, wherever in it."""
    return {name for node in ast.walk(tree_of(path)) for name in imported(node)}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
