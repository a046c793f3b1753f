"""Two doctors and one order: nobody writes over the other unseen, and nothing typed is lost."""

from dataclasses import replace

from records.chats import Chat, ChatChannel
from records.orders import Answer, Order, OrderKind, State
from records.people import Tie
from records.services.enrolling import confirm_care, offer_care
from records.services.ordering import answer_order, place_order
from records.tracking import ChatId, fresh
from records.vocabulary import Language
from tests.webapp.conftest import Site


def placed(site: Site, text: str = "Walk 20 minutes.") -> Order:
    """Place an order of Dr Chen that Amina's web chat has; Dr Dara treats her too."""
    amina = site.as_(site.cast.amina)
    amina.get("/chat")
    amina.send("Send", text="hello")
    with site.database.begin(True) as unit:
        offered = offer_care(
            unit,
            record_id=site.cast.record.id,
            person=site.cast.dara,
            tie=Tie.DOCTOR,
            now=site.clock(),
            by_patient=False,
        )
        confirm_care(unit, offered, by=site.cast.amina, now=site.clock())
        order = place_order(
            unit,
            record_id=site.cast.record.id,
            by=site.cast.chen,
            now=site.clock(),
            kind=OrderKind.DO,
            text=text,
            due=site.clock(),
        )
    site.settle()
    return order


def at(site: Site, order: Order) -> str:
    return f"/p/{site.cast.record.id}/orders/{order.id}/change"


def state_of(site: Site, order: Order) -> State:
    with site.database.begin(False) as unit:
        ((_, (one,)),) = unit.orders.of_record(order.record)
    return one.state


def test_an_order_gets_other_words_and_the_chat_says_so(site: Site) -> None:
    order = placed(site)
    dara = site.as_(site.cast.dara)
    page = dara.get(at(site, order))
    assert page.form("Send the change").fields["text"].strip() == "Walk 20 minutes."
    done = dara.send("Send the change", text="Walk 30 minutes.")
    assert done.has("The order is changed. The patient gets the new words.")
    assert done.has("changed by Dr Dara")
    site.settle()
    chat = site.as_(site.cast.amina).get("/chat")
    assert chat.has("Dr Dara changed this at")
    assert chat.has("Dr Dara: Walk 30 minutes.")
    assert not chat.has("Walk 20 minutes.")
    assert state_of(site, order) is State.QUEUED  # a web chat tells nobody that it was seen


def test_who_was_slower_sees_both_and_chooses(site: Site) -> None:
    order = placed(site)
    chen, dara = site.as_(site.cast.chen), site.as_(site.cast.dara)
    for doctor in (chen, dara):
        doctor.get(at(site, order))
    dara.send("Send the change", text="Walk 30 minutes.")
    both = chen.send("Send the change", status=422, text="Walk 10 minutes.")
    assert both.has("Dr Dara changed this at")
    assert both.has("Walk 30 minutes.")
    assert both.form("Send mine instead").fields["text"].strip() == "Walk 10 minutes."
    assert chen.send("Send mine instead").has("The order is changed.")
    assert chen.get(f"/p/{site.cast.record.id}").has("Walk 10 minutes.")


def test_an_order_withdrawn_while_the_page_is_open_says_so_and_keeps_what_was_typed(
    site: Site,
) -> None:
    order = placed(site)
    chen, dara = site.as_(site.cast.chen), site.as_(site.cast.dara)
    chen.get(at(site, order))
    page = dara.get(f"/p/{site.cast.record.id}")
    assert page.has("Withdraw")
    other = site.as_(site.cast.chen)
    other.get(f"/p/{site.cast.record.id}")
    other.send("Withdraw")
    assert dara.send("Withdraw").has("This order was withdrawn already.")
    said = chen.send("Send the change", status=422, text="Walk 10 minutes.")
    assert said.has("This order was withdrawn meanwhile. It cannot be changed any more.")
    assert said.has("Walk 10 minutes.")
    assert not said.tree.xpath("//button[contains(., 'Send the change')]")


def test_an_order_that_was_answered_is_changed_no_more(site: Site) -> None:
    order = placed(site)
    chen = site.as_(site.cast.chen)
    chen.get(at(site, order))
    with site.database.begin(True) as unit:
        ((_, (one,)),) = unit.orders.of_record(order.record)
        answer_order(unit, one.id, Answer.DONE, by=site.cast.amina, now=site.clock())
    said = chen.send("Send the change", status=422, text="Walk 10 minutes.")
    assert said.has("This order is answered or over. Place a new one instead.")


def test_an_order_of_another_record_is_not_there(site: Site) -> None:
    order = placed(site)
    chen = site.as_(site.cast.chen)
    assert chen.fetch(f"/p/{'0' * 32}/orders/{order.id}/change").status_code == 404
    assert site.as_(site.others.nora).fetch(at(site, order)).status_code == 404


def test_a_question_that_waits_is_not_lost_by_a_change(site: Site) -> None:
    order = placed(site)
    amina = site.as_(site.cast.amina)
    amina.get("/chat")
    amina.send("Question")
    amina.send("Send", text="In the rain?")
    chen = site.as_(site.cast.chen)
    chen.get(at(site, order))
    assert chen.send("Send the change", text="Walk indoors.").has("In the rain?")
    assert state_of(site, order) is State.QUESTION
    site.settle()
    assert amina.get("/chat").has("Walk indoors.")


def test_a_change_in_a_language_the_patient_does_not_read_is_pointed_out(site: Site) -> None:
    order = placed(site)
    chen = site.as_(site.cast.chen)
    chen.get(at(site, order))
    said = chen.send("Send the change", status=422, text="请走三十分钟")
    assert said.has("Nothing is translated: it will be sent as written.")
    assert said.form("Send the change").fields["text"].strip() == "请走三十分钟"
    assert chen.send("Send the change", as_written="y").has("The order is changed.")


def test_a_patient_whose_chat_blocked_the_bot_is_said_not_to_be_reached(site: Site) -> None:
    with site.database.begin(True) as unit:
        chat = Chat(
            ChatId(fresh()), ChatChannel.TELEGRAM, "77", Language.ENGLISH, site.cast.amina.id
        )
        unit.chats.put(replace(chat, blocked=site.clock()))
    chen = site.as_(site.cast.chen)
    chen.get(f"/p/{site.cast.record.id}/orders/new")
    chen.send("Look at it first", text="Walk.", due="2026-11-23T12:30")
    said = chen.send("Send the order")
    assert said.has("It is kept, but the patient's chat cannot be reached. Please call.")
    assert not said.has("The order is on its way.")
