"""Whether several documents are of one patient; where that is not certain they are not."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from records.cda.elements import Element
from records.cda.engine.refusals import PatientsDiffer
from records.cda.engine.tree import cda, own_ids

ROLE = cda("patientRole")
NAME, BIRTH, GENDER = cda("name"), cda("birthTime"), cda("administrativeGenderCode")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a header says to tell one patient from another."""

    ids: frozenset[tuple[str, str]]
    names: frozenset[str]
    birth: str
    gender: str


def check_one_patient(roots: Sequence[Element]) -> None:
    """Raise PatientsDiffer unless each document is of the patient of the one before."""
    identities = [_identity(root) for root in roots]
    if not identities:
        raise PatientsDiffer("There is no document.")
    if any(not same_patient(one, other) for one, other in pairwise(identities)):
        raise PatientsDiffer("The documents are of different patients, or it cannot be told.")


def same_patient(one: Identity, other: Identity) -> bool:
    """Say whether these are certainly one person.

    A shared id says so unless the birth dates differ; ids of one source that differ say no; with
    ids of different sources, name, birth date and sex have to be told and equal.
    """
    if one.birth and other.birth and one.birth != other.birth:
        return False
    if one.ids & other.ids:
        return True
    if {root for root, _ in one.ids} & {root for root, _ in other.ids}:
        return False
    same_name = bool(one.names & other.names)
    return same_name and bool(one.birth) and one.birth == other.birth and one.gender == other.gender


def _identity(root: Element) -> Identity:
    roles = root.findall(f"{cda('recordTarget')}/{ROLE}")
    if len(roles) != 1:
        raise PatientsDiffer("A document names no patient, or several.")
    role = roles[0]
    names = (_said(name) for name in role.iterfind(f"{cda('patient')}/{NAME}"))
    return Identity(
        ids=frozenset(own_ids(role)),
        names=frozenset(one for one in names if one),
        birth=_attribute(role, BIRTH, "value")[:8],
        gender=_attribute(role, GENDER, "code"),
    )


def _said(name: Element) -> str:
    return " ".join(" ".join(str(part) for part in name.itertext()).casefold().split())


def _attribute(role: Element, tag: str, name: str) -> str:
    found = role.find(f"{cda('patient')}/{tag}")
    return found.get(name, "") if found is not None else ""
