"""What is hidden is gone for whom it is hidden from, everywhere and at once, and comes back."""

from datetime import timedelta
from decimal import Decimal

import pytest

from records.consent import Label, Part
from records.errors import NotPermitted, NotValid
from records.observations import Channel, Observation, Quantity, pressure
from records.people import Person
from records.services.concealing import Concealment, hide, hidings_of, show_again
from records.services.consenting import Wish, give_grant, preview_grant
from records.services.intake import Draft, file_observations
from records.services.ports import Unit
from records.services.viewing import open_record, open_segment, points_of
from records.services.worklist import worklist
from records.vocabulary import Code, Purpose, SegmentKind
from storage.database import Database
from tests.cast import Cast, Clock

LIFE = frozenset({SegmentKind.PHYSICAL_SIGNS, SegmentKind.NON_PHYSICAL_SIGNS})


def tell(unit: Unit, cast: Cast, clock: Clock, *drafts: Draft) -> list[Observation]:
    filed = file_observations(
        unit, drafts, record_id=cast.record.id, by=cast.amina, channel=Channel.CHAT, now=clock()
    )
    return list(filed.observations)


def part_of(unit: Unit, one: Observation) -> Part:
    return Part(one.kind, unit.series.segment_of(one.id), one.id)


def seen(unit: Unit, cast: Cast, clock: Clock, by: Person) -> list[str]:
    view = open_record(unit, cast.record.id, by=by, now=clock())
    return sorted(one.id for segment in view.segments for one in segment.standing)


def charted(unit: Unit, cast: Cast, clock: Clock) -> list[str]:
    view = open_record(unit, cast.record.id, by=cast.chen, now=clock())
    points = points_of(unit, view, Code.BLOOD_PRESSURE, now=clock(), days=30)
    return [one.observation for one in points]


