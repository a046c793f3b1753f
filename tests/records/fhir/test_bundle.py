"""A record as a FHIR R4 Bundle: every resource is one FHIR knows, and says what was said."""

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st

from records.consent import Grant
from records.fhir import Source, bundle_of, to_json
from records.observations import pressure
from records.tracking import AttachmentId, GrantId
from records.vocabulary import Language, Purpose, SegmentKind
from tests.records.cda.documents import (
    AMINA,
    CHEN,
    FACTS,
    MORNING,
    RECORD,
    an_observation,
    segments,
)
from tests.records.cda.rich import LATER, PEOPLE, rich

KINDS = frozenset({SegmentKind.PHYSICAL_SIGNS, SegmentKind.SIGNS})
GIVEN = Grant(GrantId("9a" * 16), RECORD.id, KINDS, Purpose.TREATMENT, MORNING, None, CHEN.id)
GRANTS = (
    (GIVEN, "Dr Chen"),
    (Grant(GrantId("9b" * 16), RECORD.id, KINDS, Purpose.RESEARCH, MORNING, LATER), ""),
)


def a_bundle(language: Language = Language.ENGLISH) -> dict[str, object]:
    told = tuple(one for segment in rich(language) for one in segment.standing)
    source = Source(AMINA, FACTS, told, PEOPLE, GRANTS)
    return json.loads(to_json(bundle_of(source, now=LATER)))


def resources(bundle: dict[str, object], name: str) -> list[dict[str, object]]:
    entries = bundle["entry"]
    assert isinstance(entries, list)
    found = (one["resource"] for one in entries)
    return [one for one in found if one["resourceType"] == name]


@pytest.mark.parametrize("language", Language)
def test_a_bundle_of_everything_is_fhir(language: Language) -> None:
    bundle = a_bundle(language)
    Bundle.model_validate(bundle)
    counted = Counter(one["resource"]["resourceType"] for one in bundle["entry"])  # type: ignore[attr-defined]
    for name in ("Condition", "MedicationStatement", "AllergyIntolerance", "FamilyMemberHistory"):
        assert counted[name] == 1
    assert counted["Patient"] == 1
    assert counted["Consent"] == 2
    assert counted["Provenance"] >= 3
    assert counted["Observation"] > 15


@given(given=st.data())
@settings(max_examples=25, deadline=None)
def test_a_bundle_of_anything_is_fhir(given: st.DataObject) -> None:
    kind = given.draw(st.sampled_from(SegmentKind))
    told = given.draw(segments(kind)).standing
    Bundle.model_validate_json(to_json(bundle_of(Source(AMINA, FACTS, told), now=LATER)))


def test_every_reference_leads_somewhere() -> None:
    bundle = a_bundle()
    there = {one["fullUrl"] for one in bundle["entry"]}  # type: ignore[attr-defined]
    assert len(there) == len(bundle["entry"])  # type: ignore[arg-type]
    text = json.dumps(bundle)
    named = {one.split('"')[0] for one in text.split('"reference": "')[1:]}
    assert named
    assert named <= there


def test_a_number_keeps_its_digits_and_unit() -> None:
    told = [one for segment in rich() for one in segment.standing if one.code == "weight"]
    written = to_json(bundle_of(Source(AMINA, FACTS, tuple(told)), now=LATER))
    (one,) = resources(json.loads(written), "Observation")
    assert one["valueQuantity"] == {
        "value": 7.2,
        "unit": "kg",
        "system": "http://unitsofmeasure.org",
        "code": "kg",
    }
    assert b'"value":7.2,' in written


def test_who_the_patient_is_stands_in_one_resource_only() -> None:
    bundle = a_bundle()
    (patient,) = resources(bundle, "Patient")
    assert patient["birthDate"] == "1951-03-09"
    assert patient["gender"] == "female"
    others = [one for one in bundle["entry"] if one["resource"] is not patient]  # type: ignore[attr-defined]
    assert "Salt Lane" not in json.dumps(others)


def test_a_grant_is_open_until_it_ends() -> None:
    told = bundle_of(Source(AMINA, FACTS, (), PEOPLE, GRANTS), now=LATER + timedelta(days=1))
    consents = resources(json.loads(to_json(told)), "Consent")
    assert [one["status"] for one in consents] == ["active", "inactive"]


def test_what_was_read_from_a_document_says_so() -> None:
    told = [
        one for segment in rich() for one in segment.standing if one.code in ("weight", "waist")
    ]
    read = [replace(told[0], source=AttachmentId("d0" * 16)), *told[1:]]
    bundle = json.loads(to_json(bundle_of(Source(AMINA, FACTS, tuple(read)), now=LATER)))
    Bundle.model_validate(bundle)
    entities = [one.get("entity") for one in resources(bundle, "Provenance")]
    document = {"identifier": {"value": "d0d0d0d0-d0d0-d0d0-d0d0-d0d0d0d0d0d0"}}
    assert sorted(entities, key=str) == sorted(
        [None, [{"role": "source", "what": document}]], key=str
    )


def test_where_and_how_it_was_measured_is_said_with_its_code() -> None:
    told = an_observation(components=pressure(128, 82), site="left arm", position="lying")
    bundle = json.loads(to_json(bundle_of(Source(AMINA, FACTS, (told,)), now=LATER)))
    (one,) = resources(bundle, "Observation")
    assert one["bodySite"]["coding"][0]["code"] == "368208006"
    (position,) = one["extension"]
    assert position["valueCodeableConcept"]["coding"][0]["code"] == "102538003"
