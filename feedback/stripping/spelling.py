"""What a written word may stand for: an inflected, disguised, drawn out or misspelt word of the lists."""

import re
from collections import defaultdict
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache

from feedback.stripping.clauses import words
from feedback.stripping.vocabulary import LEAST_TO_MISSPELL, vocabulary
from feedback.stripping.word_lists import without_accent


class How(IntEnum):
    """How far a written word is from the one it stands for."""

    WRITTEN = 0
    PLURAL = 1
    INFLECTED = 2
    ANY = 3
    SLIP = 4


Form = tuple[str, How]

_VERBS = (
    "be am is are was were been being;have has had having;go goes went gone going;take took taken;get got gotten"
    ";give gave given;come came;see saw seen;lose lost;wear wore worn;lead led;keep kept;run ran;speak spoke spoken"
    ";break broke broken;fall fell fallen;feel felt;bear bore born;leave left;meet met;pay paid;send sent;sell sold"
    ";sit sat;shoot shot;spend spent;steal stole stolen;swear swore sworn;teach taught;tell told;think thought"
    ";win won;write wrote written;drink drank drunk;drive drove driven;eat ate eaten;fight fought;find found"
    ";grow grew grown;hear heard;hold held;know knew known;make made;ride rode ridden;say said;sing sang sung"
    ";sleep slept;become became;begin began begun;bring brought;buy bought;catch caught;choose chose chosen"
    ";do does did done;lie lay lain lying;die dying;throw threw thrown;stand stood;hide hid hidden;freeze froze"
    ";rise rose risen;cut cutting;put putting;quit quitting;set setting"
    ";child children;woman women;man men;wife wives;life lives;person people;foot feet;tooth teeth"
)
_IRREGULAR = {form: line.split()[0] for line in _VERBS.split(";") for form in line.split()[1:]}
_DIGITS_FOR = {"0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g"}
_SIGNS_FOR = {"@": "a", "$": "s", "!": "i", "*": ""}
_LEET = {**_DIGITS_FOR, **_SIGNS_FOR}
_MOST_DISGUISES = 8
# A sign or digit inside letters: "d1abetes", "g@y", "sch!zophrenic". Not "mp3", "b12", "t2d".
_DISGUISED = re.compile(r"[a-z]+(?:[0134579@!$*]+[a-z]+)+")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
# Endings that make a word medical. "pancreatitis", "laryngectomy", "neuropathy"; not "empathy".
_MEDICAL = tuple(
    words(
        "itis ectomy ostomy otomy plasty plegia plegic aemia emia opathy algia phrenia phobia blastoma carcinoma"
        " sarcoma fibrosis sclerosis thrombosis cirrhosis stenosis scoliosis psychosis trophy osis uria pnea pnoea"
        " azepam azolam oxetine statin olol cillin gliptin prazole tinib zumab ximab lumab mumab parin sartan"
        " triptan gabalin peridol tidine floxacin mycin cycline navir tegravir gliflozin glutide barbital ectomie"
        " itida ectomía patía emía algie pathie ämie"
    )
)
_NOT_MEDICAL = words(
    "sympathy empathy telepathy apathy nostalgia academia bohemia antipathy anatomy hypnosis osmosis"
    " metamorphosis symbiosis diagnosis prognosis atrophy catastrophy osteopathy homeopathy naturopathy dichotomy"
    " prostatin nostalgie sympathie empathie telepathie xenophobia homophobia islamophobia transphobia"
    " technophobia autonomy anatomy economy astronomy gastronomy taxonomy entropy philanthropy dystrophy"
)
_ALIKE_SOUNDS = ("aeiouy", "cks", "sz", "mn", "bp", "dt", "fv", "gj")
_HONEST = words(
    "reminded reminder permutation permutations stemmer grouper solaris mutability caseless francois indicated"
    " indicates remainder computation fetches addition additions parole delgado mediation marital contraption"
    " affection affections inflection reception conception perception deception infliction restriction prostate"
)
"""Words that are one slip away from one of the lists, and are meant."""

CACHED = 4096
"""So many written words are remembered, most of which no list has."""
_LONGEST = 40
"""A longer run of letters is no word."""


@lru_cache(maxsize=CACHED)
def forms(word: str) -> tuple[Form, ...]:
    """Return the words of the lists that a written word, folded, may stand for; mostly none."""
    if len(word) > _LONGEST:
        return ()
    found: dict[str, How] = {}
    for base, how in _inflected(word):
        if _is_known(base, how):
            found.setdefault(base, how)
    if not found:
        for base, how in _disguised(word):
            if _is_known(base, how):
                found.setdefault(base, how)
    if not found and len(word) >= LEAST_TO_MISSPELL and word not in _HONEST:
        found.update((base, How.SLIP) for base in _misspelt(word))
    return tuple(found.items())


