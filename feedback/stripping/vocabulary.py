"""The word lists, read once: terms by their first word, and the words by which a text speaks of a person."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from feedback.stripping.categories import Category

_LISTS = Path(__file__).parent / "lists"
WHOLE_WORD_LANGUAGES = ("en", "es", "fr", "de", "pt", "id")
SCRIPT_LANGUAGES = ("zh", "ar", "hi")


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of a word list: its words, folded; strength is strong, normal or weak."""

    words: tuple[str, ...]
    category: Category
    strength: str
    language: str


def _words(written: str) -> frozenset[str]:
    return frozenset(written.split())


PERSONS = _words(
    "i im i'm ive i've i'd id i'll me my mine myself we we're our us he he's she she's his her him hers they're"
    " husband wife mother mom mum father dad son daughter brother sister friend boyfriend girlfriend partner"
    " uncle aunt grandmother grandma grandfather grandpa cousin nephew niece neighbour neighbor colleague boss"
    " yo soy mi me estoy tengo hijo hija madre padre hermano hermana marido esposa abuela abuelo amigo amiga"
    " je j'ai suis mon ma mes ai fils fille mère père frère soeur sœur mari femme ami amie"
    " ich bin mein meine meiner meinen habe sohn tochter mutter vater bruder schwester mann frau freund freundin"
    " oma opa eu sou meu minha tenho estou filho filha mãe pai irmão irmã marido esposa avó avô"
    " saya aku kami ibu ayah anak adik kakak suami istri teman"
)
FIRST_PERSONS = _words(
    "i im i'm ive i've my we we're he he's she she's his her yo soy mi estoy je suis j'ai mon ma ich bin mein"
    " meine eu sou meu minha saya aku"
)
LINKS = _words(
    "am im i'm is he's she's was were are we're be been being became identify identifies born soy es estoy suis"
    " est bin ist sou é adalah as"
)
HYPOTHETICAL = _words("if imagine suppose would si wenn se kalau jika everyone everybody nobody someone anyone")
GROUPS = _words("people users customers those persons everybody personas gens leute menschen pessoas orang")
# After a weak word such as "black" these make it an ordinary adjective of a thing.
THING_FOLLOWS = _words(
    "screen theme background mode bar bars icon button list spot text box cc copy line call calls page display"
    " friday market berry with when if because since from to at on in of after again every all"
)
SUPPRESSED = (
    *(
        "battery health",
        "app health",
        "health check",
        "blind copy",
        "blind spot",
        "dead line",
        "straight away",
    ),
    *(
        "go straight",
        "sick of",
        "blind test",
        "cancer research",
        "prison break",
        "temple run",
        "church street",
    ),
    *("credit union", "european union", "western union", "union square", "crash course", "party call"),
    *("third party", "birthday party", "conference party", "black screen", "white screen", "black list"),
    *("white list", "heart of", "allergic to updates", "addicted to this app", "member of your app"),
    *(
        "member of the family plan",
        "battery dead",
        "trial for",
        "free trial",
        "therapy app",
        "prayer time",
    ),
    *("stroke order", "key stroke", "ios update", "charged with usb", "charged with the", "ring of"),
)
PERSONS_OF_SCRIPT = {
    "zh": (
        "我",
        "他",
        "她",
        "妈",
        "爸",
        "儿子",
        "女儿",
        "老公",
        "老婆",
        "丈夫",
        "妻子",
        "奶奶",
        "爷爷",
        "朋友",
    ),
    "ar": (
        "انا",
        "اني",
        "لدي",
        "عندي",
        "امي",
        "ابي",
        "اخي",
        "اختي",
        "زوجي",
        "زوجتي",
        "ابني",
        "ابنتي",
        "صديقي",
        "نحن",
    ),
    "hi": ("मैं", "मेरा", "मेरी", "मेरे", "मुझे", "हम", "माँ", "पिता", "भाई", "बहन", "पति", "पत्नी", "बेटा", "बेटी"),
}


@lru_cache(maxsize=1)
def by_first_word() -> dict[str, tuple[Term, ...]]:
    """Return the terms of languages with spaces, longest first, by their first word."""
    found: defaultdict[str, list[Term]] = defaultdict(list)
    for language in WHOLE_WORD_LANGUAGES:
        for term in _read(language):
            found[term.words[0]].append(term)
    return {word: tuple(sorted(terms, key=lambda term: -len(term.words))) for word, terms in found.items()}


@lru_cache(maxsize=1)
def by_script() -> dict[str, tuple[Term, ...]]:
    """Return the terms that are looked for anywhere in a clause, by language."""
    return {language: tuple(_read(language)) for language in SCRIPT_LANGUAGES}


def _read(language: str) -> list[Term]:
    lines = (_LISTS / f"{language}.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [
        Term(tuple(text.lower().split()), Category(category), strength, language) for text, category, strength in rows
    ]
