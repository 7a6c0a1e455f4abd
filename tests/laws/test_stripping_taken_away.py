"""Law 2, proven by its breach: each call that strips is taken out of the product at run time, and something tells."""

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from inspect import unwrap
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from consent.access.actors import SYSTEM
from consent.access.door import Look, read
from consent.access.models import AccessEvent
from consent.ledger.actions import Agreed
from consent.purposes import Purpose
from feedback.stripping import staff_text, strip
from feedback.stripping.texts import by_staff, stripped
from feedback.tickets.files import content_of
from feedback.tickets.models import Attachment, Message, Ticket
from feedback.tickets.references import token_for
from imsupport.accounts.models import User
from tests.architecture.source import functions, modules, named, tree_of

CALLS = {"strip": stripped, "strip_words": stripped, "staff_text": by_staff}
NO_WAY_IN = ("feedback/stripping/", "feedback/management/")
ASKING = ("kept_spans",)
"""What calls it only to say what a writer kept; no text goes on from there."""
DISCLOSURE = "I have schizophrenia"


@dataclass(frozen=True)
class Way:
    """One call that strips: the function that it stands in, and where."""

    path: Path
    function: str
    line: int
    column: int
    called: str

    def __str__(self) -> str:
        return f"{named(self.path)}:{self.line} {self.function}"

    def is_at(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and (node.lineno, node.col_offset) == (self.line, self.column)


def _ways() -> list[Way]:
    """Return every call in the product that strips what somebody typed; our own fixed sentences are none."""
    return [
        Way(path, function.name, node.lineno, node.col_offset, node.func.id)
        for path in modules("feedback")
        if not named(path).startswith(NO_WAY_IN)
        for function in functions(path)
        if function.name not in ASKING
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS
        if not (node.args and _is_our_own(node.args[0]))
    ]


def _is_our_own(words: ast.expr) -> bool:
    """Say whether words are a sentence of the source, with or without a name put into it."""
    sentence = words.left if isinstance(words, ast.BinOp) and isinstance(words.op, ast.Mod) else words
    return isinstance(sentence, ast.Call) and ast.unparse(sentence.func) == "gettext"


def unstripped(raw: str, **_options: Any) -> Any:
    """Take a text for stripped as it is."""
    return stripped(raw, (), ())


def unlooked_at(raw: str, **_options: Any) -> Any:
    """Take staff's words for looked at."""
    return by_staff(raw, ())


class _TakeAway(ast.NodeTransformer):
    def __init__(self, way: Way) -> None:
        self.way = way

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if self.way.is_at(node):
            node.func = ast.copy_location(ast.Name("__taken_away__", ast.Load()), node.func)
        return node


@contextmanager
def _taken_away(way: Way) -> Iterator[None]:
    """Run the function of a way without its call that strips."""
    module = import_module(named(way.path).removesuffix(".py").replace("/", "."))
    tree = _TakeAway(way).visit(ast.parse(way.path.read_text("utf-8")))
    function = unwrap(getattr(module, way.function))
    assert isinstance(function, FunctionType)
    whole = function.__code__
    function.__code__ = _code_of(compile(tree, str(way.path), "exec"), way.function)
    module.__dict__["__taken_away__"] = unlooked_at if way.called == "staff_text" else unstripped
    try:
        yield
    finally:
        function.__code__ = whole
        del module.__dict__["__taken_away__"]


def _code_of(compiled: CodeType, name: str) -> CodeType:
    [found] = [each for each in compiled.co_consts if isinstance(each, CodeType) and each.co_name == name]
    return found


@pytest.fixture
def told(mia: Agreed, ada: User, client_for: Callable[..., Client], settings: Any) -> Callable[[], list[str]]:
    """Go in by every way with a disclosure, and return where it was kept, or not warned of."""
    person, agent = client_for(mia), client_for(ada)

    def go() -> list[str]:
        said = f"Calls drop. {DISCLOSURE}."
        shown = person.post("/feedback/check/", {"message": said}).content.decode()
        files = [
            SimpleUploadedFile("log.txt", f"12:00 start. {DISCLOSURE}.".encode(), "text/plain"),
            SimpleUploadedFile(f"{DISCLOSURE}.txt", b"12:00 start.", "text/plain"),
            SimpleUploadedFile(f"{DISCLOSURE}.txt".replace(" ", "_"), b"12:00 start.", "text/plain"),
        ]
        form = {"message": said, "subject": f"{DISCLOSURE}.", "name": f"{DISCLOSURE}.", "idempotency_key": "k"}
        person.post("/feedback/", {**form, "attachments": files})
        ticket = Ticket.objects.get()
        link = reverse("portal:ticket-reply", args=[token_for(ticket.pk, ticket.token_generation)])
        person.post(link, {"message": f"Still so. {DISCLOSURE}.", "idempotency_key": "r"})
        for act in ("answer", "note"):
            agent.post(
                f"/desk/tickets/{ticket.ref}/{act}/", {"words": f"You said: {DISCLOSURE}.", "idempotency_key": act}
            )
        assert Attachment.objects.count() == len(files)
        kept = [place for place, text in _opened(ticket).items() if "schizo" in text.casefold()]
        return kept + ([] if "This looks like" in shown else ["the check"])

    return go


def _opened(ticket: Ticket) -> dict[str, str]:
    files = list(Attachment.objects.filter(ticket=ticket))
    envelopes = {"subject": ticket.subject, "name": ticket.sender_name, "opening": ticket.opening}
    envelopes |= {f"message {row.pk}": row.text for row in Message.objects.filter(ticket=ticket)}
    envelopes |= {f"file's name {file.pk}": file.name for file in files}
    envelopes |= {f"file {file.pk}": content_of(file) for file in files}
    reading = read(envelopes.values(), look=Look(SYSTEM, Purpose.PROVIDE, AccessEvent.Act.OPENED, "test", ticket.pk))
    return {place: (reading.text(envelope) or "").replace("_", " ") for place, envelope in envelopes.items()}


def test_with_every_call_in_place_nothing_is_kept(told: Callable[[], list[str]]) -> None:
    assert told() == []


@pytest.mark.parametrize("way", _ways(), ids=str)
def test_without_one_call_that_strips_something_tells(way: Way, told: Callable[[], list[str]]) -> None:
    with _taken_away(way):
        assert told() != []


def test_there_is_no_other_way_to_strip() -> None:
    """Who strips calls by these names, so that each call is found above."""
    renamed = [
        f"{named(path)}: {alias.name} as {alias.asname}"
        for path in modules("feedback", "consent", "imsupport")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in CALLS and alias.asname
    ]
    assert renamed == []
    assert strip(DISCLOSURE).spans
    assert staff_text(DISCLOSURE).warnings
