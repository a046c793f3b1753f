"""A cuff's table is read in whatever language, order and encoding it comes; nothing is guessed."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.imports import NotATable, Order, Table, Why, read_table

NOW = datetime(2026, 11, 23, 12, 0)  # noqa: DTZ001  # the wall's time
EIGHT = datetime(2026, 4, 13, 8, 10)  # noqa: DTZ001


def read(text: str | bytes, order: Order | None = None) -> Table:
    content = text if isinstance(text, bytes) else text.encode()
    return read_table(content, now=NOW, order=order)


def numbers(table: Table) -> list[tuple[int, ...]]:
    return [
        tuple(int(n) for n in (one.systolic, one.diastolic, one.pulse) if n is not None)
        for one in table.measured
    ]


OMRON = (
    "Date,Time,Systolic (mmHg),Diastolic (mmHg),Pulse (bpm),Symptoms,Consumed,TruRead,Notes\r\n"
    "2026-04-13,08:10,128,82,70,,,,-\r\n"
)
LANGUAGES = {
    "English": OMRON,
    "English am": 'Date,Time,Systolic,Diastolic,Pulse\n"Apr 13, 2026","08:10 am",128,82,70\n',
    "US": "Measurement Date,Time Zone,SYS(mmHg),DIA(mmHg),Pulse(bpm)\n"
    "04/13/2026 8:10 AM,Europe/London,128,82,70\n",
    "German": "Datum;Uhrzeit;Systolisch (mmHg);Diastolisch (mmHg);Puls (bpm)\n"
    "13.04.2026;08:10;128;82;70\n",
    "French": "Date;Heure;Systolique;Diastolique;Pouls\n13 avr. 2026;8h10;128;82;70\n",
    "Spanish": "Día;Hora;Sistólica;Diastólica;Pulso\n13/04/2026;08:10;128;82;70\n",
    "Italian": "Data;Ora;Sistolica;Diastolica;Polso\n13/04/2026;08:10;128;82;70\n",
    "Portuguese": "Pulso,Sistólica,Diastólica,Data,Hora\n70,128,82,13-04-2026,08:10\n",
    "Dutch": "Datum\tTijd\tSystolisch\tDiastolisch\tHartslag\n13-4-2026\t8:10\t128\t82\t70\n",
    "Chinese": "测量日期,测量时间,收缩压(mmHg),舒张压(mmHg),脉搏(次/分)\n"
    "2026年4月13日,上午8:10,128,82,70\n",
    "Chinese one column": "测量时间,高压,低压,心率\n2026/4/13 8:10,128,82,70\n",
    "Traditional": "日期,時間,收縮壓,舒張壓,脈搏\n2026/04/13,08:10,１２８,８２,７０\n",
    "Japanese": "測定日,時刻,最高血圧,最低血圧,脈拍\n2026/04/13,8:10,128,82,70\n",
    "Russian": "Дата;Время;Систолическое;Диастолическое;Пульс\n13.04.2026;08:10;128;82;70\n",
    "kilopascal": "Date,Time,Systolic (kPa),Diastolic (kPa),Pulse\n2026-04-13,08:10,17.1,10.9,70\n",
    "a preamble": f"Omron Connect\nReport for,somebody\n\n{OMRON}",
    "spreadsheet's text": OMRON.replace(",128,", ',"=""128""",'),
}


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_a_table_in_this_language_is_read(text: str) -> None:
    table = read(text)
    assert numbers(table) == [(128, 82, 70)], table
    assert table.measured[0].at == EIGHT
    assert table.kept_out == ()


@pytest.mark.parametrize(
    ("encoding", "language"),
    [
        ("utf-8-sig", "Chinese"),
        ("gb18030", "Chinese"),
        ("utf-16", "Chinese"),
        ("big5", "Traditional"),
        ("cp932", "Japanese"),
        ("cp1252", "Spanish"),
        ("cp1252", "French"),
    ],
)
def test_a_table_in_this_encoding_is_read(encoding: str, language: str) -> None:
    text = LANGUAGES[language].translate({0xFF11: "1", 0xFF12: "2", 0xFF18: "8"})
    assert numbers(read(text.encode(encoding)))[0][:2] == (128, 82)


