"""An order's way: written, looked at, sent, answered in the chat, seen by the doctor."""

from dataclasses import replace
from datetime import timedelta

from records.orders import State
from storage.timetable import Timetable


def write(site, **values):
    chen = site.as_(site.cast.chen)
    chen.get(f"/p/{site.cast.record.id}/orders/new")
    return chen, {"text": "Measure twice a day.", "due": "2026-11-23T12:30", **values}


def test_an_order_is_placed_answered_in_the_chat_and_seen(site):
    amina = site.as_(site.cast.amina)
    amina.get("/chat")
    amina.send("Send", text="hello")
    chen, values = write(site)
    look = chen.send("Look at it first", **values)
    preview = " ".join(look.tree.xpath("//*[@class='phone']")[0].text_content().split())
    assert "Measure twice a day." in preview
    assert chen.send("Send the order").has("The order is on its way.")
    site.clock.pass_(minutes=30)
    site.settle()
    chat = amina.get("/chat")
    assert chat.has("Dr Chen")
    assert amina.get("/me").has("From the doctor")
    amina.get("/chat")
    amina.send("Done")
    page = site.as_(site.cast.chen).get(f"/p/{site.cast.record.id}")
    assert page.has("Measure twice a day.")
    assert page.tree.xpath("//*[@id='orders']//*[contains(@class, 'tag-done')]"), page.text


def test_an_order_of_blanks_is_refused_at_the_form_with_its_sentences(site):
    chen, _ = write(site)
    page = chen.send("Look at it first", text="   ", due="", status=422)
    for field, sentence in (
        ("text", "Please write what you ask of the patient."),
        ("due", "Please choose a day and a time."),
    ):
        assert sentence in page.tree.get_element_by_id(f"{field}-wrong-1").text_content()
        assert page.tree.xpath(f"//*[@class='summary']//a[@href='#{field}']")
    assert not page.tree.xpath("//button[@name='send']")
    place = f"/p/{site.cast.record.id}/orders/new"
    page = chen.post(place, {"kind": "", "text": "", "due": "", "send": "1"}, 422)
    assert page.has("Please choose one from the list.")
    assert chen.get(f"/p/{site.cast.record.id}").has("No orders yet.")


def test_what_the_doctor_wrote_is_kept_when_something_is_wrong_or_changed(site):
    chen, values = write(site)
    page = chen.send("Look at it first", **{**values, "due": "2026-11-01T08:00"})
    page = chen.send("Send the order", status=422)
    assert page.has("Please choose a time that is still to come.")
    assert page.has("Measure twice a day.")
    chen, values = write(site, text="<b>Salt & sugar</b>")
    chen.send("Look at it first", **values)
    page = chen.send("Change")
    assert page.form("Look at it first").fields["text"].strip() == "<b>Salt & sugar</b>"


def test_an_order_that_is_too_long_is_said_to_be(site):
    chen, values = write(site, text="x" * 1001)
    chen.send("Look at it first", **values)
    page = chen.send("Send the order", status=422)
    assert page.has("Please shorten the order to 1,000 characters.")


def test_a_language_the_patient_does_not_read_is_pointed_out(site):
    chen, values = write(site, text="请每天量两次")
    assert chen.send("Look at it first", **values).has("The patient reads English.")
    assert chen.send("Send the order", status=422).has("Please write it in the patient's language")
    assert chen.send("Send the order", as_written="y").has("The order is on its way.")


def test_an_order_comes_round_until_a_day(site):
    chen, values = write(site, repeat="daily")
    assert chen.send("Look at it first", **values, status=422).has("Please choose the last day.")
    look = chen.send("Look at it first", **values, until="2026-11-30")
    assert look.has("Every day, until Mon 30 Nov")
    assert chen.send("Send the order").has("The order is on its way.")


