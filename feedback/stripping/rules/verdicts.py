"""What a rule says of a term, and what several rules share."""

from dataclasses import dataclass

from feedback.stripping.clauses import words
from feedback.stripping.rules.clause import Clause
from feedback.stripping.rules.persons import ARTICLES, FILLERS, KIN, PERSON_NOUNS, WRITER

NEAR = 7
"""A relation further in front of a term than this many words is about something else."""
OWN = words("i i've me my mine our saya kami aku gue")
_CUSTOMERS = PERSON_NOUNS | words(
    "customer user subscriber caller host listener member fan parent mum mom dad family household fella fellow chap"
    " gal granny grandma grandad pensioner couple"
)
_HERE = words("here hier aquí aqui ici sini")
_STANDING = (
    _CUSTOMERS | _HERE | words("over di nutzer nutzerin kunde kundin usuario usuaria cliente utilisateur usuária")
)
_ONE = words("a an one your")
_GIVEN_NAMES = words("christian christiane faith israel german roman jesús maría magdalena")
_TWO = words("both two beide zwei deux dos dois duas ambos ambas")
_ONE_SEX = words(
    "women men girls blokes guys lads ladies gals females males frauen männer mädels kerle femmes hommes filles mecs"
    " meufs mujeres hombres chicas chicos mulheres homens"
)
_PARTNERS = words(
    "wife husband girlfriend boyfriend gf bf partner fiancé fiancée fiance spouse hubby wifey missus frau mann freundin"
    " freund partnerin femme mari copine copain meuf mec compagne compagnon mujer marido novia novio esposa esposo"
    " pareja namorada namorado companheira companheiro noiva noivo"
)
_I = words("i me ich moi yo eu mir")
_PORTRAYED = words(
    "widowed widow widower married divorced single retired pensioner male female nonbinary disabled unemployed"
    " housebound viuda viudo casada casado soltera soltero divorciada divorciado jubilada jubilado viúva viúvo casada"
    " solteira solteiro aposentada aposentado veuve veuf mariée divorcée retraité retraitée célibataire verwitwet witwe"
    " witwer rentner rentnerin verheiratet geschieden janda duda pensiunan"
)
_SIGNED = words("signed yours sincerely regards cheers thanks faithfully love respectfully ta xx")
_GREETED = words("hello hi hiya hey greetings thanks thank cheers regards love kudos compliments")
_SENT_FROM = words("in from here who at with and over living") | _CUSTOMERS
"""What may stand behind the one who sends a greeting."""
_APPOSED = ARTICLES | words("who who's whose that que qui der die yang")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The rule that held, and the indices of the first word of the statement and, where the rule knows it, the last."""

    rule: str
    first: int
    last: int | None = None


def in_brackets(clause: Clause) -> Verdict | None:
    """Find that a piece is only what the one just named is: "I (HIV+) need", "my parents, both deaf, use"."""
    said, front = clause.before.words, clause.front
    is_named = 1 <= len(said) <= 3 and said[-1] in KIN | WRITER and not clause.before.lead
    is_bare = not clause.rest and FILLERS.issuperset(front) and not clause.before.is_quoted
    is_called = clause.term.text in _GIVEN_NAMES and all(clause.is_name)
    return Verdict("apposition", 0) if is_named and is_bare and not is_called else None


def as_apposition(clause: Clause, reach: int = 3) -> Verdict | None:
    """Find that a piece tells who the person just named is: "my dad, a lifelong Labour man, ..."."""
    said = clause.before.words
    is_named = bool(said) and (said[-1] in KIN | WRITER or (len(said) <= 6 and not KIN.isdisjoint(said[-4:-1])))
    is_apposed = clause.names[0] in _APPOSED and clause.at <= reach and is_named
    return Verdict("apposition", 0) if is_apposed else None


def is_of_two(clause: Clause) -> bool:
    """Say whether the term is only that two are of one sex, which tells nothing unless they are a couple."""
    names = clause.names
    return clause.term.strength == "weak" and names[clause.at] in _TWO and names[clause.behind - 1] in _ONE_SEX


def as_couple(clause: Clause) -> Verdict | None:
    """Find that a couple is of one sex: "my wife and I (two women)"."""
    said = clause.before.words
    is_couple = not _PARTNERS.isdisjoint(said[-6:])
    is_couple = is_couple or (len(said) == 1 and said[0] in _I and clause.before.persons and not clause.rest)
    return Verdict("apposition", 0) if clause.at <= 2 and len(clause.rest) <= 2 and is_couple else None


def as_self_portrait(clause: Clause) -> Verdict | None:
    """Find that a word is one of several by which a writer tells who writes: "Widowed, Methodist, 81"."""
    said = clause.before.words
    is_alone = len(said) <= 2 and len(clause.front) + len(clause.rest) <= 1 and not clause.before.is_quoted
    is_age = len(said) == 1 and len(said[0]) == 2 and said[0].isdigit() and said[0] > "12"
    is_portrait = (
        bool(said) and (is_age or said[0] in _PORTRAYED) and clause.before.lead in {"", "and", "y", "et", "und"}
    )
    return Verdict("list", 0) if is_alone and is_portrait else None


def as_sender(clause: Clause) -> Verdict | None:
    """Find that a greeting or its end tells who sends it: "hello from an old communist", "Yours, a lapsed Mormon"."""
    front, said = clause.front, clause.before.words
    if clause.before.is_quoted or len(clause.rest) > 3 or (clause.rest and clause.rest[0] not in _SENT_FROM):
        return None
    signed = 1 <= len(said) <= 3 and said[0] in _SIGNED
    if signed and clause.names[0] in _ONE | {"from"} and clause.at <= 4:
        return Verdict("fragment", 0)
    is_greeting = bool(front) and front[0] in _GREETED | _SIGNED and len(front) <= 6
    sender = front.index("from") if is_greeting and "from" in front[:3] else None
    return Verdict("as", sender) if sender is not None and front[sender + 1 : sender + 2] else None


def as_greeting(clause: Clause) -> Verdict | None:
    """Find that a writer says in passing who writes: "blind user here", "thanks from a deaf customer"."""
    front, rest = clause.front, clause.rest
    if clause.before.is_quoted:
        return None
    here = next((index for index, name in enumerate(rest[:3]) if name in _HERE), None)
    if here is not None and rest[0] in _STANDING and clause.at <= 2 and FILLERS.issuperset(front):
        return Verdict("fragment", 0, clause.behind + here)
    signed = next((at for at in range(len(front) - 2, max(-1, len(front) - 7), -1) if front[at] == "from"), None)
    is_signed = signed is not None and front[signed + 1] in _ONE and bool(rest) and rest[0] in _CUSTOMERS
    is_short = len(rest) <= 3 and rest[1:2] in ([], ["in"])
    return Verdict("as", signed) if signed is not None and is_signed and is_short else None
