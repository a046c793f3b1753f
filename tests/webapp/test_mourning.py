"""A patient who has died: the doctor notes it, what others may do rests, and each is told."""

from datetime import timedelta

import pytest

from records.chats import Chat, ChatChannel
from records.errors import NotPermitted
from records.orders import OrderKind, State
from records.prompts import Topic
from records.services.mourning import note_death
from records.services.ordering import place_order
from records.services.prompting import choose_hours
from records.tracking import ChatId
from records.vocabulary import Language
from storage.lines import web_lines
from storage.timetable import Timetable


def web_chat(site, person, language=Language.ENGLISH):
    chat = Chat(ChatId(f"web-{person.id[:8]}"), ChatChannel.WEB, person.id, language, person.id)
    with site.database.begin(True) as unit:
        unit.chats.put(chat)


def said_to(site, person):
    return [one.text for one in web_lines(site.database, person.id, 50) if not one.mine]


def note(site):
    chen = site.as_(site.cast.chen)
    chen.get(f"/p/{site.cast.record.id}/death")
    return chen, chen.send("Note that Amina has died")


def test_it_is_noted_told_and_taken_back(site):
    cast = site.cast
    web_chat(site, cast.bela)
    bela = site.as_(cast.bela)
    assert bela.get("/me").has("Amina")
    chen, page = note(site)
    assert page.has("that Amina has died. No reminder or order is sent.")
    assert said_to(site, cast.bela)[-1].startswith("The clinic has noted that Amina has died.")
    assert not bela.get("/me").has("Amina")
    chen.get(f"/p/{cast.record.id}")
    assert chen.send("That was a mistake").has("It is taken back.")
    assert said_to(site, cast.bela)[-1].startswith("That note about Amina was a mistake.")
    assert bela.get("/me").has("Amina")


def test_it_is_told_in_chinese(site):
    web_chat(site, site.cast.bela, Language.CHINESE)
    note(site)
    assert said_to(site, site.cast.bela)[-1].startswith("诊所登记：Amina已去世。")


def test_nothing_more_is_asked(site):
    cast, now = site.cast, site.clock()
    web_chat(site, cast.amina)
    due = now + timedelta(hours=1)
    with site.database.begin(True) as unit:
        hour = (due + timedelta(hours=8)).time().replace(tzinfo=None)
        choose_hours(unit, Topic.PRESSURE, [hour], by=cast.amina, now=now)
        place_order(
            unit, record_id=cast.record.id, by=cast.chen, now=now,
            kind=OrderKind.MEASURE, text="Measure.", due=due,
        )  # fmt: skip
    note(site)
    before = said_to(site, cast.amina)
    site.clock.pass_(hours=2)
    while Timetable(site.database).step(50):
        pass
    assert said_to(site, cast.amina) == before
    with site.database.begin(False) as unit:
        ((_, (occurrence,)),) = unit.orders.of_record(cast.record.id)
    assert occurrence.state is State.WITHDRAWN


@pytest.mark.parametrize("who", ["amina", "bela", "dara"])
def test_only_who_treats_the_patient_notes_it(site, who):
    by = getattr(site.cast, who)
    with pytest.raises(NotPermitted), site.database.begin(True) as unit:
        note_death(unit, site.cast.record.id, by=by, now=site.clock())
