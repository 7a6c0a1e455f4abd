"""Every file is one thought: sizes that a reader can hold."""

from tests.architecture.source import ROOT, functions, modules, named

MOST_LINES = {"templates": ("*.html", 120), "static/css": ("*.css", 250), "static/js": ("*.js", 120)}


def test_a_module_has_400_lines_at_most() -> None:
    paths = [*modules(), *modules("tests", "bench")]

    assert len(paths) > 150
    assert [named(path) for path in paths if path.read_text("utf-8").count("\n") > 400] == []


def test_a_function_has_60_lines_at_most() -> None:
    long = [
        f"{named(path)}: {function.name}"
        for path in [*modules(), *modules("tests", "bench")]
        if "journeys" not in path.parts  # a journey tells one whole story
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno >= 60
    ]

    assert long == []


def test_a_template_sheet_or_script_stays_short() -> None:
    measured = {
        named(path): path.read_text("utf-8").count("\n") - most
        for folder, (kind, most) in MOST_LINES.items()
        for path in (ROOT / folder).rglob(kind)
        if "vendor" not in path.parts
    }

    assert len(measured) > 50
    assert [name for name, over in measured.items() if over > 0] == []


def test_a_package_file_is_empty_but_for_the_face_of_stripping() -> None:
    filled = [named(path) for path in modules() if path.name == "__init__.py" and path.read_text("utf-8")]

    assert filled == ["feedback/stripping/__init__.py"]
