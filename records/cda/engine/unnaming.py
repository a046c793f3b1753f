"""What a header says of the patient, taken out of all the words of a document."""

import re
from collections.abc import Iterable, Iterator

from records.cda.elements import Element
from records.cda.engine.tree import ID, cda, own_ids
from records.vocabulary import Language
from records.wording import later, say

ROLE, NAME, ADDRESS, TELECOM = map(cda, ("patientRole", "name", "addr", "telecom"))
THE_PATIENT = later("the patient")
SHORTEST = 2  # letters of a name
SHORTEST_OTHER = 5  # letters of an id, a number or a line of an address
READ_WITHOUT_SPACES = re.compile("[\u3400-\u9fff\uac00-\ud7a3\u3040-\u30ff]")


class Known:
    """What tells who the patient is: names, ids, numbers and addresses of the header."""

    def __init__(self, root: Element) -> None:
        """Learn it before it is taken out of the header."""
        roles = list(root.iter(ROLE))
        self.ids = {one for role in roles for one in own_ids(role)}
        whole = {one for role in roles for one in _whole_names(role)}
        parts = {word for name in whole for word in name.split() if len(word) >= SHORTEST}
        others = {one for role in roles for one in _others(role) if len(one) >= SHORTEST_OTHER}
        self._patterns = tuple(_patterns(whole | others, parts))

    def named_in(self, words: str) -> bool:
        """Say whether these words name the patient."""
        return any(one.search(words) for one in self._patterns)

    def without(self, words: str, instead: str) -> str:
        """Return words with something neutral for what names the patient."""
        for one in self._patterns:
            words = one.sub(instead, words)
        return words


def unname(root: Element, known: Known, language: Language) -> None:
    """Take the patient's names, ids, numbers and addresses out of every text of a document."""
    instead = say(language, THE_PATIENT)
    for one in root.iter():
        if one.tail:  # what follows a comment is text of the element too
            one.tail = known.without(one.tail, instead)
    for one in root.iter("*"):
        if one.text and one.get("representation") != "B64":
            one.text = known.without(one.text, instead)
        for name in ("displayName", "alt"):
            if one.get(name):
                one.set(name, known.without(one.get(name, ""), instead))
        if one.tag == ID and (one.get("root", ""), one.get("extension", "")) in known.ids:
            one.attrib.clear()
            one.set("nullFlavor", "NI")


def _whole_names(role: Element) -> Iterator[str]:
    """Return the names as they are said, and each of their parts."""
    for name in role.iter(NAME):
        said = " ".join(" ".join(map(str, name.itertext())).split())
        for one in (said, *(" ".join((part.text or "").split()) for part in name.iterfind("*"))):
            if len(one) >= SHORTEST:
                yield one


def _others(role: Element) -> Iterator[str]:
    for one in role.iterfind(ID):
        yield one.get("extension", "")
    for one in role.iterfind(TELECOM):
        yield one.get("value", "").partition(":")[2]
    for address in role.iterfind(ADDRESS):
        for part in address.iterfind("*"):
            if str(part.tag).endswith("streetAddressLine"):
                yield " ".join((part.text or "").split())


def _patterns(phrases: Iterable[str], words: Iterable[str]) -> Iterator[re.Pattern[str]]:
    """Return patterns, the longest first; a single word of a name counts as it is written."""
    for one in sorted(phrases, key=lambda one: (-len(one), one)):
        spaced = r"\s+".join(re.escape(word) for word in one.split())
        yield re.compile(_bounded(spaced, one), re.IGNORECASE if " " in one else 0)
    for word in sorted({*words, *(one.upper() for one in words)}, key=lambda one: (-len(one), one)):
        yield re.compile(_bounded(re.escape(word), word))


def _bounded(pattern: str, said: str) -> str:
    """Return a pattern for whole words, where the script has spaces between them."""
    return pattern if READ_WITHOUT_SPACES.search(said) else rf"(?<!\w){pattern}(?!\w)"
