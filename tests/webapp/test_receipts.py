"""Every give and withdraw has its receipt: on a page, as JSON-LD, and in the FHIR export."""

import io
import json
import zipfile
from datetime import timedelta

from records.consent import Part
from records.services.concealing import Concealment, hide, show_again
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


def hidden(site, part, **more):
    cast = site.cast
    with site.database.begin(True) as unit:
        wish = Concealment(part, **more)
        return hide(unit, wish, record_id=cast.record.id, by=cast.amina, now=site.clock())


def test_hiding_and_showing_again_have_a_receipt(site):
    cast, part = site.cast, Part(SegmentKind.PHYSICAL_SIGNS, code=Code.HEART_RATE)
    one = hidden(site, part, person=cast.chen.id)
    amina, place = site.as_(cast.amina), f"/me/hidden/{one.id}/receipt"
    assert place in amina.get("/me/hidden").links()
    page = amina.get(place)
    assert page.has("Hidden from Dr Chen")
    assert page.has("You can show it again at any time")
    before = json.loads(amina.fetch(f"{place}.json").data)
    assert set(before) >= FIELDS
    assert set(before["dpv:hasPurpose"]) >= OF_THE_PURPOSE
    assert before["dpv:hasConsentStatus"] == "dpv:ConsentRefused"
    assert before["dpv:hasPurpose"]["dpv:hasPersonalData"] == ["heart_rate"]
    assert before["dpv:hasPurpose"]["dpv:hasRecipient"] == {"dpv:hasName": "Dr Chen"}
    assert before["dpv:hasPurpose"]["dpv:hasWithdrawalMethod"].endswith("/me/hidden")
    assert "Amina" not in json.dumps(before)
    assert cast.amina.id not in json.dumps(before)
    site.clock.pass_(minutes=5)
    with site.database.begin(True) as unit:
        show_again(unit, one.id, by=cast.amina, now=site.clock())
    after = json.loads(amina.fetch(f"{place}.json").data)
    assert after["dpv:hasConsentStatus"] == "dpv:RenewedConsentGiven"
    first, second = after["dct:hasPart"]
    assert first["dct:date"] == one.hidden.isoformat()
    assert second["dct:date"] == site.clock().isoformat()
    assert amina.get(place).has("shown again")


def test_what_was_hidden_until_a_day_is_hidden_no_more_on_its_receipt(site):
    until = site.clock() + timedelta(minutes=10)
    one = hidden(site, Part(SegmentKind.SIGNS), until=until)
    amina, place = site.as_(site.cast.amina), f"/me/hidden/{one.id}/receipt"
    assert amina.get(place).has("Hidden from everyone but me")
    site.clock.pass_(minutes=11)
    told = json.loads(amina.fetch(f"{place}.json").data)
    assert [step["@type"] for step in told["dct:hasPart"]] == [
        "dpv:ConsentRefused",
        "dpv:RenewedConsentGiven",
    ]
    assert amina.get(place).has("the time was over")


def test_all_receipts_are_on_one_page_and_in_what_is_taken_along(site):
    cast = site.cast
    segment = one_segment(site)
    one = hidden(site, Part(segment.kind, segment.id))
    with site.database.begin(True) as unit:
        withdraw_grant(unit, cast.grant.id, by=cast.amina, now=site.clock())
        show_again(unit, one.id, by=cast.amina, now=site.clock())
    amina = site.as_(cast.amina)
    assert "/me/receipts" in amina.get("/me/consents").links()
    page = amina.get("/me/receipts")
    for place in (f"/me/hidden/{one.id}/receipt", f"/me/consents/{cast.grant.id}/receipt"):
        assert place in page.links()
    whole = zipfile.ZipFile(io.BytesIO(amina.fetch("/me/export/all.zip").data))
    told = json.loads(whole.read("receipts.json"))
    held = {each["dpv:hasIdentifier"]: each for each in told["@graph"]}
    assert held[one.id]["dpv:hasConsentStatus"] == "dpv:RenewedConsentGiven"
    assert held[one.id]["dpv:hasPurpose"]["dpv:hasPersonalData"] == [f"physical_signs {segment.id}"]
    assert held[cast.grant.id]["dpv:hasConsentStatus"] == "dpv:ConsentWithdrawn"
    assert "shown again" in whole.read("receipts.html").decode()


def one_segment(site):
    with site.database.begin(False) as unit:
        kinds = {SegmentKind.PHYSICAL_SIGNS}
        return unit.segments.of_record(site.cast.record.id, kinds)[0]


def test_nobody_else_reads_what_is_hidden_by_its_receipt(site):
    cast = site.cast
    one = hidden(site, Part(SegmentKind.SIGNS), person=cast.bela.id)
    for who in (cast.bela, site.others.zoe, cast.chen):
        for place in (f"/me/hidden/{one.id}/receipt", f"/me/hidden/{one.id}/receipt.json"):
            assert site.as_(who).fetch(place).status_code == 404
    site.as_(cast.amina).get("/me/hidden/made-up/receipt", 404)
    assert site.as_(cast.bela).fetch("/me/receipts").status_code == 404
    query = f"?for={cast.record.id}"
    whole = zipfile.ZipFile(
        io.BytesIO(site.as_(cast.bela).fetch(f"/me/export/all.zip{query}").data)
    )
    assert not [name for name in whole.namelist() if "receipt" in name]
