"""The paper's forms: each of the kinds a patient tells, entered, corrected and taken back."""

import re
from dataclasses import replace

import pytest

from records.people import Scope
from records.services.describing import write_note
from records.vocabulary import MEANINGS, Code, SegmentKind, Shape
from webapp.forms.entries import TOLD_BY_PATIENTS, codes_of, may_be_told

AT = "2026-11-23T08:10"
TOLD: dict[Code, tuple[dict[str, str], str, dict[str, str], str]] = {
    Code.BLOOD_PRESSURE: (
        {"high": "151", "low": "93", "pulse": "77"},
        "151/93 mmHg",
        {"high": "141", "low": "83", "pulse": ""},
        "141/83 mmHg",
    ),
    Code.GLUCOSE: (
        {"amount": "7,2", "unit": "mmol/L", "context": "fasting"},
        "7.2 mmol/L (fasting)",
        {"amount": "126", "unit": "mg/dL", "context": "bedtime"},
        "126 mg/dL (at bedtime)",
    ),
    Code.WEIGHT: (
        {"amount": "131", "unit": "斤"},
        "131 jin",
        {"amount": "66", "unit": "kg"},
        "66 kg",
    ),
    Code.NAME: ({"said": "Amina Q"}, "Amina Q", {"said": "Amina O'Hara"}, "Amina O'Hara"),
    Code.BIRTH_DATE: ({"said": "1955-03-08"}, "8 Mar 1955", {"said": "1955-03-09"}, "9 Mar 1955"),
    Code.SEX: ({"said": "female"}, "Female", {"said": "undifferentiated"}, "Other"),
}
NUMBERS = {
    Code.HEART_RATE: ("71", "72"),
    Code.TEMPERATURE: ("36.8", "37.1"),
    Code.SPO2: ("97", "96"),
    Code.HBA1C: ("6.8", "7.1"),
    Code.HEIGHT: ("165", "166"),
    Code.WAIST: ("88", "89"),
    Code.PAIN: ("3", "4"),
    Code.SLEEP: ("7", "6.5"),
    Code.STEPS: ("5000", "5100"),
}


def told(code):
    """Return what is entered, how it then reads, the correction, and how that reads."""
    if code in TOLD:
        return TOLD[code]
    if code in NUMBERS:
        first, then = NUMBERS[code]
        return {"amount": first}, f"{float(first):,g}", {"amount": then}, f"{float(then):,g}"
    return {"said": "<i>wind & rain</i>"}, "<i>wind & rain</i>", {"said": "snow"}, "snow"


def entry_link(page, code_words, reads):
    """Return the address of the newest entry that reads so."""
    for line in page.tree.xpath("//li[.//a[contains(@href, '/me/readings/')]]"):
        words = " ".join(line.text_content().split())
        if reads in words and words.startswith(code_words):
            return line.xpath(".//a/@href")[0]
    raise AssertionError(f"{reads!r} is not on {page.path}: {page.text}")


@pytest.mark.parametrize("kind", TOLD_BY_PATIENTS)
def test_every_entry_of_a_kind_goes_in_is_corrected_and_taken_back(site, kind):
    amina = site.as_(site.cast.amina)
    for code in codes_of(kind):
        first, reads, then, reads_then = told(code)
        has_time = kind not in LIVING
        page = amina.get(f"/me/readings/new/{code}")
        name = re.sub("^Correct: ", "", page.heading)
        wrong = amina.send("Save", status=422, **dict.fromkeys(first, "")) if blank(code) else None
        assert wrong is None or wrong.tree.xpath("//*[@class='summary' and @autofocus]//a")
        page = amina.send("Save", **first, **({"when": AT} if has_time else {}))
        assert reads in page.text
        link = entry_link(page, name, reads)
        amina.get(link)
        page = amina.send("Save the correction", **then)
        assert reads_then in page.text
        page = amina.get(link)
        assert reads in page.text, "the history keeps it"
        page = amina.send("Take it back")
        assert page.has("Taken back. It no longer counts")
        assert page.tree.xpath("//*[@class='gone']"), code
        assert amina.send("Put it back").has("It counts again.")


def test_a_mealtime_of_the_chat_is_worded_and_outlives_a_correction(site):
    amina = site.as_(site.cast.amina)
    amina.get(f"/me/readings/new/{Code.GLUCOSE}")
    page = amina.send("Save", amount="9.1", unit="mmol/L", context="after_meal_2h", when=AT)
    amina.get(entry_link(page, "Blood sugar", "9.1 mmol/L (2 hours after a meal)"))
    page = amina.send("Save the correction", amount="9.4")
    assert "9.4 mmol/L (2 hours after a meal)" in page.text


LIVING = (
    SegmentKind.PERSONAL_INFORMATION,
    SegmentKind.HEALTH_STATUS,
    SegmentKind.FAMILY_HISTORY,
)


def blank(code):
    """Say whether the form can be sent blank as it stands: a choice has nothing to blank."""
    return MEANINGS[code].shape is not Shape.CHOICE


def test_every_code_a_patient_may_tell_is_in_the_test_above():
    codes = {code for kind in TOLD_BY_PATIENTS for code in codes_of(kind)}
    assert codes == {code for code in Code if may_be_told(code)}
    numbers = {code for code in codes if MEANINGS[code].shape is Shape.QUANTITY}
    assert numbers == set(NUMBERS) | {Code.GLUCOSE, Code.WEIGHT}


