"""The language a document is written in, of those we speak."""

from records.cda.elements import Element
from records.cda.engine.tree import cda
from records.vocabulary import Language


def language_of(root: Element) -> Language:
    """Return Chinese where the document says so, English for every other language."""
    code = root.find(cda("languageCode"))
    told = code.get("code", "") if code is not None else ""
    return Language.CHINESE if told.lower().startswith("zh") else Language.ENGLISH
