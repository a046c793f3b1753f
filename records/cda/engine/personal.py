"""Take the person out of a document: what its header must have says NI, what it may have goes."""

from records.cda.elements import Element
from records.cda.engine.emptying import PLAIN_TITLE
from records.cda.engine.tree import ID, TITLE, cda, own_ids, remove
from records.cda.engine.unnaming import Known, unname
from records.vocabulary import Language
from records.wording import say

ROLE, PATIENT = cda("patientRole"), cda("patient")
MUST = frozenset(
    map(
        cda,
        (
            "id",
            "addr",
            "telecom",
            "name",
            "administrativeGenderCode",
            "birthTime",
            "raceCode",
            "ethnicGroupCode",
        ),
    )
)
PARTICIPANT, INFORMANT = cda("participant"), cda("informant")
WRITERS = tuple(
    map(cda, ("author", "dataEnterer", "informant", "authenticator", "legalAuthenticator"))
)
LONGEST_TITLE = 1_000
"""Characters of a title in which the person's name is looked for; a longer one goes unread."""
PERSON = frozenset(map(cda, ("addr", "telecom", "assignedPerson", "relatedPerson")))


def hide_person(root: Element, language: Language) -> None:
    """Leave nothing that says who the patient is: neither in the header nor in the words."""
    known = Known(root)
    for role in root.iter(ROLE):
        _blank(role)
    remove(
        *root.findall(PARTICIPANT),
        *(one for one in root.findall(INFORMANT) if one.find(cda("relatedEntity")) is not None),
    )
    for one in list(root.iter(*WRITERS)):
        if any(own in known.ids for role in one for own in own_ids(role)):
            _unname(one)
    title = root.find(TITLE)
    said = "" if title is None else "".join(map(str, title.itertext()))
    if title is not None and (len(said) > LONGEST_TITLE or known.named_in(said)):
        title.clear()
        title.text = say(language, PLAIN_TITLE)
    unname(root, known, language)


def _blank(element: Element) -> None:
    """Keep one of each required part, without what it says."""
    seen: set[str] = set()
    gone: list[Element] = []
    element.attrib.pop("ID", "")
    for one in element:
        tag = str(one.tag)
        if tag == PATIENT:
            _blank(one)
        elif tag in MUST and tag not in seen:
            tail = one.tail
            one.clear()
            one.tail = tail
            one.set("nullFlavor", "NI")
        else:
            gone.append(one)
        seen.add(tag)
    remove(*gone)


def _unname(writer: Element) -> None:
    for role in writer:
        for one in role.iterfind(ID):
            one.attrib.clear()
            one.set("nullFlavor", "NI")
        remove(*(one for one in role if one.tag in PERSON))