WRONG = (
    ("bp", {"high": "128"}, "low", "Please type the lower number."),
    ("bp", {"high": "12x", "low": "82"}, "high", "Please type a number, like 128."),
    ("bp", {"high": "82", "low": "128"}, "low", "The upper number is the larger one."),
    ("bp", {"high": "301", "low": "82"}, "high", "That is unusual"),
    ("bp", {"high": "128", "low": "82", "pulse": "900"}, "pulse", "That is unusual"),
    ("bp", {"high": "1", "low": "2", "when": "2027-01-01T10:00"}, "when", "has already been"),
    ("bp", {"high": "1", "low": "2", "when": "yesterday"}, "when", "Please choose a day"),
    ("glucose", {"amount": "7.2", "unit": "stone"}, "unit", "one from the list"),
    (
        "glucose",
        {"amount": "7.2", "unit": "mmol/L", "context": "x"},
        "context",
        "one from the list",
    ),
    ("weight", {"amount": "", "unit": "ours"}, "amount", "Please type the number."),
    ("birth_date", {"said": "2030-01-01"}, "said", "Please choose a day in the past."),
    ("birth_date", {"said": "1066-10-14"}, "said", "Please choose a day in the past."),
    ("birth_date", {"said": "the 8th"}, "said", ""),
    ("sex", {}, "said", "Please choose one."),
    ("sex", {"said": "x"}, "said", "one from the list"),
    ("condition", {"said": "  "}, "said", "Please write something first."),
    ("note", {"said": "x" * 1001}, "said", "Please shorten this to 1,000 characters."),
)


def test_what_cannot_be_kept_is_said_beside_its_field_and_nothing_is_lost(site):
    amina = site.as_(site.cast.amina)
    for code, values, field, sentence in WRONG:
        amina.get(f"/me/readings/new/{code}")
        page = amina.post(f"/me/readings/new/{code}", {"private": "y", **values}, 422)
        beside = page.tree.xpath(f"//*[starts-with(@id, '{field}-wrong-')]")
        assert any(sentence in one.text_content() for one in beside), (code, values, page.text)
        assert "Not a valid" not in page.text
        kept = dict(page.form("Save").form_values())
        assert kept["private"] == "y"
        typed = {name: said for name, said in values.items() if name not in ("unit", "context")}
        for name, said in typed.items():
            if (code, name) not in (("birth_date", "said"), ("sex", "said")) or said[:2] == "20":
                assert kept[name].strip() == said.strip(), (code, name)
        described = page.tree.xpath(f"//*[contains(@aria-describedby, '{beside[0].get('id')}')]")
        assert described, (code, field)


def test_an_unusual_number_is_kept_once_it_is_said_to_be_right(site):
    amina = site.as_(site.cast.amina)
    amina.get("/me/readings/new/bp")
    page = amina.send("Save", high="301", low="82", status=422)
    assert page.has("Yes, the number is right")
    assert amina.send("Save", sure="y").has("301/82 mmHg")


def test_what_is_private_stays_with_the_patient(site):
    amina, chen = site.as_(site.cast.amina), site.as_(site.cast.chen)
    amina.get("/me/readings/new/bp")
    assert amina.send("Save", high="199", low="99", private="y").has("private")
    assert "199/99" not in chen.get(f"/p/{site.cast.record.id}").text


def test_a_caregiver_enters_and_corrects_for_the_patient(site):
    bela = site.as_(site.cast.bela)
    page = bela.get("/me/readings/new/bp")
    assert page.has("For Amina")
    page = bela.send("Save", high="141", low="91")
    assert page.has("141/91 mmHg")
    link = entry_link(page, "Blood pressure", "141/91")
    assert bela.get(link).has("For Amina")
    assert bela.send("Save the correction", high="142").has("142/91 mmHg")
    log = site.as_(site.cast.amina).get("/me/access-log")
    assert log.has("Bela")
    assert log.has("wrote an entry")


def test_a_caregiver_who_may_only_record_sees_nothing_back(site):
    with site.database.begin(True) as unit:
        tie = next(
            one
            for one in unit.relationships.of_record(site.cast.record.id)
            if one.person == site.cast.bela.id
        )
        unit.relationships.put(
            replace(tie, scopes=frozenset({Scope.RECORD}), version=tie.version + 1)
        )
    bela = site.as_(site.cast.bela)
    bela.get("/me/readings/new/bp")
    page = bela.send("Save", high="141", low="91")
    assert page.has("Saved. Thank you.")
    assert not page.has("128")


def test_what_a_doctor_wrote_is_not_the_patients_to_take_back(site):
    with site.database.begin(True) as unit:
        tracking_id = write_note(
            unit, "All is well.", record_id=site.cast.record.id, by=site.cast.chen, now=site.clock()
        )
        (note,) = unit.segments.segment(tracking_id).observations
    browser = site.as_(site.cast.amina)
    browser.get("/me/readings")
    browser.post(f"/me/readings/{note.id}/take-back", status=404)
    with site.database.begin(False) as unit:
        (kept,) = unit.segments.segment(tracking_id).standing
    assert kept.value == "All is well."
