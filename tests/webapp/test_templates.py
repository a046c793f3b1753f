"""Templates of orders: written by the clinic, chosen with one tap, seen as in the chat."""

from dataclasses import replace

from records.clinic import Texts
from records.orders import OrderKind
from records.services.clinic import Draft, write_template
from records.vocabulary import Language

WEEK = Draft(
    Texts("Measure for a week", "量一周"),
    OrderKind.MEASURE,
    Texts("Measure twice a day for 7 days.", "请每天量两次，连续 7 天。"),
    "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0;BYSECOND=0",
    7,
)


def written(site):
    with site.database.begin(True) as unit:
        return write_template(unit, WEEK, by=site.cast.dara, now=site.clock())


def preview(page):
    return " ".join(page.tree.xpath("//*[@class='phone']")[0].text_content().split())


def test_a_template_is_chosen_with_one_tap_and_sent_as_it_was_shown(site):
    written(site)
    amina = site.as_(site.cast.amina)
    amina.get("/chat")
    amina.send("Send", text="hello")
    chen = site.as_(site.cast.chen)
    chen.get(f"/p/{site.cast.record.id}/orders/new")
    page = chen.follow("Measure for a week")
    assert preview(page).startswith("👩‍⚕️ Dr Chen: Measure twice a day for 7 days.")
    assert page.has("Twice a day, 8:00 and 20:00, until Sun 29 Nov")
    assert chen.send("Send the order").has("The order is on its way.")
    site.settle()
    shown = amina.get("/chat")
    for part in ("Dr Chen: Measure twice a day for 7 days.", "✅ Done", "⏰ Later", "❓ Question"):
        assert part in preview(page)
        assert shown.has(part)


def test_it_speaks_the_patients_language_and_can_still_be_changed(site):
    written(site)
    with site.database.begin(True) as unit:
        unit.people.put(replace(site.cast.amina, language=Language.CHINESE))
    chen = site.as_(site.cast.chen)
    chen.get(f"/p/{site.cast.record.id}/orders/new")
    page = chen.follow("Measure for a week")
    assert "请每天量两次" in preview(page)
    assert not page.has("Nothing is translated")
    page = chen.send("Change")
    assert "请每天量两次" in page.form("Look at it first").fields["text"]
    assert page.form("Look at it first").fields["until"] == "2026-11-29"


def test_templates_are_written_in_both_languages_by_doctors_of_the_clinic(site):
    chen = site.as_(site.cast.chen)
    chen.get("/clinic/templates/new")
    page = chen.send("Save", status=422, name_english="Come in", english="Please come in.")
    assert page.has("Please write it in both languages.")
    filled = {"name_chinese": "复诊", "chinese": "请来复诊。", "kind": "come_in"}
    page = chen.send("Save", status=422, **filled, repeat="weekly", days="0")
    assert page.has("Please write for how many days, at most 365.")
    assert chen.send("Save", repeat="").has("The template is ready.")
    dara = site.as_(site.cast.dara)
    dara.get("/clinic")
    page = dara.follow("Come in")
    assert preview(page).startswith("👩‍⚕️ Dr Dara: Please come in.")
    chen.get("/clinic")
    chen.follow("Come in")
    assert dara.send("Save", english="Please come to the clinic.").has("The template is ready.")
    page = chen.send("Save", status=422, english="Please come soon.")
    assert page.has("Somebody else has changed this.")
    assert page.has("Please come soon.")


def test_a_template_taken_away_is_offered_no_more_and_another_clinics_never_is(site):
    template = written(site)
    emil = site.as_(site.others.emil)
    assert emil.fetch("/clinic").status_code == 404
    chen = site.as_(site.cast.chen)
    chen.get("/clinic")
    assert chen.send("Take away").has("The template is gone.")
    place = f"/p/{site.cast.record.id}/orders/new"
    assert not chen.get(place).has("By a template")
    assert chen.fetch(f"{place}?template={template.id}").status_code == 404
    with site.database.begin(False) as unit:
        assert unit.clinic_texts.templates(site.cast.clinic.id) == ()
