"""Which column of a table is which, in the languages and encodings such tables come in."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ENCODINGS = ("utf-8-sig", "utf-16", "gb18030", "big5", "cp932", "cp1252")
MARKS = (",", ";", "\t", "|")
HEADING_WITHIN = 20  # lines of preamble an export may begin with
MOST_ROWS = 20_000
ALL_COLUMNS = 5  # upper, lower, pulse, day, time

# Beginnings of words, without accents; and words of scripts that put none between words.
SYSTOLIC = ("syst", "sist", "sys", "skurcz", "систол", "收缩压", "收縮壓", "高压", "高壓", "最高血")
DIASTOLIC = ("diast", "rozkurcz", "диастол", "舒张压", "舒張壓", "低压", "低壓", "最低血")
PULSE = ("puls", "pols", "poul", "nabiz", "heart", "hart", "bpm", "пульс", "心率", "脉", "脈")
DATE = (
    "date",
    "datum",
    "fecha",
    "data",
    "tarih",
    "dato",
    "дата",
    "日期",
    "日付",
    "測定日",
    "测量日",
)
TIME = ("time", "zeit", "uhr", "heure", "hora", "ora", "tijd", "saat", "godz", "klok", "время")
TIME_ELSEWHERE = ("时间", "時間", "時刻")
DAY_IN_SPANISH = "dia"  # also how English shortens the lower number


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each thing stands; `moment` holds day and time where no other column has the time."""

    systolic: int
    diastolic: int
    pulse: int | None
    day: int
    time: int | None
    kilopascal: bool

    @property
    def known(self) -> int:
        """How many columns were found."""
        return ALL_COLUMNS - (self.pulse is None) - (self.time is None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows below the heading, each with its line in the file."""

    columns: Columns
    rows: tuple[tuple[int, list[str]], ...]


def open_sheet(content: bytes) -> Sheet | None:
    """Return the bytes in the encoding in which most columns of a cuff's table are known."""
    best: Sheet | None = None
    for text in _texts(content):
        found = next(filter(None, (_sheet(text, mark) for mark in MARKS)), None)
        if found is not None and (best is None or found.columns.known > best.columns.known):
            best = found
        if best is not None and best.columns.known == ALL_COLUMNS:
            break
    return best


def _texts(content: bytes) -> Iterator[str]:
    for encoding in ENCODINGS:
        if encoding == "utf-16" and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            yield content.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue


def _sheet(text: str, mark: str) -> Sheet | None:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    rows: list[tuple[int, list[str]]] = []
    columns: Columns | None = None
    try:
        for cells in reader:
            if columns is None:
                if reader.line_num > HEADING_WITHIN:
                    return None
                columns = _columns(cells)
            elif any(cell.strip() for cell in cells):
                rows.append((reader.line_num, cells))
            if len(rows) == MOST_ROWS:
                break
    except csv.Error:
        return None
    return Sheet(columns, tuple(rows)) if columns else None


def _columns(cells: Sequence[str]) -> Columns | None:
    heads = [_plain(cell) for cell in cells]
    high, low = _first(heads, SYSTOLIC), _first(heads, DIASTOLIC)
    either = next((i for i, one in enumerate(heads) if _words(one)[0] == DAY_IN_SPANISH), None)
    day, time = _first(heads, DATE), _first(heads, (*TIME, *TIME_ELSEWHERE))
    if low is None:
        low = either
    elif day is None:
        day = either
    if day is None:
        day = time
    if high is None or low is None or day is None or high == low:
        return None
    return Columns(
        systolic=high,
        diastolic=low,
        pulse=_first(heads, PULSE),
        day=day,
        time=time if time != day else None,
        kilopascal="kpa" in heads[high],
    )


def _first(heads: Sequence[str], stems: Sequence[str]) -> int | None:
    for place, head in enumerate(heads):
        begins = any(word.startswith(stem) for word in _words(head) for stem in stems)
        within = any(stem in head for stem in stems if not stem.isascii())
        if (begins or within) and "zone" not in head:
            return place
    return None


def _words(head: str) -> list[str]:
    return re.split(r"[^\w]+", head)


def _plain(cell: str) -> str:
    """Return a heading in small letters without accents."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", cell)).casefold()
    bare = "".join(one for one in apart if not unicodedata.combining(one))
    return " ".join(bare.split())
