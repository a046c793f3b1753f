"""What is handed out is what its receiver may read now, and the log says so."""

from datetime import timedelta

import pytest

from records.cda import EmrRecord, read_document
from records.errors import NotPermitted
from records.observations import Channel, Quantity, pressure
from records.orders import OrderKind
from records.people import Person
from records.policy import Action
from records.services.consenting import withdraw_grant
from records.services.handing import Handout, documents, hand_out, send_to_store, summary
from records.services.intake import Draft, file_observations
from records.services.ordering import place_order, withdraw_order
from records.tracking import TrackingId
from records.vocabulary import Code, SegmentKind
from storage.stores.file import FileStore

READING = pressure(128, 82)


@pytest.fixture
def handing(database, cast, clock):
    """Amina's pressures, one of them private, her weight and birthday; hands them out."""
    with database.begin(True) as unit:
        drafts = [
            Draft(Code.BLOOD_PRESSURE, clock(), components=READING),
            Draft(Code.HEART_RATE, clock(), value=Quantity(70, "/min"), private=True),
            Draft(Code.WEIGHT, clock(), value=Quantity(61, "kg")),
            Draft(Code.BIRTH_DATE, clock(), value="1951-03-09"),
        ]
        file_observations(
            unit,
            drafts,
            record_id=cast.record.id,
            by=cast.amina,
            channel=Channel.CHAT,
            now=clock(),
        )

    def hand(by: Person, **options: object) -> Handout:
        with database.begin(False) as unit:
            return hand_out(unit, cast.record.id, by=by, now=clock(), **options)

    return hand


def codes(handout: Handout) -> set[str]:
    return {one.code for one in handout.observations}


def ids(handout: Handout, kind: SegmentKind) -> list[TrackingId]:
    return [one.id for one in handout.segments if one.kind is kind]


def test_the_patient_takes_everything_and_the_private_only_if_wanted(handing, cast):
    assert codes(handing(cast.amina)) == {"bp", "weight", "birth_date", "name"}
    more = codes(handing(cast.amina, private=True)) - codes(handing(cast.amina))
    assert more == {"heart_rate"}


def test_a_doctor_takes_what_is_granted_and_never_the_private(handing, cast):
    assert codes(handing(cast.chen, private=True)) == {"bp"}


def test_the_header_tells_no_more_than_is_granted(handing, database, cast, clock):
    handout = handing(cast.chen)
    with database.begin(False) as unit:
        ((_, document),) = documents(unit, handout)
        whole = summary(unit, handout, now=clock())
    for content in (document, whole):
        assert b"19510309" not in content
        assert b"heart_rate" not in content
    assert [one.code for one in read_document(document).observations] == ["bp"]
    assert {one.kind for one in EmrRecord.parse(whole).segments() if one.entries} == {
        SegmentKind.PHYSICAL_SIGNS
    }


def test_nobody_takes_what_the_own_grant_does_not_open(handing, cast):
    everything = handing(cast.amina)
    weight = ids(everything, SegmentKind.SIGNS)
    pressures = ids(everything, SegmentKind.PHYSICAL_SIGNS)
    for only in (weight, [*pressures, *weight], [TrackingId("0" * 32)]):
        with pytest.raises(NotPermitted):
            handing(cast.chen, only=only)
    with pytest.raises(NotPermitted):
        handing(cast.dara, only=pressures)
    with pytest.raises(NotPermitted):
        handing(cast.researcher, only=pressures)


def test_an_open_grant_decides_what_a_grantee_is_handed(handing, database, cast, clock):
    assert codes(handing(cast.amina, to=cast.chen)) == {"bp"}
    weight = ids(handing(cast.amina), SegmentKind.SIGNS)
    with pytest.raises(NotPermitted):
        handing(cast.amina, to=cast.chen, only=weight)
    with database.begin(True) as unit:
        withdraw_grant(unit, cast.grant.id, by=cast.amina, now=clock())
    clock.pass_(seconds=1)
    assert codes(handing(cast.amina, to=cast.chen)) == set()


def test_a_copy_and_a_refused_copy_are_noted(handing, database, cast, clock):
    weight = ids(handing(cast.amina), SegmentKind.SIGNS)
    handing(cast.chen)
    with pytest.raises(NotPermitted):
        handing(cast.chen, only=weight)
    with database.begin(False) as unit:
        notes = unit.audit.of_record(cast.record.id, 20)
    taken = [one for one in notes if one.action is Action.HAND_OUT and one.by == cast.chen.id]
    assert [(one.allowed, one.kinds) for one in taken] == [
        (False, frozenset()),
        (True, frozenset({SegmentKind.PHYSICAL_SIGNS})),
    ]


def test_a_store_holds_the_segments_by_their_tracking_ids(handing, database, cast, tmp_path):
    store = FileStore(tmp_path)
    handout = handing(cast.chen)
    with database.begin(False) as unit:
        names = send_to_store(unit, handout, store, container="outbox")
        assert send_to_store(unit, handout, store, container="outbox") == names
    (name,) = names
    assert name.startswith(f"{handout.segments[0].id}/1-")
    assert read_document(store.get("outbox", name)).kind is SegmentKind.PHYSICAL_SIGNS


def test_what_is_ordered_goes_to_whom_may_see_what_doctors_describe(handing, database, cast, clock):
    with database.begin(True) as unit:
        order = place_order(
            unit,
            record_id=cast.record.id,
            by=cast.chen,
            now=clock(),
            kind=OrderKind.MEASURE,
            text="Measure twice",
            due=clock() + timedelta(days=1),
        )
    handout = handing(cast.amina)
    assert [one.id for one in handout.orders] == [order.id]
    assert handing(cast.chen).orders == ()  # granted are the pressures alone
    assert handing(cast.amina, only=ids(handout, SegmentKind.SIGNS)).orders == ()
    with database.begin(False) as unit:
        assert b"Measure twice" in summary(unit, handout, now=clock())
    with database.begin(True) as unit:
        withdraw_order(unit, order.id, by=cast.chen, now=clock())
    assert handing(cast.amina).orders == ()
