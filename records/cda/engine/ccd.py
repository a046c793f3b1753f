"""The header of a Continuity of Care Document made of several documents."""

import hashlib
from collections.abc import Iterable, Sequence
from copy import deepcopy
from uuid import UUID

from records.cda import codes
from records.cda.claims import WITH_ENTRIES
from records.cda.codes import CONFIDENTIALITY, LOINC, TYPE_ID, SectionType, Template
from records.cda.elements import Element, add, add_templates, new_document
from records.cda.engine.completing import TIME
from records.cda.engine.emptying import REQUIRED
from records.cda.engine.joining import SECRECY
from records.cda.engine.language import language_of
from records.cda.engine.tree import (
    COMPONENT,
    EFFECTIVE,
    HIGH,
    ID,
    LOW,
    SECTION,
    STRUCTURED,
    TEMPLATE,
    canonical,
    cda,
    own_ids,
)
from records.wording import later, say

US_HEADER: tuple[Template, ...] = (
    ("2.16.840.1.113883.10.20.22.1.1", "2015-08-01"),
    ("2.16.840.1.113883.10.20.22.1.1", ""),
)
CCD: tuple[Template, ...] = (
    ("2.16.840.1.113883.10.20.22.1.2", "2015-08-01"),
    ("2.16.840.1.113883.10.20.22.1.2", ""),
)
SUMMARY = ("34133-9", "Summarization of Episode Note")
TITLE = later("Summary of the health record")
TYPE = cda("typeId")
SECTION_TYPES = {one.loinc: one for one in vars(codes).values() if isinstance(one, SectionType)}


def _in_a_ccd(section_type: SectionType) -> Template:
    """Return the template a CCD wants of a section: with entries, where there are two forms."""
    root, extension = section_type.template
    return (f"{root}.1" if root in WITH_ENTRIES else root), extension


SECTION_TEMPLATES = {
    code: _in_a_ccd(SECTION_TYPES[code])
    for code in sorted(REQUIRED["2.16.840.1.113883.10.20.22.1.2"])
}
"""What a CCD of R2.1 requires, by the codes of its sections."""
ROLE = f"{cda('recordTarget')}/{cda('patientRole')}"
EVENT = f"{cda('documentationOf')}/{cda('serviceEvent')}"


def begin_ccd(roots: Sequence[Element]) -> Element:
    """Return a CCD with all of its header, from documents in the order of their times."""
    newest = roots[-1]
    document = new_document()
    add(document, "realmCode", code="US")
    add(document, "typeId", root=TYPE_ID[0], extension=TYPE_ID[1])
    add(document, "id", root=str(_id_of(roots)))
    code, display = SUMMARY
    add(document, "code", code=code, codeSystem=LOINC, codeSystemName="LOINC", displayName=display)
    add(document, "title", say(language_of(newest), TITLE))
    _add_time(document, "effectiveTime", max((time_of(one) for one in roots), key=_sortable))
    add(document, "confidentialityCode", code=_strictest(roots), codeSystem=CONFIDENTIALITY)
    language = newest.find(cda("languageCode"))
    told = language.get("code", "") if language is not None else ""
    add(document, "languageCode", code=told or "en-US")
    _add_patient(document, roots)
    _add_copies(document, roots, cda("author"))
    _add_copies(document, roots, cda("informant"))
    _add_copies(document, _newest(roots, cda("custodian")), cda("custodian"))
    _add_copies(document, roots, cda("participant"))
    _add_care(document, roots)
    _add_parents(document, roots)
    return document


def claim(document: Element, *, as_ccd: bool) -> None:
    """Claim what a finished document keeps to: the CCD of R2.1 where all it requires is of R2.1.

    Otherwise it names no version: what older systems wrote is joined, not made anew. Where it is
    not `as_ccd`, its header alone is claimed.
    """
    sections = document.iterfind(f"{COMPONENT}/{STRUCTURED}/{COMPONENT}/{SECTION}")
    claimed = {
        (one.get("root", ""), one.get("extension", ""))
        for section in sections
        for one in section.iterfind(TEMPLATE)
    }
    current = claimed.issuperset(SECTION_TEMPLATES.values())
    claims = (CCD if current else CCD[1:]) if as_ccd else ()
    add_templates(document, *US_HEADER, *claims)
    place = document.index(document.findall(TYPE)[0]) + 1
    for number, one in enumerate(document.findall(TEMPLATE)):
        document.insert(place + number, one)


