"""A document from elsewhere: read first, added once, what nobody understands kept in words."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from records.attachments import Media
from records.errors import NotPermitted, NotValid
from records.observations import Channel, Quantity
from records.people import Person
from records.services import adding
from records.services.adding import take_in
from records.services.receiving import look_at, receive_document
from records.tracking import TrackingId
from records.vocabulary import Code, SegmentKind
from storage.timetable import Timetable
from tests.records.cda import documents as cda_cast
from tests.records.cda.rich import rich, said, summary

sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
CLINICAL = """<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<id root="1.2.3" extension="d1"/><title>Visit</title>
<effectiveTime value="20251012"/><languageCode code="en-US"/>
<recordTarget><patientRole><id root="1.2" extension="p"/><patient><name>Amina &lt;b></name>
<birthTime value="19510309"/></patient></patientRole></recordTarget>
<author><time value="20251012"/><assignedAuthor><id root="1"/><assignedPerson><name>Dr Ort</name>
</assignedPerson></assignedAuthor></author>
<custodian><assignedCustodian><representedCustodianOrganization><id root="1"/>
<name>County Hospital</name>
</representedCustodianOrganization></assignedCustodian></custodian>
<component><structuredBody>
<component><section><code code="8716-3" codeSystem="2.16.840.1.113883.6.1"/><title>Signs</title>
<text><table><tbody><tr><td>BP</td><td>&lt;script>120/80&lt;/script></td></tr></tbody></table>
</text>
<entry><organizer classCode="CLUSTER" moodCode="EVN"><statusCode code="completed"/>
<effectiveTime value="20251011093000+0100"/>
%s
</organizer></entry></section></component>
<component><section><code code="48765-2" codeSystem="2.16.840.1.113883.6.1"/>
<title>Allergies</title>
<text>Penicillin</text><entry><observation classCode="OBS" moodCode="EVN"><code code="ASSERTION"/>
<statusCode code="completed"/><value xsi:type="CD" code="1" displayName="Penicillin"/></observation>
</entry>
<entry><observation classCode="OBS" moodCode="EVN" negationInd="true"><code code="ASSERTION"/>
<statusCode code="completed"/><value xsi:type="CD" code="2" displayName="Latex"/></observation>
</entry>
</section></component></structuredBody></component></ClinicalDocument>"""


def part(code: str, value: str, unit: str, more: str = "") -> str:
    return (
        '<component><observation classCode="OBS" moodCode="EVN">'
        f'<code code="{code}" codeSystem="2.16.840.1.113883.6.1" displayName="{code}"/>'
        f'<statusCode code="completed"/><value xsi:type="PQ" value="{value}" unit="{unit}"/>{more}'
        "</observation></component>"
    )


PARTS = "".join(
    (
        part("8480-6", "120", "MM[HG]"),
        part("8462-4", "80", "mmHg"),
        part("29463-7", "150", "lbs"),
        part("8310-5", "37.2", "DEG"),
        part("8867-4", "70", "furlongs"),
        part("2160-0", "1.1", "mg/dL"),
    )
)
DOCUMENT = (CLINICAL % PARTS).encode()


_TARGET = DOCUMENT[DOCUMENT.index(b"<recordTarget>") : DOCUMENT.index(b"<author>")]
TWO_PATIENTS = DOCUMENT.replace(b"<author>", _TARGET + b"<author>")


class Hands:
    """Amina's record, and somebody who brings documents to it."""

    def __init__(self, database, cast, clock):
        self.database, self.cast, self.clock = database, cast, clock

    def bring(self, by: Person, content: bytes = DOCUMENT):
        with self.database.begin(True) as unit:
            return receive_document(
                unit, content, record_id=self.cast.record.id, by=by, now=self.clock()
            )

    def look(self, by: Person, attachment):
        with self.database.begin(False) as unit:
            return look_at(unit, attachment, record_id=self.cast.record.id, by=by, now=self.clock())

    def take(self, by: Person, attachment, chosen=None):
        if chosen is None:
            offer = self.look(by, attachment)
            chosen = {one.key for kind in SegmentKind for one in offer.addable(kind)}
        with self.database.begin(True) as unit:
            return take_in(
                unit, attachment, chosen, record_id=self.cast.record.id, by=by, now=self.clock()
            )

    def filed(self):
        with self.database.begin(False) as unit:
            segments = unit.segments.of_record(self.cast.record.id, SegmentKind)
        return [one for segment in segments for one in segment.standing if one.source]


