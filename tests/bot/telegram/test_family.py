"""The family's journeys through Telegram in both languages, each with what it costs to do.

A message is something typed or a key with a name; a tap is a button or an opened link.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from records.observations import Channel
from records.orders import OrderKind
from records.people import USUAL_HELP, Tie
from records.services.enrolling import confirm_care, enrol_patient, offer_care
from records.services.intake import Draft, file_observations
from records.services.ordering import orders_of, place_order
from records.tracking import RecordId
from records.vocabulary import Code, Language
from storage.database import Database
from tests.bot.conftest import Filed
from tests.bot.telegram.conftest import AMINA, BELA, STRANGER, Phone
from tests.cast import ZONE, Cast, Clock, enter
from tests.parts.botapi import Sent

OMAR = 103
ENGLISH = {
    "family": "family",
    "send": "Send this to your helper. It works once, for 24 hours.",
    "asks": "Amina asks you to help. You may: send numbers ✔ see numbers ✔ answer orders ✔",
    "accept": "Accept",
    "helps": "Li Na can now help you.",
    "ok": ["OK", "Remove"],
    "noted": "👤 Amina ✅ 128/82 noted, 12:00. On target.",
    "now for": "Now for Omar.",
    "omar noted": "👤 Omar ✅ 135/80 noted",
    "omar again": "👤 Omar ✅ 136/80 noted",
    "dad": "dad 135/80",
    "amina noted": "👤 Amina ✅ 135/80",
    "whom": "For whom?",
    "not omar": "Not Omar?",
    "may": "Bela may: ",
    "no urgent": "✘ Urgent news",
    "urgent on": "hear of urgent numbers ✔",
    "done": "✅ Done",
    "done by": "Done 12:00 by Bela",
    "urgent": "⚠️ Amina: 186/112. Please call Amina now.",
    "remove": "Remove: Bela",
    "removed": "Bela no longer helps you. Old messages stay in that person's chat.",
    "nothing": "You no longer help Amina. Nothing was stored.",
    "stop": "Stop helping Amina",
    "left": "👌 You have stopped helping Amina. Old messages stay in this chat.",
    "used": "This link was used already. Ask for a new one.",
    "expired": "This link has expired. Ask for a new one.",
    "you": "That is you.",
}
CHINESE = {
    "family": "家人",
    "send": "请把它发给家人，24 小时内有效，只能用一次。",
    "asks": "Amina请您帮忙。您可以：发送数字 ✔ 查看数字 ✔ 答复医嘱 ✔",
    "accept": "接受",
    "helps": "Li Na现在可以帮助您。",
    "ok": ["好", "移除"],
    "noted": "👤 Amina ✅ 已记下 128/82，12:00。在目标范围内。",
    "now for": "现在记录Omar的。",
    "omar noted": "👤 Omar ✅ 已记下 135/80",
    "omar again": "👤 Omar ✅ 已记下 136/80",
    "dad": "爸135/80",
    "amina noted": "👤 Amina ✅ 已记下 135/80",
    "whom": "给谁？",
    "not omar": "不是Omar？",
    "may": "Bela可以：",
    "no urgent": "✘ 紧急提醒",
    "urgent on": "接收紧急提醒 ✔",
    "done": "✅ 完成",
    "done by": "12:00 已完成（Bela）",
    "urgent": "⚠️ Amina：186/112。请马上打电话给Amina。",
    "remove": "移除：Bela",
    "removed": "Bela不再协助您。对方聊天里的旧消息仍会保留。",
    "nothing": "您已不再协助Amina，这条没有保存。",
    "stop": "不再协助Amina",
    "left": "👌 您已不再协助Amina。这个聊天里的旧消息仍会保留。",
    "used": "这个链接已用过，请重新索取。",
    "expired": "链接已过期，请重新索取。",
    "you": "这是您自己的账号。",
}


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One database is enough for what is said."""
    return f"sqlite:///{tmp_path / 'kanglu.db'}"


@pytest.fixture(params=[Language.ENGLISH, Language.CHINESE])
def language(request: pytest.FixtureRequest) -> Language:
    return Language(request.param)


@pytest.fixture
def words(language: Language) -> dict[str, str]:
    return ENGLISH if language is Language.ENGLISH else CHINESE


