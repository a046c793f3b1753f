"""What a header of the US Realm must have and a document does not say: said to be unknown.

The order of parts is that of the CDA schema with SDTC, what is required that of C-CDA R2.1.
"""

import re
from collections.abc import Iterator
from copy import deepcopy

from records.cda.elements import Element, add
from records.cda.engine.tree import CODE, ID, cda

TIME = re.compile(r"[0-9]{4,8}|([0-9]{9,14}|[0-9]{14}\.[0-9]+)([+-][0-9]{1,4})?")
SDTC = "{urn:hl7-org:sdtc}"
_PERSONAL = (
    "id name sdtc:desc administrativeGenderCode birthTime sdtc:deceasedInd sdtc:deceasedTime"
    " sdtc:multipleBirthInd sdtc:multipleBirthOrderNumber maritalStatusCode"
    " religiousAffiliationCode raceCode sdtc:raceCode ethnicGroupCode sdtc:ethnicGroupCode"
    " guardian birthplace languageCommunication"
)
_ORDERS = {
    "patientRole": "id sdtc:identifiedBy addr telecom patient providerOrganization",
    "patient": _PERSONAL,
    "assignedAuthor": "id code addr telecom assignedPerson assignedAuthoringDevice"
    " representedOrganization",
    "representedCustodianOrganization": "id name telecom addr",
    "providerOrganization": "id name telecom addr standardIndustryClassCode asOrganizationPartOf",
}
_REQUIRED = {
    "patientRole": "id addr telecom patient",
    "patient": "name administrativeGenderCode birthTime raceCode ethnicGroupCode",
    "assignedAuthor": "id addr telecom",
    "representedCustodianOrganization": "id name telecom addr",
    "providerOrganization": "id name telecom addr",
}


def _tags(words: str) -> tuple[str, ...]:
    return tuple(
        one.replace("sdtc:", SDTC) if one.startswith("sdtc:") else cda(one) for one in words.split()
    )


ORDERS = {cda(name): _tags(words) for name, words in _ORDERS.items()}
REQUIRED = {cda(name): _tags(words) for name, words in _REQUIRED.items()}
PATIENT, NAME, GIVEN, FAMILY = map(cda, ("patient", "name", "given", "family"))
OF_WHOM = cda("representedOrganization")
ASSIGNED, PERSON, DEVICE = map(cda, ("assignedAuthor", "assignedPerson", "assignedAuthoringDevice"))
ASSOCIATED, ASSOCIATED_PERSON = cda("associatedEntity"), cda("associatedPerson")
ADDRESS, STREET, CITY, STATE, COUNTRY = map(
    cda, ("addr", "streetAddressLine", "city", "state", "country")
)
TIMES = frozenset(map(cda, ("time", "birthTime", "low", "high", "center")))
HEADER = tuple(map(cda, ("recordTarget", "author", "informant", "custodian", "participant")))


def complete_header(root: Element) -> None:
    """Fill in what the header has to say with `no information`, and nothing that it does say."""
    for part in _parts(root):
        _mend(part)
        for tag in REQUIRED.get(str(part.tag), ()):
            if part.find(tag) is None:
                _insert(part, tag)
        if part.tag == PATIENT:
            _divide_names(part)
        if part.tag == ADDRESS:
            _divide_address(part)
        if part.tag == ASSIGNED:
            _name_author(part)
        if part.tag == ASSOCIATED:
            _name_associated(part)


def _parts(root: Element) -> Iterator[Element]:
    for tag in HEADER:
        for one in root.findall(tag):
            yield from list(one.iter("*"))


def _mend(part: Element) -> None:
    """Take away what is no time, no id, and a code without one."""
    if part.tag in TIMES and "value" in part.attrib and not TIME.fullmatch(part.get("value", "")):
        del part.attrib["value"]
        part.set("nullFlavor", "NI")
    if part.tag == ID:
        _mend_id(part)
    parent = part.getparent()
    if part.tag == CODE and not part.get("code") and parent is not None and parent.tag == ASSIGNED:
        parent.remove(part)


def _mend_id(one: Element) -> None:
    if not one.get("extension", " "):
        del one.attrib["extension"]
    if not one.get("root") and not one.get("nullFlavor"):
        one.attrib.clear()
        one.set("nullFlavor", "NI")


def _insert(part: Element, tag: str) -> Element:
    """Put an empty part where the schema wants it."""
    order = ORDERS[str(part.tag)]
    after = frozenset(order[order.index(tag) + 1 :])
    made = add(part, tag.rpartition("}")[2], nullFlavor="NI")
    place = next((part.index(one) for one in part if one.tag in after), None)
    if place is not None:
        part.insert(place, made)
    if tag == PATIENT:
        del made.attrib["nullFlavor"]
        for one in REQUIRED[PATIENT]:
            add(made, one.rpartition("}")[2], nullFlavor="NI")
    return made


def _divide_names(patient: Element) -> None:
    """Let a name have the parts it must have; what is not divided stands as the family's."""
    for name in patient.findall(NAME):
        if name.get("nullFlavor") and not len(name):
            continue
        words = _loose_words(name)
        if name.find(GIVEN) is None:
            name.insert(0, add(name, "given", nullFlavor="NI"))
        families = name.findall(FAMILY)
        if not families:
            family = add(name, "family", words) if words else add(name, "family", nullFlavor="NI")
            name.insert(name.index(name.findall(GIVEN)[-1]) + 1, family)
        for number, _ in enumerate(families[1:], 1):
            name.addnext(_with_family(name, number))
        for one in families[1:]:
            name.remove(one)


def _with_family(name: Element, number: int) -> Element:
    """Return the same name with another of its families: each has one name of its own."""
    copy = deepcopy(name)
    for place, one in enumerate(copy.findall(FAMILY)):
        if place != number:
            copy.remove(one)
    return copy


def _loose_words(element: Element) -> str:
    """Take the words out that stand between the parts, and return them."""
    said = [element.text, *(part.tail for part in element)]
    element.text = None
    for part in element:
        part.tail = None
    return " ".join(" ".join(one for one in said if one).split())


def _divide_address(address: Element) -> None:
    """Let an address that tells something have a street, a city, and a state where it needs one."""
    if address.get("nullFlavor") and not len(address):
        return
    words = _loose_words(address)
    if address.find(STREET) is None:
        told = {"text": words} if words else {"nullFlavor": "NI"}
        address.insert(0, add(address, "streetAddressLine", **told))
    if address.find(CITY) is None:
        add(address, "city", nullFlavor="NI")
    if address.find(COUNTRY) is None and address.find(STATE) is None:
        add(address, "state", nullFlavor="NI")


def _name_associated(entity: Element) -> None:
    if entity.find(ASSOCIATED_PERSON) is None and entity.find(cda("scopingOrganization")) is None:
        add(add(entity, "associatedPerson"), "name", nullFlavor="NI")


def _name_author(assigned: Element) -> None:
    if assigned.find(PERSON) is None and assigned.find(DEVICE) is None:
        person = _insert(assigned, PERSON)
        del person.attrib["nullFlavor"]
        add(person, "name", nullFlavor="NI")
    if assigned.find(DEVICE) is not None and assigned.find(OF_WHOM) is None:
        _insert(assigned, OF_WHOM)
