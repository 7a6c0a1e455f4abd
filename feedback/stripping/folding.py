"""Writes a text as the word lists are written (case, accents, width, script variants), with a map of offsets."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# Marks over Latin, Greek, Cyrillic and Arabic letters go; Indic vowel signs are letters and stay.
_LAST_FOLDED_MARK = 0x06ED
_ARABIC_VARIANTS = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": "", "ی": "ي", "ک": "ك"}
_LATIN_VARIANTS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"}
_NUKTA = "\u093c"


def _fold_character(character: str) -> str:
    if character in "’‘ʼ´":
        return "'"
    if unicodedata.category(character) == "Cf":
        return ""
    if character.isdecimal():
        return str(unicodedata.digit(character))
    folded = unicodedata.normalize("NFKD", character).casefold()
    letters = (
        _ARABIC_VARIANTS.get(letter, _LATIN_VARIANTS.get(letter, letter))
        for letter in unicodedata.normalize("NFKD", folded)
        if not _is_dropped(letter)
    )
    return "".join(letters)


def _is_dropped(letter: str) -> bool:
    if letter == _NUKTA:
        return True
    return unicodedata.category(letter) == "Mn" and ord(letter) <= _LAST_FOLDED_MARK


class _Folds(dict[int, str]):
    """The folded form of each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


_FOLDS = _Folds()


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `origins[i]` is the offset of the character that `text[i]` came from, None for the same."""

    text: str
    origins: Sequence[int] | None = None

    def start_of(self, index: int) -> int:
        """Return the offset in the original of a folded character."""
        return index if self.origins is None else self.origins[index]

    def end_of(self, index: int) -> int:
        """Return the offset in the original just behind the folded character before `index`."""
        return index if self.origins is None else self.origins[index - 1] + 1


def fold(text: str) -> Folded:
    """Fold a text; its offsets can be traced back to the original whatever was dropped or spelled out."""
    if text.isascii():
        return Folded(text.lower())
    folded = text.translate(_FOLDS)
    if len(folded) == len(text) and "" not in {_FOLDS[code] for code in map(ord, set(text))}:
        return Folded(folded)
    origins = [index for index, character in enumerate(text) for _ in _FOLDS[ord(character)]]
    return Folded(folded, origins)


def fold_word(word: str) -> str:
    """Fold an entry of a word list."""
    return fold(unicodedata.normalize("NFC", word)).text