@pytest.fixture
def cast(database: Database, clock: Clock, language: Language) -> Cast:
    """The cast, speaking one of the languages."""
    with database.begin(True) as unit:
        return enter(unit, clock(), language)


@dataclass
class Hand:
    """One person's phone, and how often it was typed and tapped on it."""

    phone: Phone
    number: int
    messages: int = 0
    taps: int = 0

    def type(self, text: str, answer: str) -> Sent:
        """Type a line and return the answer that holds these words."""
        number = self.phone.api.say(self.number, text, date=self.phone.database.clock())
        self.messages += 1
        return self.phone.api.wait_for(
            self.number, lambda one: answer in one.text and one.message_id > number, 10
        )

    def tap(self, message: Sent, button: str, answer: str) -> Sent:
        """Tap a button and return the card that changed, or the new one, with these words."""
        before = {one.message_id: one.text for one in self.phone.api.sent(self.number)}
        self.phone.api.tap(self.number, message, button)
        self.taps += 1
        return self.phone.api.wait_for(
            self.number,
            lambda one: answer in one.text and before.get(one.message_id) != one.text,
            10,
        )

    def open(self, payload: str, answer: str, name: str = "Li") -> Sent:
        user = {"first_name": name, "last_name": "Na"}
        self.phone.api.start(self.number, payload, user=user)
        self.taps += 1
        return self.phone.sees(self.number, answer)

    def spent(self) -> tuple[int, int]:
        """Return the messages and taps since this was last asked."""
        cost = self.messages, self.taps
        self.messages = self.taps = 0
        return cost

    def later(self, **span: float) -> datetime:
        """Let time pass and return the moment it then is."""
        clock = self.phone.database.clock
        assert isinstance(clock, Clock)
        return clock.pass_(**span)


@pytest.fixture
def on(phone: Phone, cast: Cast) -> Iterator[Phone]:
    """Amina's and Bela's chats, and the bot running."""
    phone.link(cast.amina, AMINA)
    phone.link(cast.bela, BELA, tells=True)
    with phone.on():
        for number in (AMINA, BELA):
            phone.api.start(number)
            phone.sees(number, "128 82")
        yield phone


@pytest.fixture
def amina(on: Phone) -> Hand:
    return Hand(on, AMINA)


@pytest.fixture
def bela(on: Phone) -> Hand:
    return Hand(on, BELA)


def a_man_to_help(database: Database, cast: Cast) -> RecordId:
    """Let Bela help Omar too, and return his record."""
    now = database.clock()
    language = cast.bela.language
    with database.begin(True) as unit:
        person, record = enrol_patient(unit, "Omar", language=language, zone=ZONE, now=now)
        for patient, record_id, sex in (
            (cast.amina, cast.record.id, "female"),
            (person, record.id, "male"),
        ):
            file_observations(
                unit,
                [Draft(Code.SEX, now, value=sex)],
                record_id=record_id,
                by=patient,
                channel=Channel.FORM,
                now=now,
            )
        offered = offer_care(
            unit,
            record_id=record.id,
            person=cast.bela,
            tie=Tie.CAREGIVER,
            now=now,
            scopes=USUAL_HELP,
            by_patient=True,
        )
        confirm_care(unit, offered, by=cast.bela, now=now)
    return record.id


def payload_of(card: Sent) -> str:
    """Return what stands behind the link on the last line of a card."""
    return card.text.splitlines()[-1].rpartition("=")[2].rpartition("/")[2]


def test_a_helper_comes_in_by_one_message_and_two_taps(amina: Hand, words: dict[str, str]) -> None:
    stranger = Hand(amina.phone, STRANGER)
    payload = payload_of(amina.type(words["family"], words["send"]))
    # The stranger's phone speaks the patient's language once its own is known to the bot.
    user = {"first_name": "Li", "last_name": "Na", "language_code": _code(words)}
    amina.phone.api.start(STRANGER, payload, user=user)
    stranger.taps += 1
    asked = amina.phone.sees(STRANGER, words["asks"])
    amina.phone.api.tap(STRANGER, asked, words["accept"])
    stranger.taps += 1
    told = amina.phone.sees(AMINA, words["helps"])
    assert told.labels == words["ok"]
    assert (amina.spent(), stranger.spent()) == ((1, 0), (0, 2))
    stranger.open(payload, words["used"])
    amina.open(payload_of(amina.type(words["family"], words["send"])), words["you"])
    late = payload_of(amina.type(words["family"], words["send"]))
    amina.later(hours=24)
    stranger.open(late, words["expired"])


