"""Takes out of a text what its writer should not have told us. Pure Python; this is the room's public face."""

from feedback.stripping.by_hand import NotInWords, leave_out
from feedback.stripping.categories import SPECIAL, Category
from feedback.stripping.detection import language_in
from feedback.stripping.engine import prepare, staff_text, strip
from feedback.stripping.texts import (
    Mark,
    Span,
    StaffText,
    StrippedText,
    hardly_anything_left,
    is_little,
    says_nothing,
    written_out,
)

__all__ = [
    "SPECIAL",
    "Category",
    "Mark",
    "NotInWords",
    "Span",
    "StaffText",
    "StrippedText",
    "hardly_anything_left",
    "is_little",
    "language_in",
    "leave_out",
    "prepare",
    "says_nothing",
    "staff_text",
    "strip",
    "written_out",
]