def may_be_in_a_ccd(document: Element) -> bool:
    """Say whether all in it that is of R2.1 can be read as R1.1 too, as is asked of a CCD.

    One that claims to be a document of R2.1 has answered for that itself.
    """
    own = {(one.get("root", ""), one.get("extension", "")) for one in document.iterfind(TEMPLATE)}
    if any(root.startswith(DOCUMENTS) and version == CCD[0][1] for root, version in own - HEADER):
        return True
    plain = {
        (one.getparent(), one.get("root"))
        for one in document.iter(TEMPLATE)
        if not one.get("extension")
    }
    return all(
        (one.getparent(), one.get("root")) in plain
        for one in document.iter(TEMPLATE)
        if one.get("extension") in OF_BOTH
    )


HEADER = frozenset(US_HEADER)
DOCUMENTS = ("2.16.840.1.113883.10.20.22.1.", "2.16.840.1.113883.10.20.29.1")
OF_BOTH = frozenset({"2014-06-09", "2015-08-01"})
"""The versions of R2.1 of what R1.1 had."""


def time_of(root: Element) -> str:
    """Return when a document was made, as it says."""
    time = root.find(EFFECTIVE)
    told = time.get("value", "") if time is not None else ""
    return told if TIME.fullmatch(told) else ""


def _id_of(roots: Sequence[Element]) -> UUID:
    """Return an id that only these documents together give: the same ones, the same id."""
    digest = hashlib.sha256(b"kanglu ccd")
    for root in roots:
        digest.update(hashlib.sha256(canonical(root)).digest())
    return UUID(digest.hexdigest()[:32])


def _strictest(roots: Iterable[Element]) -> str:
    codes = [
        one.get("code", "") for root in roots for one in root.iterfind(cda("confidentialityCode"))
    ]
    return max((one for one in codes if one in SECRECY), key=SECRECY.__getitem__, default="N")


def _add_patient(document: Element, roots: Sequence[Element]) -> None:
    known = [root for root in roots for role in root.findall(ROLE) if list(own_ids(role))]
    newest = (known or roots)[-1]
    target = newest.find(cda("recordTarget"))
    if target is None:
        return
    copy = _copy(target)
    document.append(copy)
    role = copy.find(cda("patientRole"))
    if role is None:
        return
    seen = set(own_ids(role))
    for root in roots:
        for one in root.iterfind(f"{ROLE}/{ID}"):
            key = (one.get("root", ""), one.get("extension", ""))
            if key[0] and key not in seen:
                seen.add(key)
                role.insert(len(role.findall(ID)), _copy(one))


def _add_copies(document: Element, roots: Sequence[Element], tag: str) -> None:
    found = {canonical(one): one for root in roots for one in root.iterfind(tag)}
    for one in found.values():
        document.append(_copy(one))


def _newest(roots: Sequence[Element], tag: str) -> Sequence[Element]:
    """Return the newest document that has this part."""
    return [root for root in roots if root.find(tag) is not None][-1:]


def _copy(element: Element) -> Element:
    copy = deepcopy(element)
    copy.tail = None
    return copy


def _add_care(document: Element, roots: Sequence[Element]) -> None:
    """Append the period of care: from the earliest to the latest any document tells of."""
    times = [time for root in roots for event in root.iterfind(EVENT) for time in _period(event)]
    times = times or [time for root in roots if (time := time_of(root))]
    event = add(add(document, "documentationOf"), "serviceEvent", classCode="PCPR")
    period = add(event, "effectiveTime")
    _add_time(period, "low", min(times, key=_sortable, default=""))
    _add_time(period, "high", max(times, key=_sortable, default=""))
    _add_copies(event, [one for root in roots for one in root.iterfind(EVENT)], cda("performer"))
    for one in event.iterfind(cda("performer")):
        one.set("typeCode", "PRF")  # a CCD knows no primary and no secondary one


def _period(event: Element) -> list[str]:
    time = event.find(EFFECTIVE)
    if time is None:
        return []
    ends = (time, time.find(LOW), time.find(HIGH))
    told = [one.get("value", "") for one in ends if one is not None]
    return [one for one in told if TIME.fullmatch(one)]


def _add_time(parent: Element, tag: str, value: str) -> None:
    if value:
        add(parent, tag, value=value)
    else:
        add(parent, tag, nullFlavor="NI")


def _sortable(value: str) -> str:
    return value.split("+")[0].split("-")[0].ljust(14, "0")


def _add_parents(document: Element, roots: Sequence[Element]) -> None:
    for root in roots:
        ids = [one for one in root.findall(ID) if one.get("root")]
        if ids:
            related = add(document, "relatedDocument", typeCode="XFRM")
            add(related, "parentDocument").append(_copy(ids[0]))
