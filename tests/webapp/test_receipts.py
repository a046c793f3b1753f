"""Every give and withdraw has its receipt: on a page, as JSON-LD, and in the FHIR export."""

import json

from records.consent import Part
from records.services.concealing import Concealment, hide
from records.services.consenting import withdraw_grant
from records.vocabulary import Code, SegmentKind

FIELDS = {
    "@context",
    "@type",
    "dpv:hasIdentifier",
    "dct:conformsTo",
    "dct:issued",
    "dpv:hasDataSubject",
    "dpv:hasNotice",
    "dpv:hasPurpose",
    "dpv:hasConsentStatus",
    "dct:hasPart",
}
OF_THE_PURPOSE = {
    "dpv:hasPersonalData",
    "dpv:hasDataController",
    "dpv:hasRecipient",
    "dpv:hasStorageCondition",
    "dpv:hasWithdrawalMethod",
    "dpv:hasLegalBasis",
}


def test_the_receipt_tells_of_giving_and_withdrawing(site):
    amina, grant = site.as_(site.cast.amina), site.cast.grant
    place = f"/me/consents/{grant.id}/receipt"
    assert place in amina.get("/me/consents").links()
    assert amina.get(place).has("Dr Chen")
    before = json.loads(amina.fetch(f"{place}.json").data)
    assert set(before) >= FIELDS
    assert set(before["dpv:hasPurpose"]) >= OF_THE_PURPOSE
    assert before["dct:conformsTo"] == "ISO/IEC TS 27560:2023"
    assert before["dpv:hasConsentStatus"] == "dpv:ConsentGiven"
    assert before["dpv:hasPurpose"]["dpv:hasPersonalData"] == ["physical_signs"]
    assert "Amina" not in json.dumps(before)
    assert site.cast.amina.id not in json.dumps(before)
    with site.database.begin(True) as unit:
        withdraw_grant(unit, grant.id, by=site.cast.amina, now=site.clock())
    after = json.loads(amina.fetch(f"{place}.json").data)
    assert after["dpv:hasConsentStatus"] == "dpv:ConsentWithdrawn"
    assert [one["@type"] for one in after["dct:hasPart"]] == [
        "dpv:ConsentGiven",
        "dpv:ConsentWithdrawn",
    ]
    assert amina.get(place).has("withdrawn")


def test_nobody_reads_the_receipt_of_another(site):
    place = f"/me/consents/{site.cast.grant.id}/receipt"
    zoe = site.as_(site.others.zoe)
    zoe.get(place, 404)
    zoe.get("/me/consents/made-up/receipt", 404)


def test_the_export_holds_what_is_hidden_for_the_patient_alone(site):
    cast = site.cast
    with site.database.begin(True) as unit:
        part = Part(SegmentKind.PHYSICAL_SIGNS, code=Code.HEART_RATE)
        wish = Concealment(part, person=cast.bela.id)
        hide(unit, wish, record_id=cast.record.id, by=cast.amina, now=site.clock())

    def denied(who, place):
        bundle = json.loads(site.as_(who).fetch(place).data)
        found = [one["resource"] for one in bundle["entry"]]
        consents = [one for one in found if one["resourceType"] == "Consent"]
        return [one["provision"] for one in consents if one["provision"]["type"] == "deny"]

    (own,) = denied(cast.amina, "/me/export/record.json")
    assert own["code"] == [{"text": "heart_rate"}]
    assert own["actor"][0]["reference"]["display"] == "Bela"
    assert denied(cast.chen, f"/p/{cast.record.id}/export/record.json") == []
