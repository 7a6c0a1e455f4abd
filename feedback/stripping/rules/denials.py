"""Why a term is said of nobody: it is supposed, a name, a group's, a thing's, or what somebody works for."""

from feedback.stripping.categories import Category
from feedback.stripping.clauses import words
from feedback.stripping.matching import is_number
from feedback.stripping.rules.clause import Clause, is_kins
from feedback.stripping.rules.figures import is_a_figure, is_supposed
from feedback.stripping.rules.names import is_called
from feedback.stripping.rules.persons import (
    GROUPS,
    GROUPS_BEFORE,
    JOBS,
    KIN,
    LINKS,
    OFFENDERS,
    OWNED_THINGS,
    PLACES,
    POSSESSIVES,
    PRODUCTS,
    SUBJECTS,
    THINGS,
    VOTED_IN_APPS,
)
from feedback.stripping.rules.workplaces import is_work

_HERE = words("here hier aquí aqui ici")
_GREETINGS = words(
    "hi hiya hello hey sorry dear ps btw fyi yes no ok well so me anyway reason because context background also"
)
_PLACED = words(
    "front outside near opposite behind beside past nearest devant derrière près frente cerca vor neben hinter perto"
    " atrás depan dekat belakang"
)
_FICTION = words("character novel musical roleplay rpg cosplay sitcom screenplay videogame")
_STORIES = words("film movie series show game book novel episode story play cartoon comic musical video")
_IN_THE = (["in", "the"], ["in", "a"], ["in", "this"], ["in", "that"])
_US = words("we we're i i'm im")
_TAUGHT = words("children kids students pupils patients clients adults teenagers youth families")
_SERVING = words("on in at for of to")
_THINGS = (THINGS | PRODUCTS) | words(
    "bakery bakery's deli deli's cafe café bistro butcher butcher's caterer catering supermarket grocery"
    " update updates release pack sale discount offer promo skin alarms law laws policy policies"
)
_GOES_ON = words("with after through when again to calls called up down away")
_CLAIMED = words(
    "threatened threatening threatens pretending pretended pretends impersonating claiming claimed fake bogus scam"
    " scams spoofed robot robocall spammer"
)
_WOULD = words("he'd she'd they'd he'll she'll they'll i'd")
_TOPICS = words(
    "slide slides article articles book books documentary documentaries leaflet leaflets podcast podcasts film video"
    " videos talk talks lecture lectures essay essays thesis paper papers course courses seminar report reports post"
    " posts quiz research lesson lessons debate debates story stories panel chapter module workshop webinar homework"
    " presentation jokes joke channel channels forum playlist blog newsletter"
)
_LISTING = _TOPICS | words("about topics topic tags tag categories keywords hashtags themes stickers emojis ads")
_CITED = words(
    "translate translated translates translating translation spell spelling pronounce pronounced sticker stickers ad"
    " ads advert adverts slogan headline headlines lyrics title titled poem phrase phrases sentence banner sample"
    " example typed typing entered tippte tapé escribí tecleé"
    " übersetzen übersetzt traduire traduit traducir traduce traduzir terjemahkan"
)
"""What is quoted behind these is nobody's word about a person."""
_OWNED_GROUPS = words("my his her")
_SENT = words(
    "call calls robocall robocalls text texts email emails message messages ad ads spam flyers leaflets mailings"
)
_OFFICES = words("secretary officer clerk coordinator consultant assistant accountant")
_STUDIED = words("education studies history literature art course courses class curriculum")
_SCHOLARLY = words(
    "research lecture lectures thesis dissertation textbook conference symposium startup dataset datasets paper papers"
    " essay module researcher researchers"
)
_DECORATION = words(
    "sticker stickers emoji emojis theme themes gif gifs wallpaper wallpapers background backgrounds offer offers"
    " discount discounts sale ads icon icons ringtone ringtones font fonts frames"
)
_TRADES = words("publisher printer supplier landlord bookkeeper")
_SELLING = words("sell sells build builds make makes design designs software print prints supply supplies")
_CLIENTS = words("clients customers users patients pupils guests callers subscribers listeners viewers tenants")
_ORGANISED = words("charity charities foundation helpline hotline nonprofit ngo")
_MINE_BEHIND = words("saya aku gue gw kami")
_VOTED = VOTED_IN_APPS | words("font fonts button buttons icon icons bigger smaller tab tabs layout toggle")


