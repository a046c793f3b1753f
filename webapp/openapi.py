"""What devices may send, described once: OpenAPI for machines, the same words for people."""

from typing import Any

from records.services.reporting import LONGEST_KEY, MEASURED, MOST_AT_ONCE
from records.vocabulary import MEANINGS, PANELS, Code
from records.wording import later

TITLE = later("Readings from devices")
ABOUT = later(
    "A device of a patient sends its readings here. Its token can only file; it reads nothing."
)
SUMMARY = later("File readings")
DESCRIPTION = later(
    "Up to 500 readings at once, each with a key of your own: the same key files nothing twice."
)
TOKEN = later("The token that the patient makes in the settings; it is shown once.")

REASONS = {
    "item_unreadable": later("This reading has a field that is missing or of the wrong kind."),
    "key_missing": later("This reading needs a key of your own, of 1 to 200 characters."),
    "code_not_known": later("This code is not one that a device may send."),
    "numbers_missing": later("A blood pressure needs its two numbers as components."),
    "value_missing": later("This reading needs a value."),
    "value_not_possible": later("This value is not a number that a device can show."),
    "unit_not_known": later("This unit is not one of this code; use its UCUM unit."),
    "time_without_offset": later("The time needs its offset, such as +08:00."),
    "time_ahead": later("The time of this reading is still to come."),
    "time_too_old": later("The time of this reading is too long ago."),
}
NOT_COUNTED = later("It is unusual: it is kept, and counts once the patient says it is right.")

ANSWERS = {
    "200": later("What became of each reading: stored, already, or refused with a reason."),
    "401": later("There is no token, or it is not one of a device."),
    "413": later("More than 500 readings, or more than 256 KiB."),
    "415": later("It is not JSON."),
    "422": later("It is JSON, but not a list of readings."),
    "429": later("More than 60 calls in one minute."),
}


def example() -> dict[str, Any]:
    """Return what a cuff and a glucose meter could send."""
    parts = [
        {"code": MEANINGS[code].loinc, "value": value, "unit": "mm[Hg]"}
        for code, value in ((Code.SYSTOLIC, 128), (Code.DIASTOLIC, 82))
    ]
    at = "2026-11-23T08:10:00+08:00"
    return {
        "items": [
            {
                "key": "cuff-0001",
                "code": MEANINGS[Code.BLOOD_PRESSURE].loinc,
                "effective": at,
                "components": parts,
            },
            {
                "key": "meter-0001",
                "code": str(Code.GLUCOSE),
                "effective": at,
                "value": 7.2,
                "unit": "mmol/L",
            },
        ]
    }


def codes() -> list[dict[str, str]]:
    """Return what may be sent: our name, the LOINC code and the UCUM unit."""
    return [
        {
            "name": str(code),
            "loinc": MEANINGS[code].loinc or "",
            "unit": MEANINGS[code].ucum or str(MEANINGS[PANELS[code][0]].ucum),
        }
        for code in Code
        if code in MEASURED
    ]


def document(base_url: str) -> dict[str, Any]:
    """Return the description as an OpenAPI 3.1 document."""
    answers: dict[str, Any] = {
        status: {"description": said, "content": _content(status)}
        for status, said in ANSWERS.items()
    }
    answers["429"]["headers"] = {
        "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}
    }
    operation = {
        "operationId": "file_observations",
        "summary": SUMMARY,
        "description": DESCRIPTION,
        "security": [{"device": []}],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": _ref("Batch"), "example": example()}},
        },
        "responses": answers,
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": TITLE, "version": "1", "description": ABOUT},
        "servers": [{"url": base_url}],
        "paths": {"/api/v1/observations": {"post": operation}},
        "components": {
            "securitySchemes": {
                "device": {"type": "http", "scheme": "bearer", "description": TOKEN}
            },
            "schemas": _schemas(),
        },
    }


def _content(status: str) -> dict[str, Any]:
    if status == "200":
        return {"application/json": {"schema": _ref("Outcomes")}}
    return {"application/problem+json": {"schema": _ref("Problem")}}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _schemas() -> dict[str, Any]:
    known = [one[name] for one in codes() for name in ("name", "loinc") if one[name]]
    units = sorted({one["unit"] for one in codes()} | {"mg/dL", "[lb_av]", "[degF]", "kPa"})
    value = {"type": "number", "minimum": 0}
    part = {"code": {"type": "string"}, "value": value, "unit": {"type": "string"}}
    reading = {
        "key": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
        "code": {"type": "string", "examples": known},
        "effective": {"type": "string", "format": "date-time"},
        "value": value,
        "unit": {"type": "string", "examples": units},
        "components": {"type": "array", "items": _ref("Part"), "minItems": 2},
    }
    outcome = {
        "key": {"type": "string"},
        "status": {"enum": ["stored", "already", "refused"]},
        "reason": {"enum": list(REASONS)},
        "detail": {"type": "string"},
        "counts": {"type": "boolean", "default": True},
    }
    problem = {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    }
    return {
        "Batch": _object(
            {"items": {"type": "array", "items": _ref("Reading"), "maxItems": MOST_AT_ONCE}},
            "items",
        ),
        "Reading": _object(reading, "key", "code", "effective"),
        "Part": _object(part, "code", "value", "unit"),
        "Outcomes": _object({"items": {"type": "array", "items": _ref("Outcome")}}, "items"),
        "Outcome": _object(outcome, "key", "status"),
        "Problem": _object(problem, "title", "status", "detail"),
    }


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}
