"""Which of the ten kinds a section and a statement belong to: our own table of facts.

Codes are LOINC section and document codes (https://loinc.org) as C-CDA R1.1 to R4, IHE PCC and
the French and Italian profiles use them; what stands in no line is `other`.
"""

from records.cda.codes import KANGLU_CODES
from records.cda.elements import Element
from records.cda.engine.tree import COMPONENT, ORGANIZER, own_codes, statement
from records.vocabulary import SegmentKind

_CODES = {
    SegmentKind.HEALTH_STATUS: """
        11450-4 75310-3 11348-0 48765-2 10160-0 11369-6 47519-4 46264-8 10183-2 42346-7 46241-6
        11535-2 29548-5 29549-3 11329-0 10155-0 10153-2 11338-1 46240-8 10162-6 75311-1 10182-4
        48768-6 42348-3 10156-4 11322-4 56836-0 18630-4 10030-5 52471-0 57828-6 57827-8 55109-3
        10218-6 10219-4 59769-0 29308-4 42344-2 86467-8 67803-7 90768-3 55753-8 11383-7 88330-6
        61143-4 97510-2 10167-5""",
    SegmentKind.PHYSICAL_SIGNS: """
        8716-3 30954-2 29545-1 26436-6 10184-0 11493-4 11384-5 10206-1 8709-8 8710-6 18719-5
        18720-3 18723-7 18725-2 18785-6 18728-6 18748-4 22029-3 11502-2 34895-3 61149-1 26435-8
        30746-2 18769-0 18727-8 18726-0 29576-6 59776-5 11514-7 18729-4 121070""",
    SegmentKind.FAMILY_HISTORY: "10157-6 10157-2",
    SegmentKind.NON_PHYSICAL_SIGNS: """
        10190-7 47420-5 10154-3 10187-3 10164-2 38208-5 11332-4 72514-3 96338-9 71802-3 46239-0
        29299-5 83320-2""",
    SegmentKind.RECORD_OF_LIFE: "29762-2 61144-2 10159-2 11340-7 42349-2 67504-6 57073-9 89571-4",
    SegmentKind.DOCTOR_DESCRIPTION: """
        51847-2 51848-0 18776-5 11506-3 11488-4 34117-2 34133-9 18842-5 18841-7 28570-0 34111-5
        34748-4 34746-8 28651-8 57133-1 61146-7 62387-6 62385-0 69730-0 8653-8 8648-8 42349-1
        29554-3 59768-2 59770-8 59771-6 59772-4 59773-2 59774-0 59775-7 10216-0 10223-6 10223-2
        11537-8 55110-1 55111-9 55107-7 55112-7 55114-3 18782-3 18783-1 11504-8 28574-2 80615-8
        78337-3 55108-5 74156-1 46209-3 57076-2 57075-4 47045-0 93341-6 121072 121109 11496-7
        18610-6 42347-5 54094-8 48764-5 64298-3 35088-4 11524-6 18823-5 10213-7 10215-2 10221-0
        10207-9 18834-2 68608-9 8647-0 11490-0 59282-4 93126-1""",
    SegmentKind.THIRD_PARTY_DESCRIPTION: "34109-9 85847-2 85208-7",
}
SECTION_KINDS = {code: kind for kind, codes in _CODES.items() for code in codes.split()}

_MEASURES = """
    8302-2 8306-3 8308-9 3137-7 3138-5 8307-1 8301-4
    29463-7 3141-9 3142-7 8350-1 8351-9 75292-3 79348-9 8335-2
    8280-0 8281-8 56086-2 56114-2 56115-9 56116-7 56117-5
    39156-5 59574-4 59575-1 59576-9 89270-3
    50373000 248333004 27113001 60621009 276361009"""
BODY_MEASURES = frozenset(_MEASURES.split())
"""Height, weight, waist and BMI, however taken: LOINC, then SNOMED CT."""

_OWN = {str(kind) for kind in SegmentKind}


def kind_of_document(root: Element) -> SegmentKind:
    """Return the kind that one of our own documents claims, or `other`."""
    own = (code for code, system in own_codes(root) if system == KANGLU_CODES and code in _OWN)
    return SegmentKind(next(own, SegmentKind.OTHER))


def kind_of_section(section: Element) -> SegmentKind | None:
    """Return the kind of a section by its code or a translation of it, or None if unknown."""
    for code, system in own_codes(section):
        if system == KANGLU_CODES and code in _OWN:
            return SegmentKind(code)
        if code in SECTION_KINDS:
            return SECTION_KINDS[code]
    return None


def take_measures(holding: Element, found: list[Element]) -> bool | None:
    """Add the entry, or the components of it, that hold body measures only.

    Says whether all of it does; None where it holds both.
    """
    act = statement(holding)
    if act is None:
        return False
    parts = list(act.iterchildren(COMPONENT)) if act.tag == ORGANIZER else []
    before = len(found)
    if parts:
        answers = {take_measures(one, found) for one in parts}
        answer = answers.pop() if len(answers) == 1 else None
    else:
        answer = not BODY_MEASURES.isdisjoint(code for code, _ in own_codes(act))
    if answer:
        found[before:] = [holding]
    return answer
