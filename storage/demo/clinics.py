"""What the demo's clinics have written: templates of orders, and advice that waits for a doctor."""

from datetime import datetime

from records.clinic import Texts
from records.findings.reasons import Situation
from records.orders import OrderKind
from records.people import Person
from records.services.clinic import Draft, write_advice, write_template
from records.services.ports import Unit

TWICE_A_DAY = "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0;BYSECOND=0"

TEMPLATES = (
    Draft(
        Texts("Measure for a week", "量一周血压"),
        OrderKind.MEASURE,
        Texts(
            "Please measure your blood pressure twice, morning and evening, for 7 days.",
            "请每天早晚各量两次血压，连续 7 天。",
        ),
        TWICE_A_DAY,
        7,
    ),
    Draft(
        Texts("Sugar before breakfast", "早餐前血糖"),
        OrderKind.MEASURE,
        Texts(
            "Please measure your sugar before breakfast for 5 days.",
            "请连续 5 天在早餐前量血糖。",
        ),
        "FREQ=DAILY",
        5,
    ),
    Draft(
        Texts("Come in", "来院复诊"),
        OrderKind.COME_IN,
        Texts("Please call us to make an appointment this week.", "请这周打电话来约复诊时间。"),
    ),
)

ADVICE = {
    Situation.LOW_GLUCOSE: Texts(
        "Your sugar was low. Carry something sweet with you, and tell us when it happens again.",
        "您的血糖偏低了。请随身带点糖，再发生时请告诉我们。",
    ),
    Situation.ABOVE_TARGET: Texts(
        "Your blood pressure was above your target this week. Please keep measuring twice a day.",
        "您这周的血压高于目标。请继续每天量两次。",
    ),
    Situation.NO_DATA: Texts(
        "We have not heard from you for a week. Please send a number when you can.",
        "一周没有收到您的记录了。方便时请发一个数字。",
    ),
}


def write_for_patients(unit: Unit, doctor: Person, now: datetime) -> None:
    """Write a clinic's templates and advice in the name of one of its doctors."""
    for template in TEMPLATES:
        write_template(unit, template, by=doctor, now=now)
    for cause, texts in ADVICE.items():
        write_advice(unit, cause, texts, held=True, version=0, by=doctor, now=now)