def test_a_question_is_answered_from_the_page_into_the_chat(site):
    amina = site.as_(site.cast.amina)
    amina.get("/chat")
    amina.send("Send", text="hello")
    chen, values = write(site, due="2026-11-23T12:12")
    chen.send("Look at it first", **values)
    chen.send("Send the order")
    site.settle()
    amina.get("/chat")
    amina.send("Question")
    amina.send("Send", text="Before breakfast?")
    chen.get(f"/p/{site.cast.record.id}")
    assert chen.send("Send the answer", words=" ").has("Please write an answer first.")
    assert chen.send("Send the answer", words="Before it.").has("The answer is on its way.")
    site.settle()
    assert amina.get("/chat").has("Before it.")


def test_an_order_without_an_answer_is_said_to_be_so_on_both_sides_until_it_comes(site):
    amina = site.as_(site.cast.amina)
    amina.get("/chat")
    amina.send("Send", text="hello")
    chen, values = write(site, due="2026-11-23T12:12")
    chen.send("Look at it first", **values)
    chen.send("Send the order")
    site.settle()
    site.clock.pass_(hours=73)
    Timetable(site.database).step(50)
    place = f"/p/{site.cast.record.id}"
    chen, amina = site.as_(site.cast.chen), site.as_(site.cast.amina)
    assert chen.get(place).has("Not answered in 3 days")
    assert chen.get("/today").has("No answer for 3 days")
    assert amina.get("/me").has("Not answered in 3 days")
    assert amina.get("/chat").has("No answer yet. You can still answer.")
    amina.send("Done")
    site.settle()
    assert chen.get(place).tree.xpath("//*[@id='orders']//*[contains(@class, 'tag-done')]")
    assert not chen.get("/today").has("No answer for 3 days")


def test_an_order_is_withdrawn(site):
    chen, values = write(site)
    chen.send("Look at it first", **values)
    chen.send("Send the order")
    assert chen.send("Withdraw").has("The order is withdrawn.")


def test_a_note_reaches_the_record_and_an_empty_one_is_refused(site):
    chen = site.as_(site.cast.chen)
    chen.get(f"/p/{site.cast.record.id}/notes")
    assert chen.send("File the note", status=422).has("Please write something first.")
    assert chen.send("File the note", text="Doing well.").has("The note is in the record.")
    assert site.as_(site.cast.amina).get("/me/readings").has("Doing well.")


def test_an_order_marked_urgent_is_kept_so_and_shown_before_it_is_sent(site):
    chen, values = write(site)
    assert chen.get(f"/p/{site.cast.record.id}/orders/new").has("waits while the patient sleeps")
    look = chen.send("Look at it first", **values, urgent="y")
    assert look.has("urgent")
    chen.send("Send the order")
    with site.database.begin(False) as unit:
        ((order, _),) = unit.orders.of_record(site.cast.record.id)
    assert order.urgent


def test_the_chart_shows_how_orders_were_answered_in_shapes_words_and_a_table(site):
    amina = site.as_(site.cast.amina)
    amina.get("/chat")
    amina.send("Send", text="hello")
    for _ in range(2):
        chen, values = write(site, due=f"{site.clock() + timedelta(hours=8):%Y-%m-%dT%H:%M}")
        chen.send("Look at it first", **values)
        chen.send("Send the order")
        site.settle()
    amina.get("/chat")
    amina.send("Done")
    site.clock.pass_(days=4)
    place = f"/p/{site.cast.record.id}"
    page = site.as_(site.cast.chen).get(place)
    assert page.has("Orders: 1 answered in time (▲), 0 late (■), 1 not answered (✚)")
    assert page.has("Order not answered")
    chart = site.as_(site.cast.chen).fetch(f"{place}/chart/bp.svg").get_data(as_text=True)
    assert "Order answered ·" in chart
    assert "Order not answered ·" in chart
    with site.database.begin(True) as unit:
        alone = unit.orders.of_record(site.cast.record.id)[0][1][0]
        unit.orders.put_occurrence(replace(alone, state=State.DONE, answered=site.clock()))
    assert site.as_(site.cast.chen).get(place).has("1 late (■), 0 not answered")
