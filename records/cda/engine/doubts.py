"""What a person should look at before a document is used or shared; nothing here refuses it."""

import base64
import binascii
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from records.cda.elements import Element
from records.cda.engine.choosing import CONFIDENTIALITY, RESTRICTED
from records.cda.engine.hiding import OURS
from records.cda.engine.parsing import line_of
from records.cda.engine.tree import cda


class Doubt(StrEnum):
    """What is odd about a document that was taken."""

    SEVERAL_PATIENTS = "several_patients"
    RESTRICTED = "restricted"
    SAME_ID_TWICE = "same_id_twice"
    FOREIGN_MARKUP = "foreign_markup"
    BROKEN_FILE = "broken_file"


@dataclass(frozen=True, slots=True)
class Found:
    """One doubt and the line where it arises."""

    doubt: Doubt
    line: int


def doubts_about(root: Element) -> tuple[Found, ...]:
    """Return what a person should look at, in the order of the lines."""
    found = [
        Found(Doubt.SEVERAL_PATIENTS, line_of(one)) for one in root.findall(cda("recordTarget"))[1:]
    ]
    seen: set[str] = set()
    for one in root.iter("*"):
        name = one.get("ID")
        if name and name in seen:
            found.append(Found(Doubt.SAME_ID_TWICE, line_of(one)))
        if name:
            seen.add(name)
        if etree.QName(one).namespace not in OURS:
            found.append(Found(Doubt.FOREIGN_MARKUP, line_of(one)))
        if one.tag == CONFIDENTIALITY and one.get("code") in RESTRICTED:
            found.append(Found(Doubt.RESTRICTED, line_of(one)))
        if one.get("representation") == "B64" and not _is_base64(one.text or ""):
            found.append(Found(Doubt.BROKEN_FILE, line_of(one)))
    return tuple(sorted(found, key=lambda one: (one.line, one.doubt)))


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True
