"""What one of our own documents says: for the document viewer and the third party's page.

It reads what `write_segment` and `public_document` write and nothing else; a document of somebody
else's is the record engine's to read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from records.cda.codes import CDA, CUSTODIAN, KANGLU_CODES
from records.cda.elements import Element
from records.cda.entries import STATUSES
from records.errors import KangluError
from records.observations import Status
from records.vocabulary import Code, SegmentKind

LARGEST = 10 * 1024 * 1024
"""Bytes of the largest document that is read."""

NAMESPACES = {"c": CDA}
ORIGINAL, MEDICATION = f"{{{CDA}}}originalText", f"{{{CDA}}}substanceAdministration"
SITE, METHOD = f"{{{CDA}}}targetSiteCode", f"{{{CDA}}}methodCode"
NUMBER = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")
TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(?:(\d\d)\d*(?:\.\d+)?([+-]\d{4})?)?)?")
STATUS_OF = {word: status for status, word in STATUSES.items()}


class NotOurDocument(KangluError):
    """Raised when bytes are not a document of ours: too large, not XML, with a DTD, or foreign."""


@dataclass(frozen=True, slots=True)
class ReadObservation:
    """One observation as its document says it.

    `numbers` are all of a panel in its order (systolic, diastolic), with one UCUM `unit`; `words`
    what was said instead. `time` is for reading: `2026-04-11 08:30 +0800`, or `2026-04-11 08 h`
    where only the hour is told. `site` and `position` are the circumstances as they were told.
    """

    code: Code
    loinc: str
    numbers: tuple[Decimal, ...]
    unit: str
    words: str
    time: str
    status: Status
    site: str = ""
    position: str = ""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One document: its kind, title and observations; sex (F, M, UN) and age band where told."""

    kind: SegmentKind
    title: str
    version: int | None
    sex: str
    age: str
    observations: tuple[ReadObservation, ...]


def read_document(content: bytes) -> ReadDocument:
    """Return what one of our documents says; raises NotOurDocument for anything else."""
    document = _parsed(content)
    custodian = "c:custodian/c:assignedCustodian/c:representedCustodianOrganization/c:id"
    if _attribute(document, custodian, "root") != CUSTODIAN:
        raise NotOurDocument("not kept by Kanglu")
    try:
        version = _attribute(document, "c:versionNumber", "value")
        return ReadDocument(
            kind=SegmentKind(_own_code(document)),
            title=document.findtext("c:title", "", NAMESPACES),
            version=int(version) if version else None,
            sex=_attribute(document, ".//c:patient/c:administrativeGenderCode", "code"),
            age=_age_band(document),
            observations=tuple(_observations(document)),
        )
    except ValueError as error:
        raise NotOurDocument("not as Kanglu writes it") from error


def _parsed(content: bytes) -> Element:
    """Parse without DTD, entities, network or huge trees; ours are UTF-8 and declare no type."""
    if len(content) > LARGEST or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise NotOurDocument("too large, or with a document type")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        document = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotOurDocument("not well formed") from error
    if document.tag != f"{{{CDA}}}ClinicalDocument":
        raise NotOurDocument("not a clinical document")
    return document


def _observations(document: Element) -> Iterator[ReadObservation]:
    words = {one.get("ID", ""): _text(one) for one in document.iterfind(".//c:content", NAMESPACES)}
    for entry in document.iterfind(".//c:section/c:entry", NAMESPACES):
        # What lasts stands within its concern, an illness of a relative within its organizer.
        act = next((one for one in entry.iter("*") if _own_code(one)), None)
        if act is not None:
            yield _observation(act, Code(_own_code(act)), words)


def _observation(act: Element, code: Code, words: dict[str, str]) -> ReadObservation:
    reference = _attribute(act, "c:text/c:reference", "value").removeprefix("#")
    values = act.findall(".//c:value", NAMESPACES)
    quantities = [one for one in values if one.get("unit") and one.get("value")]
    return ReadObservation(
        code=code,
        loinc=_loinc(act),
        numbers=tuple(_number(one.get("value", "")) for one in quantities),
        unit=quantities[0].get("unit", "") if quantities else "",
        words="" if quantities else _said(act, values, words.get(reference, "")),
        time=_time(act),
        status=STATUS_OF[_status(act)],
        site=_circumstance(act, SITE),
        position=_circumstance(act, METHOD),
    )


def _circumstance(act: Element, tag: str) -> str:
    told = next(act.iter(tag), None)
    return "" if told is None else _text(told)


def _said(act: Element, values: list[Element], narrative: str) -> str:
    original = next((one for one in act.iter(ORIGINAL) if not _is_circumstance(one)), None)
    if original is not None:
        return _text(original)
    for value in values:
        day = value.get("value", "")
        return _readable(day) if day else _text(value)
    return narrative


def _is_circumstance(original: Element) -> bool:
    parent = original.getparent()
    return parent is not None and parent.tag in (SITE, METHOD)


def _number(text: str) -> Decimal:
    if not NUMBER.fullmatch(text):
        raise ValueError("not a number")
    return Decimal(text)


def _status(act: Element) -> str:
    status = _attribute(act, "c:statusCode", "code")
    if act.tag == MEDICATION and status == "active":
        return "completed"  # a medicine that is being taken: only what counts is written as one
    if status not in STATUS_OF:
        raise ValueError("not a status")
    return status


def _time(act: Element) -> str:
    value = _attribute(act, "c:effectiveTime", "value")
    return _readable(value or _attribute(act, "c:effectiveTime/c:low", "value"))


def _readable(time: str) -> str:
    match = TIME.fullmatch(time)
    if match is None:
        return ""
    year, month, day, hour, minute, offset = match.groups()
    date = f"{year}-{month}-{day}"
    if minute:
        return f"{date} {hour}:{minute} {offset or ''}".strip()
    return f"{date} {hour} h" if hour else date


def _age_band(document: Element) -> str:
    """Return `60–69` or `90+` from the age of a public document, or nothing."""
    low = _attribute(document, ".//c:observation/c:value/c:low", "value")
    high = _attribute(document, ".//c:observation/c:value/c:high", "value")
    if not low:
        return ""
    return f"{low}–{high}" if high else f"{low}+"


def _own_code(act: Element) -> str:
    found = act.findall("c:code/c:translation", NAMESPACES)
    return next((x.get("code", "") for x in found if x.get("codeSystem") == KANGLU_CODES), "")


def _loinc(act: Element) -> str:
    """Return the code of what was observed: the last before our own, panels stand first."""
    code = act.find("c:code", NAMESPACES)
    found = [] if code is None else [code, *code]
    codes = [one.get("code", "") for one in found if one.get("codeSystem") != KANGLU_CODES]
    return codes[-1] if codes else ""


def _attribute(element: Element, path: str, name: str) -> str:
    found = element.find(path, NAMESPACES)
    return "" if found is None else found.get(name, "")


def _text(element: Element) -> str:
    return "".join(str(one) for one in element.itertext())