@pytest.fixture
def hands(database, cast, clock):
    return Hands(database, cast, clock)


def test_numbers_of_known_units_become_numbers_and_the_rest_stays_words(hands, cast):
    hands.take(cast.amina, hands.bring(cast.amina))
    filed = hands.filed()
    assert {one.channel for one in filed} == {Channel.DOCUMENT}
    pressure = next(one for one in filed if one.code is Code.BLOOD_PRESSURE)
    assert [one.quantity.value for one in pressure.components] == [120, 80]
    assert pressure.effective.isoformat() == "2025-10-11T09:30:00+01:00"
    values = {one.code: one.value for one in filed}
    assert values[Code.WEIGHT] == Quantity(Decimal("68.04"), "kg")
    assert values[Code.TEMPERATURE] == Quantity(Decimal("37.2"), "Cel")
    assert values[Code.ALLERGY] == "Penicillin"
    assert Code.HEART_RATE not in values
    words = {one.value for one in filed if one.code is Code.NOTE}
    assert words == {"8867-4: 70 furlongs", "2160-0: 1.1 mg/dL"}


def test_where_it_is_from_is_kept_with_the_file(hands, cast, database):
    attachment = hands.bring(cast.amina)
    hands.take(cast.amina, attachment)
    (kept,) = [one for one in hands.filed() if one.code is Code.FILE]
    assert kept.private
    assert kept.attachments == (attachment,)
    for words in ("County Hospital", "Dr Ort", "1.2.3^d1", "SHA-256 "):
        assert words in str(kept.value)
    with database.begin(False) as unit:
        assert unit.attachments.content(attachment) == DOCUMENT
        assert unit.attachments.find(attachment).media is Media.FILE


def test_the_same_document_again_adds_nothing(hands, cast):
    first = hands.take(cast.amina, hands.bring(cast.amina))
    assert (first.added, first.known) == (6, 0)
    before = hands.filed()
    again = hands.bring(cast.amina)
    assert hands.look(cast.amina, again).total == 0
    reading = hands.look(cast.amina, again).reading
    every = {one.key for part in reading.sections for one in part.entries}
    second = hands.take(cast.amina, again, every)
    assert (second.added, second.known) == (0, 6)
    assert hands.filed() == before


def test_what_was_not_chosen_can_be_added_later(hands, cast):
    attachment = hands.bring(cast.amina)
    (allergy,) = hands.look(cast.amina, attachment).addable(SegmentKind.HEALTH_STATUS)
    assert hands.take(cast.amina, attachment, {allergy.key}).added == 1
    assert hands.take(cast.amina, attachment).added == 5
    assert [one.private for one in hands.filed() if one.code is not Code.FILE] == [False] * 6
    assert len([one for one in hands.filed() if one.code is Code.FILE]) == 1


def test_a_doctor_who_treats_may_bring_one_and_others_may_not(hands, cast):
    attachment = hands.bring(cast.chen)
    hands.take(cast.chen, attachment)
    assert {one.informant for one in hands.filed()} == {cast.chen.id}
    for stranger in (cast.dara, cast.researcher):
        with pytest.raises(NotPermitted):
            hands.bring(stranger)


def test_a_document_is_its_bringers_alone(hands, cast):
    attachment = hands.bring(cast.amina)
    for other in (cast.chen, cast.bela):
        with pytest.raises(NotPermitted):
            hands.look(other, attachment)
        with pytest.raises(NotPermitted):
            hands.take(other, attachment, {"x"})


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"hello", "not_a_document"),
        (b"<!DOCTYPE x><ClinicalDocument xmlns='urn:hl7-org:v3'/>", "not_a_document"),
        (b"<a/>", "not_a_document"),
        (b" " * (10 * 1024 * 1024 + 1), "file_too_large"),
        (
            TWO_PATIENTS,
            "several_patients",
        ),
    ],
    ids=["words", "doctype", "other", "large", "several"],
)
def test_what_is_no_document_of_one_person_is_refused(hands, cast, content, reason):
    with pytest.raises(NotValid) as refused:
        hands.bring(cast.amina, content)
    assert refused.value.reason == reason


NOT_THE_PATIENTS = (
    SegmentKind.PERSONAL_INFORMATION,
    SegmentKind.DOCTOR_DESCRIPTION,
    SegmentKind.THIRD_PARTY_DESCRIPTION,
)