def _is_known(base: str, how: How) -> bool:
    """Say whether a word is one of the lists; those of other languages than English are not inflected."""
    return base in vocabulary().numbers if how == How.WRITTEN else vocabulary().is_english(base)


@lru_cache(maxsize=CACHED)
def is_medical(word: str) -> bool:
    """Say whether the ending of a word makes it a disease, an operation or a drug."""
    return 6 < len(word) <= _LONGEST and word.endswith(_MEDICAL, 2) and word not in _NOT_MEDICAL


def _inflected(word: str) -> Iterator[Form]:
    """Yield a word and its English base forms, likely or not: "taking" -> "taking", "tak", "take"."""
    yield word, How.WRITTEN
    if not word.isascii():
        yield without_accent(word), How.WRITTEN
    if word[1:2] == "'" and word[0] in "ldjmtsnc":
        yield word[2:], How.WRITTEN
    if word in _IRREGULAR:
        yield _IRREGULAR[word], How.INFLECTED
    if word.endswith(("'s", "s'")):
        yield word[:-2], How.PLURAL
    elif word.endswith("s") and len(word) > 3:
        yield word[:-1], How.PLURAL
        if word.endswith("es"):
            yield word[:-2], How.PLURAL
        if word.endswith("ies"):
            yield word[:-3] + "y", How.PLURAL
    elif word.endswith("ed") and len(word) > 4:
        yield from _of_stem(word[:-2], word[:-1])
        if word.endswith("ied"):
            yield word[:-3] + "y", How.INFLECTED
    elif word.endswith("ing") and len(word) > 5:
        yield from _of_stem(word[:-3], word[:-3] + "e")


def _of_stem(stem: str, with_e: str) -> Iterator[Form]:
    yield stem, How.INFLECTED
    yield with_e, How.INFLECTED
    if stem[-1] == stem[-2]:
        yield stem[:-1], How.INFLECTED


def _disguised(word: str) -> Iterator[Form]:
    """Yield what is meant by a word with signs for letters, or with letters drawn out: "gaaay" -> "gay"."""
    if _DISGUISED.fullmatch(word):
        for plain in _without_signs(word):
            yield from _inflected(plain)
    if _DRAWN_OUT.search(word):
        for instead in (r"\1", r"\1\1"):
            yield from _inflected(_DRAWN_OUT.sub(instead, word))


def _without_signs(word: str) -> list[str]:
    plain = [""]
    for letter in word:
        plain = [begun + meant for begun in plain for meant in (_LEET.get(letter, letter) or [""])][:_MOST_DISGUISES]
    return plain


def _misspelt(word: str) -> Iterator[str]:
    """Yield the long words of the lists that are one slip away: a letter left out, doubled, swapped or mistaken."""
    near = _by_half()
    for length in (len(word) - 1, len(word), len(word) + 1):
        half = length // 2
        for candidate in near.get(f"{length}{word[:half]}-", ()) + near.get(f"{length}-{word[half - length :]}", ()):
            if candidate != word and _is_one_slip(candidate, word):
                yield candidate


def _is_one_slip(meant: str, written: str) -> bool:
    at = next((index for index, pair in enumerate(zip(meant, written, strict=False)) if pair[0] != pair[1]), -1)
    if at == 0:
        return False
    if len(meant) == len(written) + 1:
        return at == -1 or meant[at + 1 :] == written[at:]
    if len(meant) + 1 == len(written):
        return at > 0 and written[at] == written[at - 1] and meant[at:] == written[at + 1 :]
    is_english = vocabulary().is_english(meant)
    sounds_alike = is_english and any(meant[at] in sound and written[at] in sound for sound in _ALIKE_SOUNDS)
    swapped = meant[at + 1 : at + 2] + meant[at : at + 1] + meant[at + 2 :]
    return swapped == written[at:] or (sounds_alike and meant[at + 1 :] == written[at + 1 :])


@lru_cache(maxsize=1)
def _by_half() -> dict[str, tuple[str, ...]]:
    """Return the long words by their length with their first and with their last half, of which a slip spares one."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in vocabulary().long_words:
        half = len(word) // 2
        found[f"{len(word)}{word[:half]}-"].append(word)
        found[f"{len(word)}-{word[half:]}"].append(word)
    return {part: tuple(near) for part, near in found.items()}
