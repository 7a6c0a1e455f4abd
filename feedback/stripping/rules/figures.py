"""Whether a term is only supposed, or stands for something else: "if I were blind", "deaf to us"."""

from feedback.stripping.categories import Category
from feedback.stripping.clauses import words
from feedback.stripping.rules.clause import Clause
from feedback.stripping.rules.persons import FILLERS, HYPOTHETICAL, LINKS, POSSESSIVES, SUBJECTS

_AM_I = ["am", "i"]
_FIGURES = words("blind deaf numb sourd sourde sordo sorda ciego ciega aveugle taub surdo surda cego cega")
_TO = words("to aux à au a ante para für gegenüber")
_TEAMS = words("team teams league tournament match matches")
_COACHING = words("coach coaches coached referee sponsor film cover")
_A_BIT = words("bit little kinda")
_NEARLY = words("frôlé frôle nearly almost hampir nyaris casi failli presque fast beinahe quase")
_SHOCKS = words(
    "l'infarctus d'infarctus l'avc d'avc"
    " heart stroke coronary seizure aneurysm breakdown infarto infarctus crise avc herzinfarkt schlaganfall derrame"
    " serangan stroke ataque épilepsie fainted faint collapsed vomited puked"
)
_SUPPOSING = words("say assume assuming supposing pretend")
_LETS = words("let's lets just now")


def is_supposed(clause: Clause) -> bool:
    """Say whether a piece only supposes what it says; "se" is no supposition within a piece, but Hindi for "from"."""
    names = clause.names
    said = names[1:] if names[0] in _LETS else names
    if said[:1] and said[0] in _SUPPOSING and not (SUBJECTS | POSSESSIVES).isdisjoint(said[1:2]):
        return True
    if (
        clause.before.lead in HYPOTHETICAL
        or names[0] in HYPOTHETICAL
        or names[max(0, clause.at - 2) : clause.at] == _AM_I
    ):
        return True
    return len(names) > 1 and names[1] in HYPOTHETICAL - {"se", "si"}


def is_a_figure(clause: Clause) -> bool:
    """Say whether a sickness stands for a liking or a want of heed: "deaf to us", "bipolar about updates"."""
    if clause.term.category != Category.HEALTH:
        return False
    if clause.next in _TEAMS and not _COACHING.isdisjoint(clause.front):
        return True
    is_heedless = clause.term.text in _FIGURES and clause.next in _TO
    return (
        is_heedless or _is_a_shock(clause) or (clause.next == "about" and clause.previous in LINKS | FILLERS | _A_BIT)
    )


def _is_a_shock(clause: Clause) -> bool:
    """Say whether somebody nearly had what shocks: "casi me da un infarto"."""
    if clause.term.category != Category.HEALTH or _SHOCKS.isdisjoint(clause.names[clause.at : clause.behind]):
        return False
    return not _NEARLY.isdisjoint(clause.front[-4:])
