"""The catalogues of people's words: `make words` brings them to what the source says and compiles them.

Texts that are new stand in them without a translation until somebody writes one; texts that are gone are dropped. The
compiled ones are kept in the repository, so that a fresh machine needs no tools to speak nine languages.
"""

import os
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).parents[2]
LOCALES = ROOT / "locale"
PLURALS = {
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
    "de": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "hi": "nplurals=2; plural=(n > 1);",
    "id": "nplurals=1; plural=0;",
    "pt": "nplurals=2; plural=(n != 1);",
    "zh_Hans": "nplurals=1; plural=0;",
}
"""The rule of each language, by the name of its folder."""


def path_of(locale: str) -> Path:
    return LOCALES / locale / "LC_MESSAGES" / "django.po"


def read(locale: str) -> polib.POFile:
    return polib.pofile(str(path_of(locale)), wrapwidth=0)


def brought_up(locale: str, words: dict[tuple[str, str | None], str]) -> polib.POFile:
    """Return the catalogue with the texts of `words` and no others, in their order."""
    before = read(locale)
    said = {(entry.msgid, entry.msgid_plural or None): entry for entry in before}
    after = polib.POFile(wrapwidth=0)
    after.header, after.metadata = before.header, {**before.metadata, "Plural-Forms": PLURALS[locale]}
    for (single, many), place in words.items():
        entry = polib.POEntry(msgid=single, comment=place)
        if single.count("%("):
            entry.flags = ["python-format"]
        known = said.get((single, many))
        if many is None:
            entry.msgstr = known.msgstr if known else ""
        else:
            forms = known.msgstr_plural if known else {}
            entry.msgid_plural = many
            entry.msgstr_plural = {form: forms.get(form, "") for form in range(_forms(locale))}
        after.append(entry)
    return after


def _forms(locale: str) -> int:
    return int(PLURALS[locale].split("nplurals=")[1].split(";")[0])


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imsupport.settings")
    import django

    django.setup()
    from tests.languages.sources import peoples_words

    words = peoples_words()
    for locale in PLURALS:
        catalogue = brought_up(locale, words)
        catalogue.save(str(path_of(locale)))
        catalogue.save_as_mofile(str(path_of(locale).with_suffix(".mo")))
        missing = len(catalogue) - len(catalogue.translated_entries())
        sys.stdout.write(f"{locale}: {len(catalogue)} texts, {missing} not translated\n")


if __name__ == "__main__":
    main()
