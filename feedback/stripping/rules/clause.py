"""A term inside a piece of a text, with what its rules ask: who is spoken of, and what stands around it."""

from dataclasses import dataclass
from functools import cached_property

from feedback.stripping.clauses import words
from feedback.stripping.rules.persons import KIN, NOT_NAMES, PERSON_NOUNS, POSSESSIVES, SUBJECTS
from feedback.stripping.word_lists import Term

_STARTS = POSSESSIVES | SUBJECTS | KIN | words("me")
_HINDI_I, _HINDI_AM = words("main mai mein me"), words("hu hun hoon tha thi the")
_ROMANCE = words("es pt fr")
_TO, _BEFORE_TO = words("to tamo tamos"), words("eu e já ja mas pq oi gente q que")
_BEHIND_IS = words("on in back a an been got not still just")
_VERBS_OF_NAMES = words("is has was had suffers got")


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a piece in its sentence.

    lead: the joining word. is_quoted: whether the piece is the start of a quotation. words: the piece before. was_hit:
    whether that one disclosed. persons: whether the sentence has spoken of the writer, or of somebody else, so far.
    """

    lead: str = ""
    is_quoted: bool = False
    words: tuple[str, ...] = ()
    was_hit: bool = False
    persons: bool = False


@dataclass(frozen=True)
class Clause:
    """A piece in words, folded, and the term in it that is judged: from `at` to before `behind`.

    is_name: of each word, whether it is written like a name.
    """

    names: list[str]
    is_name: list[bool]
    at: int
    behind: int
    term: Term
    before: Before

    @property
    def front(self) -> list[str]:
        """The words before the term."""
        return self.names[: self.at]

    @property
    def rest(self) -> list[str]:
        """The words behind the term."""
        return self.names[self.behind :]

    @property
    def previous(self) -> str:
        """The word before the term, or an empty one."""
        return self.names[self.at - 1] if self.at else ""

    @property
    def next(self) -> str:
        """The word behind the term, or an empty one."""
        return self.names[self.behind] if self.behind < len(self.names) else ""

    @property
    def is_strong(self) -> bool:
        return self.term.strength == "strong"

    @property
    def is_owned(self) -> bool:
        """Whether the term is somebody's: "my dialysis", "my husband's minister"."""
        return self.previous in POSSESSIVES or is_kins(self.previous)

    @cached_property
    def first(self) -> int | None:
        """Where the person starts of whom the term is said, if one is named up to it."""
        names, at = self.names, self.at
        found = at if names[at] in _STARTS else self._subject()
        if found == at and at and names[at] in KIN and self.previous in POSSESSIVES:
            found = at - 1
        if found is None and self.term.language in _ROMANCE and "me" in self.front:
            found = names.index("me")
        if names[at] == "being" or (found is None and not _STARTS.isdisjoint(names[at : self.behind])):
            found = at
        return found

    def possessed(self, index: int) -> int:
        """Return where the owner of what stands at `index` stands, or `index` itself."""
        for owner in range(index - 1, max(-1, index - 4), -1):
            if self.names[owner] in POSSESSIVES:
                return owner
        return index

    def _subject(self) -> int | None:
        """Return where the nearest subject starts before the term, else where its owner does."""
        found = self._nearest()
        while found is not None and found > 0 and (self.names[found - 1] in SUBJECTS or self.names[found - 1] in KIN):
            found = self.possessed(found - 1) if self.names[found - 1] in KIN else found - 1
        return found

    def _nearest(self) -> int | None:
        owner = None
        for index in range(self.at - 1, -1, -1):
            name = self.names[index]
            if name in KIN:
                return self.possessed(index)
            if (
                name in SUBJECTS
                or self._is_portuguese_am(index)
                or (name in _HINDI_I and not _HINDI_AM.isdisjoint(self.names))
            ):
                return index
            if self.is_name[index] and self._is_a_named_person(index):
                return index
            if name in POSSESSIVES and owner is None:
                owner = index
        return owner

    def _is_portuguese_am(self, index: int) -> bool:
        """Say whether a word is the "estou" of chats: "to fazendo quimio"."""
        is_first = index == 0 or self.names[index - 1] in _BEFORE_TO
        return self.names[index] in _TO and is_first and self.term.language in _ROMANCE

    def _is_a_named_person(self, index: int) -> bool:
        follows, name = self.names[index + 1 : index + 2], self.names[index]
        if name.endswith("'s") and name.removesuffix("'s") not in NOT_NAMES:
            return bool(follows) and follows[0] in _BEHIND_IS
        return bool(follows) and follows[0] in _VERBS_OF_NAMES and self.names[index] not in NOT_NAMES


def is_kins(name: str) -> bool:
    """Say whether a word is a relative as an owner, or with a verb: "mum's"."""
    return name in KIN and name.endswith("'s")


PERSONS = KIN | SUBJECTS | POSSESSIVES
SOMEBODY = KIN | PERSON_NOUNS