def _code(words: dict[str, str]) -> str:
    return "en" if words is ENGLISH else "zh-hans"


def test_who_helps_two_people_never_writes_for_the_wrong_one(
    bela: Hand, words: dict[str, str], filed: Filed, database: Database, cast: Cast
) -> None:
    """One person: 1 message. Two: 1 key more where the person changes; held or moved: 1 tap."""
    bela.type("128/82", words["noted"])
    assert bela.spent() == (1, 0), "one person: never a switch"
    omar = a_man_to_help(database, cast)
    omars = Filed(database, cast)
    omars.record = omar
    bela.later(minutes=20)
    card = bela.type("👤 Omar", words["now for"])
    assert card.keyboard[0] == ("👤 Amina", "👤 Omar ✓")
    bela.type("135/80", words["omar noted"])
    bela.later(minutes=20)
    bela.type("136/80", words["omar again"])
    assert bela.spent() == (3, 0), "one key more where the person changes, and it stays"

    bela.later(minutes=20)
    bela.type("Amina 127/82", "👤 Amina")
    bela.later(minutes=20)
    number = bela.phone.api.say(BELA, words["dad"], date=bela.phone.database.clock())
    bela.phone.api.wait_for(
        BELA, lambda one: words["omar noted"] in one.text and one.message_id > number, 10
    )
    assert bela.spent() == (1, 0), "a name in the line needs no key"
    bela.phone.api.edit(BELA, number, "Amina 135/80")
    bela.phone.sees(BELA, words["amina noted"])
    assert (filed.standing()[-1], omars.standing()[-1]) == ("135/80", "136/80")

    said = bela.later(hours=7)
    asked = bela.type("135/80", words["whom"])
    bela.later(hours=2)
    noted = bela.tap(asked, "👤 Omar", words["omar noted"])
    assert bela.spent() == (1, 1), "after six idle hours: one tap, and it keeps its time"
    assert omars.all()[-1].effective == said

    before = len(bela.phone.api.sent(BELA))
    bela.tap(noted, words["not omar"], "👤 Amina")
    assert (bela.spent(), len(bela.phone.api.sent(BELA))) == ((0, 1), before)
    assert (filed.standing()[-1], omars.standing()[-1]) == ("135/80", "136/80")


def test_orders_and_danger_reach_the_helper_until_it_ends(
    amina: Hand,
    bela: Hand,
    words: dict[str, str],
    database: Database,
    cast: Cast,
    filed: Filed,
) -> None:
    now = database.clock()
    with database.begin(True) as unit:
        place_order(
            unit,
            record_id=cast.record.id,
            by=cast.chen,
            now=now,
            kind=OrderKind.MEASURE,
            text="Measure twice",
            due=now,
        )
    bela.tap(bela.phone.sees(BELA, "Measure twice"), words["done"], "Measure twice")
    amina.phone.sees(AMINA, words["done by"])
    assert bela.spent() == (0, 1)
    with database.begin(False) as unit:
        ((one,),) = (
            view.occurrences for view in orders_of(unit, cast.record.id, by=cast.chen, now=now)
        )
        assert one.answered_by == cast.bela.id

    card = amina.type(words["family"], words["send"])
    card = amina.tap(card, "👤 Bela", words["may"])
    amina.tap(card, words["no urgent"], words["urgent on"])
    assert amina.spent() == (1, 2)
    amina.later(hours=15)  # three at night where Amina lives
    amina.type("186/112", "186/112")
    bela.phone.sees(BELA, words["urgent"])

    amina.spent()
    card = amina.type(words["family"], words["send"])
    amina.tap(card, words["remove"], words["removed"])
    assert amina.spent() == (1, 1)
    kept = len(filed.all())
    bela.type("128/82", words["nothing"])
    assert len(filed.all()) == kept


def test_a_helper_leaves_with_one_message_and_one_tap(
    amina: Hand, bela: Hand, words: dict[str, str]
) -> None:
    card = bela.type(words["family"], "Amina")
    bela.tap(card, words["stop"], words["left"])
    amina.phone.sees(AMINA, words["removed"])
    assert bela.spent() == (1, 1)