def is_of_nobody(clause: Clause) -> bool:
    """Say whether the term is certainly not said of a person."""
    if is_supposed(clause) or _is_of_a_group(clause) or is_called(clause):
        return True
    if is_work(clause) or _is_where_something_is(clause) or _is_fiction(clause):
        return True
    if _is_a_topic(clause) or is_a_figure(clause) or (clause.before.is_quoted and _is_after(clause, _CITED)):
        return True
    if clause.term.category == Category.CRIME and _is_anothers_crime(clause):
        return True
    if clause.term.category == Category.HEALTH and _is_after(clause, _CLAIMED):
        return True
    if clause.term.category == Category.POLITICS and _is_a_callers(clause):
        return True
    if "vot" in clause.term.text and not _VOTED.isdisjoint(clause.names):
        return True
    return clause.first is not None and _is_of_a_thing(clause, clause.first)


def is_in_a_list(clause: Clause) -> bool:
    """Say whether the term is one of several topics: "we talk about grief, cancer and hope"."""
    said = clause.before.words
    is_bare = len(said) == 1 and len(clause.names) == 1
    is_one_of_many = is_bare and said[0] not in KIN | _GREETINGS and not said[0].isdigit()
    return (is_one_of_many or _is_after(clause, _LISTING)) and not clause.before.was_hit


def describes_a_thing(clause: Clause) -> bool:
    """Say whether the term only tells what kind of thing follows: "epilepsy warning", but not "my dialysis centre"."""
    if clause.next not in _THINGS or clause.next in _GOES_ON:
        return False
    names, at = clause.names, clause.at
    is_owned = clause.is_owned or (at > 1 and (names[at - 2] in POSSESSIVES or is_kins(names[at - 2])))
    is_own = clause.next in PLACES or (clause.is_strong and clause.next not in PRODUCTS)
    return not (is_owned and is_own)


def is_of_a_job(clause: Clause, first: int) -> bool:
    """Say whether the term is what somebody works for: "a nurse on the oncology ward", "an imam's secretary"."""
    names, at = clause.names, clause.at
    if names[at].endswith("'s") and not (JOBS | _TRADES).isdisjoint(names[at + 1 : at + 3]):
        return True
    if names[first] in POSSESSIVES:
        return False
    if clause.term.category in {Category.MEMBERSHIP, Category.POLITICS} and not _OFFICES.isdisjoint(names[first:at]):
        return False
    serves = not _SERVING.isdisjoint(names[max(first, at - 2) : at]) and clause.previous not in POSSESSIVES
    return serves and not JOBS.isdisjoint(names[first + 1 : at])


def _is_where_something_is(clause: Clause) -> bool:
    """Say whether a house of prayer only tells a place: "outside the church"."""
    return clause.term.category == Category.BELIEF and not _PLACED.isdisjoint(clause.front[-3:])


def _is_fiction(clause: Clause) -> bool:
    names = clause.names
    if not _FICTION.isdisjoint(names):
        return True
    return any(name in _STORIES and names[index : index + 2] in _IN_THE for index, name in enumerate(names[2:]))


def _is_after(clause: Clause, cited: frozenset[str]) -> bool:
    return not cited.isdisjoint(clause.before.words)


