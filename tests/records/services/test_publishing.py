"""A recipient reads what is released now, by pseudonym; a patient sees it beforehand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from records.cda import read_document
from records.consent import Grant
from records.errors import NotPermitted, NotValid
from records.observations import Channel, pressure
from records.policy import Action
from records.services.consenting import Wish, give_grant, who_looked, withdraw_grant
from records.services.intake import Draft, file_observations
from records.services.publishing import (
    PreviewedDocument,
    ReleasedPatient,
    preview_release,
    released_to,
    what_to_publish,
)
from records.vocabulary import Code, Purpose, SegmentKind
from storage.cloud.public import PublicCloud
from storage.database import Database
from storage.keys import KeyStore
from storage.stores.file import FileStore
from tests.cast import Cast, Clock

SIGNS = frozenset({SegmentKind.PHYSICAL_SIGNS})
BOTH = SIGNS | {SegmentKind.NON_PHYSICAL_SIGNS}

Publish = Callable[[Grant], str]


@pytest.fixture
def filed(database: Database, cast: Cast, clock: Clock) -> None:
    """Amina has told two pressures, one of them private, her pain, a mood and who she is."""
    at = clock() - timedelta(hours=1)
    drafts = [
        Draft(Code.BLOOD_PRESSURE, at, components=pressure(128, 82)),
        Draft(Code.BLOOD_PRESSURE, at, components=pressure(133, 87), private=True),
        Draft(Code.MOOD, at, "low since the funeral"),
        Draft(Code.SEX, at, "female"),
        Draft(Code.BIRTH_DATE, at, "1951-03-09"),
        Draft(Code.NAME, at, "Amina Yusuf"),
    ]
    with database.begin(True) as unit:
        file_observations(
            unit,
            drafts,
            record_id=cast.record.id,
            by=cast.amina,
            channel=Channel.CHAT,
            now=clock(),
        )


@pytest.fixture
def publish(database: Database, keys: KeyStore, tmp_path: Path) -> Publish:
    """Bring a release up to date in a public store; return the patient's pseudonym there."""
    database.public = FileStore(tmp_path / "public")
    cloud = PublicCloud(database, keys, database.public)

    def bring_up_to_date(grant: Grant) -> str:
        published = cloud.bring_up_to_date(grant.id)
        assert published is not None
        with database.session(writing=True) as session:
            cloud.note(session, published)
        return published.pseudonym

    return bring_up_to_date


def wish_of(
    cast: Cast,
    purpose: Purpose = Purpose.RESEARCH,
    kinds: frozenset[SegmentKind] = SIGNS,
    until: datetime | None = None,
) -> Wish:
    return Wish(kinds, purpose, until, organisation=cast.institute.id)


def release(database: Database, cast: Cast, clock: Clock, wish: Wish) -> Grant:
    with database.begin(True) as unit:
        return give_grant(unit, wish, record_id=cast.record.id, by=cast.amina, now=clock())


def read_by(database: Database, cast: Cast, clock: Clock) -> tuple[ReleasedPatient, ...]:
    with database.begin(False) as unit:
        return released_to(unit, by=cast.researcher, now=clock())


def looks(database: Database, cast: Cast, clock: Clock) -> list[tuple[bool, Purpose]]:
    with database.begin(False) as unit:
        found = who_looked(unit, cast.record.id, by=cast.amina, now=clock())
    notes = [one.note for one in found if one.note.action is Action.READ_RELEASED]
    return [(one.allowed, one.purpose) for one in notes]


@pytest.mark.usefixtures("filed")
def test_a_released_document_is_read_by_pseudonym_and_noted(
    database: Database, cast: Cast, clock: Clock, publish: Publish
) -> None:
    pseudonym = publish(release(database, cast, clock, wish_of(cast)))
    (patient,) = read_by(database, cast, clock)
    (document,) = patient.documents
    assert (patient.pseudonym, patient.purpose) == (pseudonym, Purpose.RESEARCH)
    (pressure_read,) = read_document(document.content).observations
    assert pressure_read.numbers == (128, 82)
    assert looks(database, cast, clock) == [(True, Purpose.RESEARCH)]


@pytest.mark.usefixtures("filed")
def test_nothing_of_a_withdrawn_release_is_read_and_the_refusal_is_noted(
    database: Database, cast: Cast, clock: Clock, publish: Publish
) -> None:
    grant = release(database, cast, clock, wish_of(cast))
    publish(grant)
    with database.begin(True) as unit:
        withdraw_grant(unit, grant.id, by=cast.amina, now=clock())
    assert read_by(database, cast, clock) == ()
    assert looks(database, cast, clock) == [(False, Purpose.RESEARCH)]


@pytest.mark.usefixtures("filed")
def test_nothing_of_an_expired_release_is_read(
    database: Database, cast: Cast, clock: Clock, publish: Publish
) -> None:
    wish = wish_of(cast, until=clock() + timedelta(days=1))
    publish(release(database, cast, clock, wish))
    assert len(read_by(database, cast, clock)) == 1
    clock.pass_(days=1)
    assert read_by(database, cast, clock) == ()


