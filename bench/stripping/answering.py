"""How every side is run: lines of JSON in, for each its spans and the text without them out, then what it took.

Imported by both environments, so it needs nothing but the standard library.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
Range = tuple[int, int]
Side = Callable[[str], tuple[list[Range], str]]


@dataclass(frozen=True)
class Answer:
    """The spans that a side found in a text, in code points, and what it left of the text."""

    spans: list[Range]
    text: str


@dataclass(frozen=True)
class Run:
    """The answers in order, the seconds of CPU that they took, and the most memory that the process held."""

    answers: list[Answer]
    seconds: float
    peak_mb: float


def ask(python: Path, module: str, side: str, texts: Iterable[str]) -> Run:
    """Run a side in a process of its own."""
    given = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    command = [str(python), "-W", "ignore", "-m", module, side]
    done = subprocess.run(command, cwd=ROOT, input=given, check=True, stdout=subprocess.PIPE, text=True)
    *lines, last = map(json.loads, done.stdout.splitlines())
    return Run([Answer([(start, end) for start, end in row["spans"]], row["text"]) for row in lines], **last)


def answer(side: Side) -> None:
    """Answer each line of standard input; the first text is done twice, so that loading is not counted."""
    texts = [json.loads(line)["text"] for line in sys.stdin]
    side(texts[0])
    seconds = 0.0
    for text in texts:
        before = time.process_time()
        spans, left = side(text)
        seconds += time.process_time() - before
        print(json.dumps({"spans": spans, "text": left}))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(json.dumps({"seconds": seconds, "peak_mb": peak / 1e6}))


def without(text: str, spans: Iterable[Range]) -> str:
    """Return a text without its spans, which may overlap."""
    left, at = "", 0
    for start, end in sorted(spans):
        left += text[at : max(at, start)]
        at = max(at, end)
    return left + text[at:]
