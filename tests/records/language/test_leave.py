"""Wishes about sharing and hiding are read in both languages, and nothing else is taken for one."""

from datetime import date

import pytest

from records.language.leave import LeaveWish, Verb, Whom, leave_wished
from records.vocabulary import Code, SegmentKind

MONDAY = date(2026, 11, 23)
NUMBERS = frozenset({SegmentKind.PHYSICAL_SIGNS, SegmentKind.SIGNS})


def wish(verb, *codes, whom=Whom.UNSAID, name="", until=None, **more):
    return LeaveWish(verb, codes=frozenset(codes), whom=whom, name=name, until=until, **more)


DOCTOR = {"whom": Whom.DOCTOR}
CHEN = {"whom": Whom.DOCTOR, "name": "chen"}
WISHES = {
    "hide pain from my doctor until Friday": wish(
        Verb.HIDE, Code.PAIN, **DOCTOR, until=date(2026, 11, 27)
    ),
    "不要给医生看心情": wish(Verb.HIDE, Code.MOOD, **DOCTOR),
    "别让医生看到我的心情": wish(Verb.HIDE, Code.MOOD, **DOCTOR),
    "Don't show my mood to my doctor.": wish(Verb.HIDE, Code.MOOD, **DOCTOR),
    "hide my mood from everyone": wish(Verb.HIDE, Code.MOOD, whom=Whom.EVERYONE),
    "不想让家人看到疼痛": wish(Verb.HIDE, Code.PAIN, whom=Whom.HELPER),
    "隐藏疼痛，到周五": wish(Verb.HIDE, Code.PAIN, until=date(2026, 11, 27)),
    "hide everything from Bela for 2 weeks": wish(
        Verb.HIDE, whole=True, whom=Whom.NAMED, name="bela", until=date(2026, 12, 7)
    ),
    "stop sharing with Dr Chen": wish(Verb.STOP, **CHEN),
    "停止和陈医生分享": wish(Verb.STOP, whom=Whom.DOCTOR, name="陈"),
    "不要再分享给医生": wish(Verb.STOP, **DOCTOR),
    "stop sharing my mood with Dr Chen": wish(Verb.STOP, Code.MOOD, **CHEN),
    "share my sugar with Dr Chen for a month": wish(
        Verb.SHARE, Code.GLUCOSE, **CHEN, until=date(2026, 12, 23)
    ),
    "把血糖给陈医生看一个月": wish(
        Verb.SHARE, Code.GLUCOSE, whom=Whom.DOCTOR, name="陈", until=date(2026, 12, 23)
    ),
    "share my numbers with Dr Chen": wish(Verb.SHARE, kinds=NUMBERS, **CHEN),
    "let the nurse see my weight until 3 May": wish(
        Verb.SHARE, Code.WEIGHT, whom=Whom.NURSE, until=date(2027, 5, 3)
    ),
    "让医生看血压到5月3日": wish(Verb.SHARE, Code.BLOOD_PRESSURE, **DOCTOR, until=date(2027, 5, 3)),
    "share everything but mood with my doctor": wish(
        Verb.SHARE, whole=True, but=frozenset({Code.MOOD}), **DOCTOR
    ),
    "除了心情，全部给医生看": wish(Verb.SHARE, whole=True, but=frozenset({Code.MOOD}), **DOCTOR),
    "share my blood pressure with the clinic for six months": wish(
        Verb.SHARE, Code.BLOOD_PRESSURE, whom=Whom.TEAM, until=date(2027, 5, 23)
    ),
    "show my mood to Dr Chen again": wish(Verb.SHOW, Code.MOOD, **CHEN),
    "重新显示心情": wish(Verb.SHOW, Code.MOOD),
    "unhide my pain": wish(Verb.SHOW, Code.PAIN),
    "who looked at my record?": wish(Verb.LOOKED),
    "谁看过我的记录": wish(Verb.LOOKED),
}
OTHER_LINES = (
    "128/82",
    "share",
    "分享",
    "stop",
    "stop reminders",
    "share 128/82 with my doctor",
    "don't tell my doctor I feel sad",
    "keep this private: I feel sad",
    "不要告诉医生我头疼",
    "My doctor told me to hide the pain",
    "I want to hide",
    "show my numbers",
    "给我看血压",
    "让我看看我的记录",
    "我今天去看医生",
    "我不想看医生",
    "别看手机了",
    "疼得不想看电视",
    "who should I ask?",
    "I will see Dr Chen tomorrow",
    "my doctor wants to see my blood pressure",
    "",
)


@pytest.mark.parametrize("line", WISHES)
def test_a_wish_is_read(line: str) -> None:
    assert leave_wished(line, MONDAY) == WISHES[line]


@pytest.mark.parametrize("line", OTHER_LINES)
def test_another_line_is_no_wish(line: str) -> None:
    assert leave_wished(line, MONDAY) is None


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("until tomorrow", date(2026, 11, 24)),
        ("until next Friday", date(2026, 12, 4)),
        ("until Monday", date(2026, 11, 30)),
        ("until the end of the month", date(2026, 11, 30)),
        ("until 1 December", date(2026, 12, 1)),
        ("for 10 days", date(2026, 12, 3)),
        ("for half a year", date(2027, 5, 23)),
        ("到下周三", date(2026, 12, 2)),
        ("到月底", date(2026, 11, 30)),
        ("两周", date(2026, 12, 7)),
        ("半年", date(2027, 5, 23)),
        ("到12月1日", date(2026, 12, 1)),
    ],
)
def test_until_when_is_the_last_day_meant(words: str, last: date) -> None:
    found = leave_wished(f"hide pain {words}", MONDAY)
    assert (found.until if found else None) == last
