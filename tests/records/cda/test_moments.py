"""Times of documents are moments, in the zone they name or else the patient's."""

from zoneinfo import ZoneInfo

import pytest

from records.cda.moments import moment_of


@pytest.mark.parametrize(
    ("at", "moment"),
    [
        ("20260411", "2026-04-11T12:00:00+08:00"),
        ("2026", "2026-01-01T12:00:00+08:00"),
        ("202604110830", "2026-04-11T08:30:00+08:00"),
        ("20260411083015.123+0200", "2026-04-11T08:30:15.123000+02:00"),
        ("20260411083015-0500", "2026-04-11T08:30:15-05:00"),
        ("20269911", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_times_of_documents_are_moments(at, moment):
    found = moment_of(at, ZoneInfo("Asia/Shanghai"))
    assert (found.isoformat() if found else None) == moment
