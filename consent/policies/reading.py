"""A policy text as a page: headings with anchors, and paragraphs; the words stay as they are."""

import re
from dataclasses import dataclass, field

# "1. Definitions", "3. Purpose for Using Your Information"
_HEADING = re.compile(r"^(\d+)\. (\S.*)$")
# "• 2.1 Personal Information", "  • 2.2 Non-personal Information"
_CLAUSE = re.compile(r"^\s*•\s*(\d+\.\d+) (.*)$")


@dataclass
class Section:
    """A numbered part; the preamble has number and title empty."""

    number: str
    title: str
    paragraphs: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of anchor and text."""


def sections_of(body: str) -> list[Section]:
    """Return the sections in order; every paragraph has an anchor that later versions of the page keep."""
    lines = [line for line in body.splitlines() if line.strip()]
    found = [Section("", "")]
    for line in lines[1:]:
        heading = _HEADING.match(line)
        if heading:
            found.append(Section(heading[1], heading[2]))
            continue
        section = found[-1]
        clause = _CLAUSE.match(line)
        anchor = f"c{clause[1]}" if clause else f"c{section.number or 0}-{len(section.paragraphs) + 1}"
        section.paragraphs.append((anchor, line.strip()))
    return found
