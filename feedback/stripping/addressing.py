"""Staff speak to a person and of one: their words are also looked at as if the person said them of themselves."""

import re

# What staff write -> what the person would say. "You are deaf" -> "I am deaf", "the customer's" -> "my".
_TURNED = {
    **{
        "you are": "i am",
        "you're": "i'm",
        "you were": "i was",
        "you have": "i have",
        "you've": "i've",
        "you had": "i had",
    },
    **{"are you": "i am", "were you": "i was", "have you": "i have", "you": "i", "your": "my", "yours": "mine"},
    **{
        f"{the}{who}": "he" for the in ("the ", "this ", "our ", "") for who in ("customer", "client", "caller", "user")
    },
    **{
        f"{the}{who}'s": "my"
        for the in ("the ", "this ", "our ", "")
        for who in ("customer", "client", "caller", "user")
    },
    **{"du bist": "ich bin", "du hast": "ich habe", "du": "ich", "dein": "mein", "deine": "meine", "deiner": "meiner"},
    **{"sie sind": "wir sind", "sie haben": "wir haben", "ihr": "mein", "ihre": "meine", "ihrer": "meiner"},
    **{"tu es": "je suis", "tu as": "j'ai", "ton": "mon", "ta": "ma", "tes": "mes"},
    **{"vous êtes": "nous sommes", "vous avez": "nous avons", "votre": "mon", "vos": "mes"},
    **{"eres": "soy", "estás": "estoy", "tienes": "tengo", "usted es": "yo soy", "usted tiene": "yo tengo"},
    **{"tu": "mi", "tus": "mis", "su": "mi", "sus": "mis"},
    **{"você é": "eu sou", "você está": "eu estou", "você tem": "eu tenho", "seu": "meu", "sua": "minha"},
}
_SAID = re.compile(r"(?<!\w)(?:" + "|".join(sorted(map(re.escape, _TURNED), key=len, reverse=True)) + r")(?!\w)")


def turned(text: str) -> str:
    """Return a text as its person would say it of themselves; only good for being looked at."""
    return _SAID.sub(lambda found: _TURNED[found.group()], text.replace("’", "'").casefold())
