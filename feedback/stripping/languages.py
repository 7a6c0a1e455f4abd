"""Guesses the language of a text in Latin letters by its small words."""

from collections.abc import Iterable

from feedback.stripping.clauses import words

_SMALL_WORDS = {
    "en": words(
        "the is are was were and you your my i'm it it's this that not don't doesn't can't have has with for of to on"
        " at when but they them there what please from would about just which who she he his her we our been i"
    ),
    "es": words(
        "el los las una y que en por con para no mi mis tu su es está son pero como más muy cuando porque del al yo me"
        " se lo le nos ya hay esta este tengo soy desde ni"
    ),
    "fr": words(
        "le les une et que qui dans pour avec pas mon ma mes votre vous je j'ai est sont mais comme plus très quand du"
        " au aux sur ne ce cette il elle nous n'est c'est suis depuis des"
    ),
    "de": words(
        "der die das und ist sind nicht ich mein meine mit für auf ein eine einen aber wie sehr wenn weil den dem von"
        " zu zum bei es sie wir uns habe hat kann bin seit bitte auch im"
    ),
    "pt": words(
        "os as uma e que em por com para não meu minha seu sua é está são mas como mais muito quando porque do da dos"
        " das no na ao eu me se já tem tenho sou desde nem pelo você"
    ),
    "id": words(
        "yang dan di ke dari untuk dengan tidak saya aku kamu ini itu ada bisa sudah juga tapi karena kalau atau nya"
        " akan lagi banget gak nggak ga kok tolong pada oleh adalah gue"
    ),
    "hi_latn": words(
        "hai hain hu hun hoon ka ki ke ko se mein mera meri mere mujhe nahi nahin aur kya ye yeh wo woh par pe bhi ho"
        " raha rahi kar karo karna tha thi bhai sirf koi liye apne"
    ),
}
_LANGUAGES_OF: dict[str, tuple[str, ...]] = {
    word: tuple(language for language, small in _SMALL_WORDS.items() if word in small)
    for word in frozenset().union(*_SMALL_WORDS.values())
}
_ENOUGH = 2


def language_of(names: Iterable[str]) -> str:
    """Return the language with the most small words of a text, or an empty one where few tell, or two alike."""
    counts = dict.fromkeys(_SMALL_WORDS, 0)
    for name in names:
        for language in _LANGUAGES_OF.get(name, ()):
            counts[language] += 1
    best, next_best = sorted(counts, key=counts.__getitem__, reverse=True)[:2]
    return best if counts[best] >= _ENOUGH and counts[best] > counts[next_best] else ""