def _is_a_topic(clause: Clause) -> bool:
    """Say whether the term is only what a text or a lesson is about: "a leaflet on autism", "religious studies"."""
    names, at = clause.names, clause.at
    if clause.next in _STUDIED and clause.previous not in POSSESSIVES:
        return True
    if clause.next in _ORGANISED and clause.previous in {"our", "a", "the"}:
        return True
    if clause.next in _SCHOLARLY and clause.term.category in {Category.HEALTH, Category.GENETIC}:
        return True
    if clause.previous == "for" and at > 1 and names[at - 2] in _DECORATION:
        return True
    return clause.previous in {"about", "on"} and at > 1 and names[at - 2] in _TOPICS


def _is_anothers_crime(clause: Clause) -> bool:
    """Say whether the law is spoken of because of somebody who wronged the writer, or who only claims it."""
    told = {*clause.before.words, *clause.front}
    if not OFFENDERS.isdisjoint(clause.rest) or not (OFFENDERS | _CLAIMED).isdisjoint(told):
        return True
    if clause.before.lead == "and" and clause.before.words[:1] in (("said",), ("says",), ("claimed",)):
        return True
    if clause.before.lead in {"and", "but"} and not GROUPS_BEFORE.isdisjoint(clause.before.words[:2]):
        return True
    return "saying" in clause.front or (not _WOULD.isdisjoint(clause.front) and "have" in clause.front)


def _is_a_callers(clause: Clause) -> bool:
    """Say whether the term tells who called or wrote unasked: "robocalls from a Republican candidate"."""
    sender = next((index for index, name in enumerate(clause.front) if name in _SENT), None)
    return sender is not None and bool({"from", "by"} & {*clause.names[sender + 1 : clause.at]}) and not clause.is_owned


def _is_of_a_thing(clause: Clause, first: int) -> bool:
    owned = [*clause.names[first + 1 : min(clause.at, first + 3)], clause.previous]
    if "from" in clause.names[max(0, clause.at - 2) : clause.at]:
        return False
    is_behind = first > 0 and clause.names[first] in _MINE_BEHIND and clause.at - first <= 2
    if is_behind and clause.names[first - 1] in OWNED_THINGS:
        return True
    return clause.names[first] in POSSESSIVES and not OWNED_THINGS.isdisjoint(name.removesuffix("'s") for name in owned)


def _is_of_a_group(clause: Clause) -> bool:
    if clause.first is not None and clause.names[clause.first] in {"my", "our"}:
        said = clause.names[clause.first + 1 : clause.at]
        if not _CLIENTS.isdisjoint(said[:2]) and not {"are", "were", "have", "who"}.isdisjoint(said):
            return True
    if clause.previous in {"us", "we"}:
        return False
    if not _HERE.isdisjoint(clause.rest[1:3]) and clause.at <= 1:
        return False
    if clause.next in GROUPS and not (clause.is_strong and clause.previous in _OWNED_GROUPS):
        return _US.isdisjoint(clause.front) or LINKS.isdisjoint(clause.front)
    if clause.previous in _SERVING and clause.front[-2:-1] and clause.front[-2] in _CLIENTS:
        return True
    is_sold = clause.previous in {"for", "to"} and not _SELLING.isdisjoint(clause.front)
    if is_sold and clause.names[clause.behind - 1].endswith("s") and clause.term.category == Category.BELIEF:
        return True
    is_counted = is_number(clause.previous)
    if clause.next in _TAUGHT and clause.at and clause.previous not in POSSESSIVES and not is_counted:
        return True
    front = clause.front[-5:]
    if not POSSESSIVES.isdisjoint(front[-2:]):
        return False
    if "as" in front and not {"someone", "somebody"}.isdisjoint(front):
        return False
    since = next((index for index in range(len(front) - 1, -1, -1) if front[index] in SUBJECTS), 0)
    if front[:1] == ["who's"] and not KIN.isdisjoint(clause.before.words[-4:]):
        return False
    groups = (index for index in range(since, len(front)) if front[index] in GROUPS_BEFORE)
    return any(index == 0 or front[index - 1] not in POSSESSIVES for index in groups)