def test_a_hidden_entry_is_in_no_list_chart_or_worklist_until_it_is_shown_again(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with database.begin(True) as unit:
        usual, urgent = tell(
            unit,
            cast,
            clock,
            Draft(Code.BLOOD_PRESSURE, clock() - timedelta(hours=2), components=pressure(128, 82)),
            Draft(Code.BLOOD_PRESSURE, clock() - timedelta(hours=1), components=pressure(190, 125)),
        )
        part = part_of(unit, urgent)
        hiding = hide(unit, Concealment(part), record_id=cast.record.id, by=cast.amina, now=clock())
        assert seen(unit, cast, clock, cast.chen) == charted(unit, cast, clock) == [usual.id]
        listed = worklist(unit, by=cast.chen, now=clock())
        assert not listed.sections[0].rows
        assert urgent.id in seen(unit, cast, clock, cast.amina)
        show_again(unit, hiding.id, by=cast.amina, now=clock())
        clock.pass_(seconds=1)
        assert urgent.id in charted(unit, cast, clock)
        assert len(worklist(unit, by=cast.chen, now=clock()).sections[0].rows) == 1


def test_a_hidden_segment_looks_as_if_it_were_not_there(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with database.begin(True) as unit:
        (one,) = tell(
            unit, cast, clock, Draft(Code.BLOOD_PRESSURE, clock(), components=pressure(128, 82))
        )
        part = part_of(unit, one)
        assert part.segment is not None
        wish = Concealment(Part(part.kind, part.segment), person=cast.chen.id)
        hide(unit, wish, record_id=cast.record.id, by=cast.amina, now=clock())
        with pytest.raises(NotPermitted):
            open_segment(unit, part.segment, by=cast.chen, now=clock())
        assert seen(unit, cast, clock, cast.bela) == seen(unit, cast, clock, cast.amina)


def test_hiding_ends_by_itself(database: Database, cast: Cast, clock: Clock) -> None:
    with database.begin(True) as unit:
        (one,) = tell(
            unit, cast, clock, Draft(Code.BLOOD_PRESSURE, clock(), components=pressure(128, 82))
        )
        wish = Concealment(part_of(unit, one), until=clock() + timedelta(days=2))
        hide(unit, wish, record_id=cast.record.id, by=cast.amina, now=clock())
        assert seen(unit, cast, clock, cast.chen) == []
        (shown,) = hidings_of(unit, cast.record.id, by=cast.amina, now=clock())
        assert shown.whom is None
        clock.pass_(days=2)
        assert seen(unit, cast, clock, cast.chen) == [one.id]
        assert hidings_of(unit, cast.record.id, by=cast.amina, now=clock()) == ()


def test_the_preview_is_the_grantees_page(database: Database, cast: Cast, clock: Clock) -> None:
    with database.begin(True) as unit:
        _, pain, _ = tell(
            unit,
            cast,
            clock,
            Draft(Code.MOOD, clock(), value="low"),
            Draft(Code.SYMPTOM, clock(), value="cough"),
            Draft(Code.SYMPTOM, clock(), value="secret", private=True),
        )
        before = Draft(Code.SYMPTOM, clock() - timedelta(days=40), value="long ago")
        tell(unit, cast, clock, before)
        wish = Wish(
            LIFE,
            Purpose.TREATMENT,
            None,
            person=cast.chen.id,
            ceiling=Label.NORMAL,
            data_from=clock() - timedelta(days=30),
        )
        asked = {"record_id": cast.record.id, "by": cast.amina, "now": clock()}
        preview = preview_grant(unit, wish, **asked)
        give_grant(unit, wish, **asked)
        view = open_record(unit, cast.record.id, by=cast.chen, now=clock())
        assert [one.id for s in view.segments for one in s.standing] == [pain.id]
        assert preview.segments == view.segments
        assert preview.kinds == view.kinds


def test_a_private_entry_is_opened_only_by_a_grant_of_just_that(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with database.begin(True) as unit:
        (one,) = tell(
            unit, cast, clock, Draft(Code.SYMPTOM, clock(), value="kept back", private=True)
        )
        asked = {"record_id": cast.record.id, "by": cast.amina, "now": clock()}
        whole = Wish(LIFE, Purpose.TREATMENT, None, person=cast.chen.id)
        give_grant(unit, whole, **asked)
        assert seen(unit, cast, clock, cast.chen) == []
        single = frozenset({part_of(unit, one)})
        give_grant(
            unit,
            Wish(LIFE, Purpose.TREATMENT, None, person=cast.chen.id, parts=single),
            **asked,
        )
        assert seen(unit, cast, clock, cast.chen) == [one.id]


def test_the_care_team_of_a_clinic_reads_what_its_grant_covers(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with database.begin(True) as unit:
        (one,) = tell(
            unit, cast, clock, Draft(Code.BLOOD_PRESSURE, clock(), components=pressure(128, 82))
        )
        with pytest.raises(NotPermitted):
            open_record(unit, cast.record.id, by=cast.dara, now=clock())
        wish = Wish(LIFE, Purpose.TREATMENT, None, organisation=cast.clinic.id)
        give_grant(unit, wish, record_id=cast.record.id, by=cast.amina, now=clock())
        assert seen(unit, cast, clock, cast.dara) == [one.id]


def test_only_the_patient_hides_and_only_what_is_theirs(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with database.begin(True) as unit:
        whole = Concealment(Part(SegmentKind.SIGNS))
        for other in (cast.chen, cast.bela, cast.dara):
            with pytest.raises(NotPermitted):
                hide(unit, whole, record_id=cast.record.id, by=other, now=clock())
        past = Concealment(Part(SegmentKind.SIGNS), until=clock())
        with pytest.raises(NotValid, match="until_is_past"):
            hide(unit, past, record_id=cast.record.id, by=cast.amina, now=clock())


def test_one_code_is_hidden_or_granted_and_nothing_beside_it(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with database.begin(True) as unit:
        _, pain, sugar = tell(
            unit,
            cast,
            clock,
            Draft(Code.SYMPTOM, clock(), value="cough"),
            Draft(Code.PAIN, clock(), value=Quantity(Decimal(4), "{score}")),
            Draft(Code.GLUCOSE, clock(), value=Quantity(Decimal(6), "mmol/L")),
        )
        tell(unit, cast, clock, Draft(Code.PAIN, clock(), value="hidden", private=True))
        asked = {"record_id": cast.record.id, "by": cast.amina, "now": clock()}
        codes = frozenset(
            {
                Part(SegmentKind.PHYSICAL_SIGNS, code=Code.GLUCOSE),
                Part(SegmentKind.NON_PHYSICAL_SIGNS, code=Code.PAIN),
            }
        )
        wish = Wish(frozenset(), Purpose.TREATMENT, None, person=cast.chen.id, parts=codes)
        give_grant(unit, wish, **asked)
        assert seen(unit, cast, clock, cast.chen) == sorted([pain.id, sugar.id])
        hide(unit, Concealment(Part(SegmentKind.NON_PHYSICAL_SIGNS, code=Code.PAIN)), **asked)
        assert seen(unit, cast, clock, cast.chen) == [sugar.id]