@pytest.mark.usefixtures("filed")
def test_a_release_narrowed_to_other_kinds_hides_the_rest(
    database: Database, cast: Cast, clock: Clock, publish: Publish
) -> None:
    publish(release(database, cast, clock, wish_of(cast)))
    release(database, cast, clock, wish_of(cast, kinds=frozenset({SegmentKind.SIGNS})))
    assert read_by(database, cast, clock) == ()


@pytest.mark.usefixtures("filed")
def test_withdrawing_one_purpose_leaves_the_other(
    database: Database, cast: Cast, clock: Clock, publish: Publish
) -> None:
    research = release(database, cast, clock, wish_of(cast))
    service = release(database, cast, clock, wish_of(cast, Purpose.SERVICE))
    publish(research)
    other = publish(service)
    assert len(read_by(database, cast, clock)) == 2
    with database.begin(True) as unit:
        withdraw_grant(unit, research.id, by=cast.amina, now=clock())
    assert [one.pseudonym for one in read_by(database, cast, clock)] == [other]


@pytest.mark.usefixtures("filed")
def test_nobody_else_reads_what_was_released_to_the_institute(
    database: Database, cast: Cast, clock: Clock, publish: Publish
) -> None:
    publish(release(database, cast, clock, wish_of(cast)))
    doctor_there = replace(cast.dara, organisation=cast.institute.id)
    with database.begin(False) as unit:
        assert released_to(unit, by=cast.dara, now=clock()) == ()
        assert released_to(unit, by=cast.bela, now=clock()) == ()
        assert released_to(unit, by=doctor_there, now=clock()) == ()


def preview(
    database: Database, cast: Cast, clock: Clock, wish: Wish
) -> tuple[PreviewedDocument, ...]:
    with database.begin(False) as unit:
        return preview_release(unit, wish, record_id=cast.record.id, by=cast.amina, now=clock())


@pytest.mark.usefixtures("filed")
def test_a_preview_is_what_the_recipient_gets_but_for_names_and_days(
    database: Database, cast: Cast, clock: Clock, publish: Publish
) -> None:
    (shown,) = preview(database, cast, clock, wish_of(cast, kinds=BOTH))
    publish(release(database, cast, clock, wish_of(cast, kinds=BOTH)))
    ((got,),) = (one.documents for one in read_by(database, cast, clock))
    ours, theirs = read_document(shown.content), read_document(got.content)
    assert len(shown.content) == len(got.content)
    assert [replace(one, time="") for one in ours.observations] == [
        replace(one, time="") for one in theirs.observations
    ]
    assert (ours.sex, ours.age) == (theirs.sex, theirs.age) == ("F", "70–79")
    assert shown.kind is SegmentKind.PHYSICAL_SIGNS


@pytest.mark.usefixtures("filed")
def test_whoever_holds_the_recipients_key_can_draw_the_preview(
    database: Database, cast: Cast, clock: Clock
) -> None:
    with database.begin(False) as unit:
        (shown,) = preview_release(
            unit,
            wish_of(cast),
            record_id=cast.record.id,
            by=cast.amina,
            now=clock(),
            draw_public=lambda segment, facts: f"{segment.kind} {facts.sex}".encode(),
        )
    assert shown.content == b"physical_signs female"


@pytest.mark.usefixtures("filed")
def test_a_preview_shows_nothing_where_nothing_would_go_out(
    database: Database, cast: Cast, clock: Clock
) -> None:
    words_only = frozenset({SegmentKind.NON_PHYSICAL_SIGNS, SegmentKind.DOCTOR_DESCRIPTION})
    assert preview(database, cast, clock, wish_of(cast, kinds=words_only)) == ()


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("kinds", {"kinds": frozenset({SegmentKind.PERSONAL_INFORMATION})}),
        ("kinds", {"kinds": frozenset()}),
        ("purpose", {"purpose": Purpose.TREATMENT}),
        ("grantee", {"organisation": None}),
    ],
)
def test_a_release_that_cannot_be_given_cannot_be_previewed(
    database: Database, cast: Cast, clock: Clock, field: str, changes: dict[str, object]
) -> None:
    wish = replace(wish_of(cast), **changes)  # type: ignore[arg-type]  # named above
    with pytest.raises(NotValid) as refused:
        preview(database, cast, clock, wish)
    assert refused.value.field == field


def test_only_the_patient_previews_a_release(database: Database, cast: Cast, clock: Clock) -> None:
    for stranger in (cast.bela, cast.chen, cast.dara, cast.researcher):
        with pytest.raises(NotPermitted), database.begin(False) as unit:
            preview_release(unit, wish_of(cast), record_id=cast.record.id, by=stranger, now=clock())


@pytest.mark.usefixtures("filed")
def test_only_an_open_release_has_something_to_publish(
    database: Database, cast: Cast, clock: Clock
) -> None:
    grant = release(database, cast, clock, wish_of(cast, kinds=BOTH))
    with database.begin(False) as unit:
        published = what_to_publish(unit, grant, clock())
        assert {one.kind for one in published} == BOTH
        ended = replace(grant, withdrawn=clock())
        assert what_to_publish(unit, ended, clock()) == ()
        assert what_to_publish(unit, replace(grant, until=clock()), clock()) == ()
        assert what_to_publish(unit, cast.grant, clock()) == ()