def test_an_offset_that_is_written_is_kept() -> None:
    (one,) = read(
        "Measured at,Systolic,Diastolic\n2026-04-13T08:10:00+08:00,128,82\n".replace(
            "Measured at", "Date"
        )
    ).measured
    assert one.at.isoformat() == "2026-04-13T08:10:00+08:00"
    assert one.pulse is None


def with_days(*days: str) -> str:
    rows = "".join(f"{day},08:10,128,82,70\n" for day in days)
    return f"Date,Time,Systolic,Diastolic,Pulse\n{rows}"


def test_one_day_past_the_twelfth_says_how_all_are_written() -> None:
    assert [one.at.month for one in read(with_days("03/04/2026", "13/04/2026")).measured] == [4, 4]
    assert [one.at.month for one in read(with_days("03/04/2026", "03/13/2026")).measured] == [3, 3]
    assert [one.at.month for one in read(with_days("04.03.2026")).measured] == [3]


def test_days_that_could_be_either_are_asked_about_and_never_guessed() -> None:
    table = read(with_days("04/04/2026", "03/04/2026", "05/06/26"))
    assert table.measured == ()
    assert table.unclear is not None
    assert [one.date().isoformat() for one in table.unclear] == ["2026-04-03", "2026-03-04"]
    asked = {order: read(with_days("03/04/2026", "05/06/26"), order) for order in Order}
    assert [one.at.month for one in asked[Order.DAY_FIRST].measured] == [4, 6]
    assert [one.at.month for one in asked[Order.MONTH_FIRST].measured] == [3, 5]


def test_days_that_agree_with_no_order_are_asked_about() -> None:
    assert read(with_days("13/04/2026", "04/13/2026", "03/04/2026")).unclear is not None


def test_rows_that_cannot_be_right_are_listed_with_their_reason() -> None:
    table = read(
        "Date,Time,Systolic,Diastolic,Pulse\n"
        "2026-04-13,08:10,128,82,70\n"
        "2026-04-13,08:11,300,82,70\n"
        "2026-04-13,08:12,82,128,70\n"
        "2026-04-13,08:13,=cmd|' /C calc'!A0,82,70\n"
        "2026-04-13,,128,82,70\n"
        "2027-04-13,08:14,128,82,70\n"
        "2026-02-30,08:14,128,82,70\n"
        "2026-04-13,08:15,128,82,700\n"
    )
    assert numbers(table) == [(128, 82, 70)]
    assert [(one.line, one.why) for one in table.kept_out] == [
        (3, Why.NOT_PLAUSIBLE),
        (4, Why.NOT_PLAUSIBLE),
        (5, Why.NO_NUMBERS),
        (6, Why.NO_TIME),
        (7, Why.NOT_YET),
        (8, Why.NO_TIME),
        (9, Why.NOT_PLAUSIBLE),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\0\0",
        b"words without a table",
        b"Date,Time,Systolic,Diastolic\n",
        b"Date,Time,Systolic,Diastolic\n1,2,3\n\xff",
        b"Date,Glucose\n2026-04-13,7.2\n",
        b'Date,Systolic,Diastolic\n"' + b"a" * 200_000,
        b"%PDF-1.7",
        bytes(range(256)) * 40,
    ],
)
def test_what_is_no_such_table_is_said_so(content: bytes) -> None:
    with pytest.raises(NotATable):
        read(content)


def test_nul_bytes_are_passed_over() -> None:
    assert numbers(read(OMRON.replace("128", "1\x0028"))) == [(128, 82, 70)]


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=300).map(str.encode)))
def test_no_bytes_bring_it_down(rest: bytes) -> None:
    for content in (rest, OMRON.encode() + rest):
        try:
            table = read(content)
        except NotATable:
            continue
        assert all(one.systolic > one.diastolic > 0 for one in table.measured)


def test_ten_thousand_rows_are_read() -> None:
    rows = "".join(
        f"2026-{1 + i % 10:02}-{1 + i % 28:02},{i % 24:02}:{i % 60:02},{110 + i % 40},80,70\n"
        for i in range(10_000)
    )
    table = read("Date,Time,Systolic,Diastolic,Pulse\n" + rows)
    assert len(table.measured) == 10_000
    assert table.measured[0].systolic == Decimal(110)
