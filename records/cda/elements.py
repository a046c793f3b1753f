"""The bricks of a document: elements, ids, times and texts as CDA wants them."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from urllib.parse import quote
from uuid import UUID

from lxml import etree

from records.cda.codes import (
    CDA,
    KANGLU_CODES,
    KANGLU_IDS,
    SYSTEM_NAMES,
    XSI,
    Coding,
    Template,
)
from records.cda.meanings import CODES
from records.observations import Quantity
from records.vocabulary import MEANINGS, Code

Element = etree._Element

FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HEX_ID = re.compile("[0-9a-f]{32}")


def plain(text: str) -> str:
    """Return the text with U+FFFD for what XML 1.0 forbids: most control characters, surrogates."""
    return FORBIDDEN.sub("\ufffd", text)


def add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """Append an element and return it; attributes that are empty are left out."""
    child = etree.SubElement(parent, f"{{{CDA}}}{tag}")
    for name, value in attributes.items():
        if value:
            child.set(name, plain(value))
    if text:
        child.text = plain(text)
    return child


def new_document() -> Element:
    """Return an empty ClinicalDocument."""
    return etree.fromstring(f'<ClinicalDocument xmlns="{CDA}" xmlns:xsi="{XSI}"/>')


def to_bytes(document: Element) -> bytes:
    """Return the document as UTF-8: the same tree, the same bytes."""
    return etree.tostring(document, xml_declaration=True, encoding="UTF-8")


def add_templates(parent: Element, *templates: Template) -> None:
    """Append the templates the parent keeps to."""
    for root, extension in templates:
        if root:
            add(parent, "templateId", root=root, extension=extension)


def add_id(parent: Element, name: str, *, part: str = "", tag: str = "id") -> None:
    """Append an id: 32 hexadecimal digits as a UUID, anything else under Kanglu's own root."""
    if HEX_ID.fullmatch(name):
        add(parent, tag, root=str(UUID(name)), extension=part)
    elif name:
        extension = f"{name}.{part}" if part else name
        add(parent, tag, root=KANGLU_IDS, extension=extension)
    else:
        add(parent, tag, nullFlavor="NI")


def add_code(parent: Element, code: Code, *before: Coding, brief: bool = False) -> None:
    """Append the LOINC code with our own beside it, or our own alone and that LOINC has none.

    The codes of `before` stand first and what is meant stands beside them. A `brief` one leaves our
    own out where LOINC's says the same, and the names of code systems.
    """
    meaning = MEANINGS[code]
    own = (Coding(meaning.loinc, meaning.display),) if meaning.loinc else ()
    codings = list(dict.fromkeys((*before, *own)))
    if codings:
        element = add_coding(parent, "code", codings[0], brief=brief)
    else:
        element = add(parent, "code", nullFlavor="OTH")
    for one in codings[1:]:
        add_coding(element, "translation", one, brief=brief)
    if not brief:
        add_own(element, "translation", str(code))
    elif CODES.get(meaning.loinc or "") is not code:
        add(element, "translation", code=str(code), codeSystem=KANGLU_CODES)


def add_coding(parent: Element, tag: str, coding: Coding, *, brief: bool = False) -> Element:
    """Append a code of any system under this tag."""
    return add(
        parent,
        tag,
        code=coding.code,
        codeSystem=coding.system,
        codeSystemName="" if brief else SYSTEM_NAMES.get(coding.system, ""),
        displayName=coding.display,
    )


def add_loinc(parent: Element, tag: str, code: str, display: str) -> Element:
    """Append a LOINC code under this tag."""
    return add_coding(parent, tag, Coding(code, display))


def add_own(parent: Element, tag: str, word: str) -> Element:
    """Append one of our own words under this tag."""
    return add(parent, tag, code=word, codeSystem=KANGLU_CODES, codeSystemName="Kanglu")


def add_value(parent: Element, type_name: str, text: str = "", **attributes: str) -> Element:
    """Append a value of an HL7 data type such as PQ, ST or TS."""
    value = add(parent, "value", text, **attributes)
    value.set(f"{{{XSI}}}type", type_name)
    return value


def add_quantity(parent: Element, quantity: Quantity) -> None:
    """Append a physical quantity with every digit that was given."""
    unit = "".join(plain(quantity.unit).split()) or "1"
    if quantity.value.is_finite():
        add_value(parent, "PQ", value=digits(quantity.value), unit=unit)
    else:
        add_value(parent, "PQ", nullFlavor="NI", unit=unit)


def digits(number: Decimal) -> str:
    """Return a decimal without an exponent, its trailing zeros kept."""
    return format(number, "f")


def moment(at: datetime) -> str:
    """Return a time as HL7 writes it: to the second or finer, with its offset in minutes."""
    if (at.utcoffset() or timedelta()) % timedelta(minutes=1):  # local mean time, before zones
        at = at.astimezone(UTC)
    fraction = f".{at.microsecond:06d}" if at.microsecond else ""
    return f"{at.year:04d}{at:%m%d%H%M%S}{fraction}{at:%z}"


def dialled(phone: str) -> str:
    """Return a telephone number as a URL."""
    return "tel:" + quote("".join(plain(phone).split()), safe="+-.()")
