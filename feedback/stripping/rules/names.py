"""Whether a term is what somebody or something is called."""

from feedback.stripping.categories import Category
from feedback.stripping.clauses import words
from feedback.stripping.rules.clause import Clause, is_kins
from feedback.stripping.rules.persons import KIN, NAMING, OBJECTS, POSSESSIVES

_SICK = words("have has had got condition illness disease disorder syndrome")
_NAMED = words("named titled")
_TITLES = words(
    "mr mrs ms miss mister señor señora sr sra monsieur madame mme herr frau senhor senhora contact contacts contacto"
    " contactos kontakt contato contatos kontak"
)
_NAMING = NAMING | words("plate password passcode passphrase codename filename hostname ssid alias hashtag ticket")
_CALLED = words("s'appelle m'appelle s'appellent llama llamo chama heißt")
_SAVED = words("saved stored listed shows shown appears labelled labeled registered")
_OURS = words("my our a saya kami")


def is_called(clause: Clause) -> bool:
    """Say whether a term is a name, or a part of one."""
    return _is_a_name(clause) or _is_a_contacts(clause) or (clause.first is not None and _is_a_given_name(clause))


def _is_a_name(clause: Clause) -> bool:
    """Say whether the term is what somebody or something is called: "my surname is Black"."""
    front = clause.front[-6:]
    said = next((index for index, name in enumerate(front) if name in _NAMING and index >= len(front) - 3), None)
    said = next((index for index, name in enumerate(front) if name in _NAMED), said)
    is_owned = not POSSESSIVES.isdisjoint(clause.names[max(0, clause.at - 1) : clause.at + 1])
    if clause.is_strong and clause.term.category == Category.HEALTH and not _SICK.isdisjoint(front):
        return False
    return said is not None and not is_owned and OBJECTS.isdisjoint(front[said:])


def _is_a_given_name(clause: Clause) -> bool:
    """Say whether the term is what a relative is called: "my son Christian"."""
    is_kin = clause.previous in KIN and not is_kins(clause.previous)
    return clause.is_name[clause.at] and is_kin and not all(clause.is_name)


def _is_a_contacts(clause: Clause) -> bool:
    """Say whether the term is part of a name, behind a title or a contact: "Ms Sikh-Andersen"."""
    if not clause.is_name[clause.at] or all(clause.is_name):
        return False
    at = clause.at
    while at and clause.is_name[at - 1] and clause.names[at - 1] not in _TITLES | KIN | POSSESSIVES:
        at -= 1
    front = clause.names[max(0, at - 2) : at]
    if front[-1:] == ["as"]:
        return not _SAVED.isdisjoint(clause.front)
    return not (_TITLES | _CALLED).isdisjoint(front[-1:]) or (front[:1] == ["kontak"] and front[1] in _OURS)
