"""The templates a document, its sections and its entries claim to keep to.

Facts of C-CDA R2.1, which asks that a template which R1.1 had be named by its root alone as well.
C-CDA 4.0 is not claimed: it wants another code for a panel of vital signs under the same template.
"""

from collections.abc import Sequence

from records.cda.codes import SectionType, Template

Claims = tuple[Template, ...]

_ROOT = "2.16.840.1.113883.10.20"


def _both(root: str, *extensions: str) -> Claims:
    return tuple((f"{_ROOT}.{root}", one) for one in ("", *extensions))


US_HEADER = _both("22.1.1", "2015-08-01")
PATIENT_GENERATED = _both("29.1", "2015-08-01")
CCD = _both("22.1.2", "2015-08-01")

AUTHOR = _both("22.4.119")
VITAL_SIGNS = _both("22.4.26", "2015-08-01")
VITAL_SIGN = _both("22.4.27", "2014-06-09")
RESULTS = _both("22.4.1", "2015-08-01")
RESULT = _both("22.4.2", "2015-08-01")
NOTE = _both("22.4.202", "2016-11-01")[1:]
PROBLEM_CONCERN = _both("22.4.3", "2015-08-01")
PROBLEM = _both("22.4.4", "2015-08-01")
ALLERGY_CONCERN = _both("22.4.30", "2015-08-01")
ALLERGY = _both("22.4.7", "2014-06-09")
MEDICATION = _both("22.4.16", "2014-06-09")
MEDICINE = _both("22.4.23", "2014-06-09")
FAMILY_HISTORY = _both("22.4.45", "2015-08-01")
FAMILY_ILLNESS = _both("22.4.46", "2015-08-01")
FUNCTION = _both("22.4.67", "2014-06-09")
SCALE = _both("22.4.69")
NUTRITION = _both("22.4.124")
NUTRITION_ASSESSMENT = _both("22.4.138")
LIFE = _both("22.4.38", "2015-08-01")
HEALTH_CONCERN = _both("22.4.132", "2015-08-01")
ENTRY_REFERENCE = _both("22.4.122")
PLANNED_ACT = _both("22.4.39", "2014-06-09")
PLANNED_VISIT = _both("22.4.40", "2014-06-09")
PLANNED_MEASUREMENT = _both("22.4.44", "2014-06-09")
TEAM = _both("22.4.500", "2022-06-01")[1:]
TEAM_MEMBER = _both("22.4.500.1", "2022-06-01")[1:]

WITH_ENTRIES = frozenset(f"{_ROOT}.22.2.{one}" for one in ("1", "3", "4", "5", "6"))
"""Sections that have a second form, which requires entries of its template."""


UNVERSIONED = frozenset({f"{_ROOT}.22.2.65", f"{_ROOT}.22.2.500"})
"""Sections that R1.1 did not have."""
ONLY_WITH_ENTRIES = frozenset({f"{_ROOT}.22.2.57"})
"""Sections in which every entry keeps to its template."""


def claims_of(section: SectionType, coded: Sequence[bool]) -> Claims:
    """Return what a section claims; `coded` says of each entry whether it keeps to a template."""
    root, extension = section.template
    if not root or (root in ONLY_WITH_ENTRIES and not all(coded)):
        return ()
    if root in UNVERSIONED:
        return ((root, extension),)
    plain = dict.fromkeys(((root, ""), (root, extension)))
    if root in WITH_ENTRIES and (any(coded) or not coded):
        return (*plain, (f"{root}.1", ""), (f"{root}.1", extension))
    return tuple(plain)
