"""How an answer is held against the expected one: numbers exactly, words loosely."""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from records.language import Context, understand
from records.language.wire import to_line
from records.vocabulary import Language

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("KANGLU_SHARED") or ROOT.parent / "shared")
NOW = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - the wall time of a person
MEASURED = {
    "bp", "heart_rate", "glucose", "weight", "height", "temperature", "spo2", "hba1c", "pain",
    "sleep", "steps", "waist", "bmi",
}  # fmt: skip
STORES = {"store", "urgent", "store_private"}


def lines(name: str) -> list[dict]:
    """Read one file of utterances in place, or skip with the reason."""
    path = SHARED / "data" / "utterances" / name
    if not path.exists():
        pytest.skip(f"the shared utterances are not beside the repository ({name})")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def answer(text: str, lang: str = "en", context: Context | None = None) -> dict:
    language = Language.CHINESE if lang == "zh" else Language.ENGLISH
    return to_line(understand(text, language, context or Context(NOW)))


def numbers(reading: dict) -> Iterator[tuple[str, float, float]]:
    for key, tolerance in (("systolic", 0), ("diastolic", 0), ("mmol_l", 0.05), ("value", 0.05)):
        if key in reading and not (key == "value" and reading["kind"] == "glucose"):
            yield key, reading[key], max(tolerance, reading.get("tolerance", 0), 1e-9)


def same(got: dict, wanted: dict) -> bool:
    if got["kind"] != wanted["kind"]:
        return False
    return all(
        key in got and abs(got[key] - value) <= tolerance
        for key, value, tolerance in numbers(wanted)
    )


def agrees(got: list[dict], wanted: list[dict]) -> bool:
    """Say whether both hold the same readings, whatever their order."""
    left = list(got)
    for reading in wanted:
        match = next((g for g in left if same(g, reading)), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def stored(result: dict) -> list[dict]:
    """Return the measurements that would be stored unasked."""
    if result["expect"] not in STORES:
        return []
    return [r for r in result["readings"] if r["kind"] in MEASURED]


def stored_wrongly(result: dict, wanted: dict) -> bool:
    """Say whether a measurement would be stored that the expected answer does not store."""
    allowed = wanted["readings"] if wanted["expect"] in STORES else []
    return not all(any(same(r, w) for w in allowed) for r in stored(result))