def test_our_own_document_is_taken_back_as_it_was(hands, cast):
    segments = [replace(one, record=cast.record.id) for one in rich()]
    hands.take(cast.amina, hands.bring(cast.amina, summary(segments)))
    told = {(one.code, str(one.value)) for one in hands.filed() if one.code is not Code.FILE}
    wanted = {
        (one.code, str(one.value))
        for segment in segments
        for one in segment.standing
        if one.kind not in NOT_THE_PATIENTS and one.code is not Code.FILE
    }
    assert wanted <= told


def own_export(record_id, days=20, notes=100):
    """Return our own CCD of more than 2 MB: readings of these days, and long notes of some."""
    long = " ".join(["头晕"] * 1600)
    told = [said(Code.BLOOD_PRESSURE, n, cda_cast.AMINA.id, "") for n in range(1, days + 1)]
    told += [
        said(Code.NOTE, n, cda_cast.AMINA.id, f"{n} {long}") for n in range(1001, 1001 + notes)
    ]
    return summary(
        [
            replace(
                cda_cast.a_segment(replace(one, effective=one.effective - n * timedelta(days=1))),
                id=TrackingId(f"{n:032x}"),
                record=record_id,
            )
            for n, one in enumerate(told, 1)
        ]
    )


@pytest.fixture
def few_at_once(monkeypatch):
    monkeypatch.setattr(adding, "AT_ONCE", 50)


@sqlite
@pytest.mark.usefixtures("few_at_once")
def test_a_large_export_of_our_own_comes_back_bit_by_bit_and_once(hands, cast, database):
    content = own_export(cast.record.id)
    assert len(content) > 2 * 1024 * 1024
    taken = hands.take(cast.amina, hands.bring(cast.amina, content))
    assert (taken.added, taken.later) == (120, 70)
    timetable = Timetable(database)
    while timetable.step(50):
        pass
    filed = [one for one in hands.filed() if one.code is not Code.FILE]
    assert len(filed) == 120
    assert not any(one.private for one in filed)
    assert max(len(str(one.value)) for one in filed) > 4800
    again = hands.bring(cast.amina, content)
    assert hands.look(cast.amina, again).total == 0
    everything = {f"{one.kind}.{one.code}" for one in filed}
    assert hands.take(cast.amina, again, everything).added == 0
    assert len([one for one in hands.filed() if one.code is not Code.FILE]) == 120


@sqlite
@pytest.mark.usefixtures("few_at_once")
def test_what_is_still_to_be_added_stays_out_once_the_leave_has_ended(hands, cast, database):
    hands.take(cast.chen, hands.bring(cast.chen, own_export(cast.record.id, 51, 0)))
    with database.begin(True) as unit:
        (treats,) = {
            one
            for one in unit.relationships.of_record(cast.record.id)
            if one.person == cast.chen.id
        }
        unit.relationships.put(replace(treats, ended=hands.clock(), version=treats.version + 1))
    while Timetable(database).step(50):
        pass
    assert len([one for one in hands.filed() if one.code is not Code.FILE]) == 50


@sqlite
def test_where_and_how_it_was_measured_comes_back_into_the_record(hands, cast):
    told = said(Code.BLOOD_PRESSURE, 1, cda_cast.AMINA.id, "")
    told = replace(told, site="left arm", position="sitting")
    segment = replace(cda_cast.a_segment(told), record=cast.record.id)
    hands.take(cast.amina, hands.bring(cast.amina, summary([segment])))
    (filed,) = [one for one in hands.filed() if one.code is Code.BLOOD_PRESSURE]
    assert (filed.site, filed.position, filed.stated) == ("left arm", "sitting", "")
    assert (filed.components, filed.effective) == (told.components, told.effective)


def test_a_secret_document_is_kept_private(hands, cast):
    secret = DOCUMENT.replace(b'<languageCode code="en-US"/>', SECRET)
    hands.take(cast.amina, hands.bring(cast.amina, secret))
    assert all(one.private for one in hands.filed())


SECRET = b'<confidentialityCode code="R"/><languageCode code="en-US"/>'


def test_what_nothing_was_chosen_from_is_forgotten_in_a_day(hands, cast, database, clock):
    unchosen, chosen = hands.bring(cast.amina), hands.bring(cast.amina)
    hands.take(cast.amina, chosen)
    timetable = Timetable(database)
    clock.pass_(hours=23)
    timetable.step(50)
    assert hands.look(cast.amina, unchosen).reading.title == "Visit"
    clock.pass_(hours=2)
    timetable.step(50)
    with pytest.raises(NotPermitted):
        hands.look(cast.amina, unchosen)
    with database.begin(False) as unit:
        assert unit.attachments.content(chosen) == DOCUMENT
