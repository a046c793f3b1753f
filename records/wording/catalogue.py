"""One catalogue for chat and site: English stands in the code, Chinese in zh/*.po beside it."""

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from records.vocabulary import Language


@cache
def catalogue(language: Language) -> NullTranslations:
    """Return the translations of a language; English is the text itself."""
    if language is Language.ENGLISH:
        return NullTranslations()
    translations = GNUTranslations(_compiled(b"", language))
    folder = files(__package__).joinpath(str(language))
    for po in sorted(folder.iterdir(), key=lambda one: one.name):
        translations.add_fallback(GNUTranslations(_compiled(po.read_bytes(), language)))
    return translations


def _compiled(po: bytes, language: Language) -> io.BytesIO:
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(po), locale=str(language)))
    compiled.seek(0)
    return compiled


def say(language: Language, english: str, **values: object) -> str:
    """Return the phrase in this language, with `{name}` places filled from `values`."""
    phrase = catalogue(language).gettext(english)
    return phrase.format(**values) if values else phrase


def later(english: str) -> str:
    """Mark a phrase for the catalogue where it is only said later."""
    return english
