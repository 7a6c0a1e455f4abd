"""Whether a piece goes on with the statement before it."""

from collections.abc import Callable

from feedback.stripping.clauses import words
from feedback.stripping.rules.joints import ANDS, ASKING, BRIDGED, DOERS, RELATIVE, SELVES, SHORT, STATING, WHEN, WHO
from feedback.stripping.rules.persons import ARTICLES, OBJECTS, POSSESSIVES

_ADDED = words(
    "since with without like including especially mostly mainly partly both also aged age type stage grade first"
    " second third once twice always never until from after for of same all three two seit mit ohne beide desde"
    " con sin como ambos depuis avec sans comme tous com sem sejak dengan kedua diagnosed elected accused"
    " convicted sentenced married engaged divorced baptised baptized ordained initiated raised born certified"
    " awaiting undergoing recovering living taken confirmed enrolled retired spent charged arrested released"
    " separated inherited caused thanks due as diagnosticado diagnosticada nacido nacida casado casada né née"
    " diagnostiqué diagnostiquée élu élue geboren gewählt diagnostiziert nascido nascida eleito eleita lahir"
    " terpilih"
)
"""What was said is gone on with by a piece that starts with one of these, or with a number."""
_AFRESH = words("both since always never have has type stage mostly partly")
"""With these even a short sentence goes on with the one before: "I am deaf. Both ears." """
_WAS = words("was were had got turned")
_TAKEN = words("taken recorded scanned enrolled captured")
_TOWARDS = words("by to into via")
_BEING = words("is are was were am does do did has have had")
_BEFELL = words("left took made burned burnt cost means runs killed gave affects affected hit damaged was is makes")
_LED_ON = words("went lost left came been tested served recovered goes got kept still")
_PRACTISING = words("go went attend attended chair lead run sit sing pray volunteer preach")
_INDONESIAN = words("saya aku gue kami")
_RELATING = words("que qui dont die der das yang jo jiska jiski")
_KNOWING = words("know knows knew sabe saben sait savent weiß wissen tahu pata suspects")
_UNKNOWING = words(
    "nobody no none noone nadie personne niemand keiner ninguém ninguem gak ga nggak tidak kisi ne not don't"
    " doesn't didn't dont doesnt never no-one nahi"
)
_LONG = 12
_IT = words("it it's its")
_COURSE = words("came spread started began runs ran getting never flares flared back")
_PERFECT, _DONE = words("have has had always never still"), words("been was have has had done did am is do since were")
_OWNING, _OWNED = words("have i've we've carry got has had"), words("it both them one two three")
_AM = words("i'm am was i've sit sing serve volunteer chair lead i")
_ENGLISH = words("and plus n but")
_BUT = words("but pero mais aber mas tapi lekin par")


def is_tail(names: list[str]) -> bool:
    """Say whether the rest of a piece belongs to the statement before it: "where I was a leader", "that week"."""
    if names[0] == "where" and names[1:2] and names[1] in _AM:
        return ASKING.isdisjoint(names) and len(names) <= BRIDGED
    return len(names) == 2 and names[0] in {"that", "this", "last", "all"} and names[1] in WHEN


def goes_on_afresh(names: list[str]) -> bool:
    """Say whether a sentence is so short and so begun that it goes on with the one before."""
    return len(names) <= SHORT and names[:1] != [] and names[0] in _AFRESH and STATING.isdisjoint(names[1:])


def continues(names: list[str], lead: str, is_short: Callable[[list[str]], bool]) -> bool:
    """Say whether a piece goes on with the statement before it."""
    if not names or len(names) > _LONG:
        return False
    first = names[0]
    if (first == "not" and len(names) <= 3) or ("secret" in names and "no" in names):
        return len(names) <= BRIDGED
    if first in _TAKEN and len(names) <= BRIDGED:
        return True
    if names[:2] == ["thanks", "to"]:
        names = names[1:]
    if not ASKING.isdisjoint(names) or first in _TOWARDS:
        return False
    if lead == "so":
        return first in _BEING and names[1:2] != [] and names[1] in POSSESSIVES and len(names) <= SHORT
    if lead == "which":
        return not _BEFELL.isdisjoint(names[:2]) and not (POSSESSIVES | OBJECTS).isdisjoint(names)
    if lead and lead not in ANDS and lead not in _BUT:
        return lead == "because" and first == "of" and not POSSESSIVES.isdisjoint(names)
    if _is_unknown(names) or (first in _IT and not _COURSE.isdisjoint(names[1:3])):
        return len(names) <= BRIDGED
    if lead in ANDS or lead in _BUT:
        if len(names) == 1 and first in SELVES:
            return True
        if first in _LED_ON or first in _WAS - {"had"}:
            return len(names) <= BRIDGED and STATING.isdisjoint(names[1:])
        is_english = lead in _ENGLISH
        is_short_enough = len(names) <= (2 if is_english else 1) or (is_english and lead in _BUT and len(names) <= 3)
        is_short_enough = is_short_enough or (first in ARTICLES and len(names) <= SHORT)
        return is_short_enough and STATING.isdisjoint(names)
    if first in WHO or (first == "where" and names[1] in _AM):
        return True
    if first in RELATIVE and len(names) <= BRIDGED and names[1:2] != [] and names[1] in DOERS:
        return not _WAS.isdisjoint(names[2:3])
    if first == "as" and names[1:2] and names[1] in _BEING:
        return True
    if first in DOERS | SELVES and len(names) <= 3 and names[1:2]:
        return names[1] in _PRACTISING or (first in _INDONESIAN and names[1].endswith("nya"))
    if first in _RELATING:
        return not POSSESSIVES.isdisjoint(names) and len(names) <= BRIDGED
    if first in _LED_ON and len(names) <= BRIDGED:
        return STATING.isdisjoint(names[1:])
    if first in _PERFECT and not _DONE.isdisjoint(names[1:3]) and len(names) <= BRIDGED:
        return True
    if first in DOERS and names[1:2] and names[1] in _OWNING and not _OWNED.isdisjoint(names[2:3]):
        return True
    if first in _ADDED or first.isdigit():
        return STATING.isdisjoint(names[1:SHORT])
    is_said = first.endswith("ed") or names[-1].endswith("ed")
    return is_short(names) and STATING.isdisjoint(names) and not (is_said and len(names) > 2)


def _is_unknown(names: list[str]) -> bool:
    """Say whether a piece tells that somebody does not know: "and my parents don't know"."""
    return not _KNOWING.isdisjoint(names) and not _UNKNOWING.isdisjoint(names[:3]) and len(names) <= BRIDGED
