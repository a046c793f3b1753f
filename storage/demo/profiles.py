"""Who the demo's people are. All are invented; phone numbers are of ranges kept for fiction."""

from dataclasses import dataclass

from records.findings.reasons import Situation
from records.vocabulary import Language, SegmentKind

HONG_KONG = "Asia/Hong_Kong"
LONDON = "Europe/London"
EN, ZH = Language.ENGLISH, Language.CHINESE

READINGS = frozenset({SegmentKind.PHYSICAL_SIGNS})
USUAL = READINGS | {
    SegmentKind.PERSONAL_INFORMATION,
    SegmentKind.HEALTH_STATUS,
    SegmentKind.SIGNS,
    SegmentKind.NON_PHYSICAL_SIGNS,
    SegmentKind.RECORD_OF_LIFE,
    SegmentKind.OTHER,
    SegmentKind.DOCTOR_DESCRIPTION,
}
RELEASED = frozenset({SegmentKind.PHYSICAL_SIGNS, SegmentKind.SIGNS, SegmentKind.RECORD_OF_LIFE})


@dataclass(frozen=True, slots=True)
class Profile:
    """One patient: who it is, what the readings are like, and who may see what.

    `pressure` and `week_before` are means in mm[Hg], now and until a week ago; `glucose` is the
    fasting mean in mmol/L; `missed` is the share of days without a reading, none in the last two
    weeks; after `silent_since` days ago nothing was told.
    """

    name: str
    language: Language
    sex: str
    born: str
    phone: str
    address: str
    conditions: tuple[str, ...]
    medicines: tuple[str, ...]
    allergies: tuple[str, ...]
    relatives: tuple[str, ...]
    weight: float
    height: int
    pressure: tuple[int, int] | None = None
    week_before: tuple[int, int] | None = None
    glucose: float | None = None
    zone: str = HONG_KONG
    missed: float = 0.08
    sparse: bool = False
    silent_since: int = 0
    situation: Situation | None = None
    chan: frozenset[SegmentKind] = USUAL
    lee: frozenset[SegmentKind] = frozenset()
    nurse: frozenset[SegmentKind] = frozenset()
    helper: str = ""
    released_to: str = ""


PATIENTS = (
    Profile(
        name="黄美玲",
        language=ZH,
        sex="female",
        born="1955-03-08",
        phone="5550 0101",
        address="九龙海港街 12 号 3 楼",
        conditions=("高血压 12 年",),
        medicines=("氨氯地平 5 毫克，每天早上一片",),
        allergies=("青霉素：皮疹",),
        relatives=("母亲：中风", "父亲：高血压"),
        weight=58.5,
        height=156,
        pressure=(129, 78),
        situation=Situation.ACT_NOW,
        nurse=READINGS,
        helper="李小雯",
    ),
    Profile(
        name="Margaret Hill",
        language=EN,
        sex="female",
        born="1958-07-21",
        phone="020 7946 0102",
        address="4 Orchard Row, London",
        zone=LONDON,
        conditions=("Type 2 diabetes since 2011", "High cholesterol"),
        medicines=("Gliclazide 80 mg twice a day", "Atorvastatin 20 mg at night"),
        allergies=(),
        relatives=("Mother: type 2 diabetes",),
        weight=71.0,
        height=163,
        pressure=(124, 75),
        glucose=6.1,
        situation=Situation.LOW_GLUCOSE,
        nurse=READINGS,
    ),
    Profile(
        name="林志豪",
        language=ZH,
        sex="male",
        born="1960-11-02",
        phone="5550 0103",
        address="新界青山里 8 号",
        conditions=("高血压 5 年",),
        medicines=("缬沙坦 80 毫克，每天一次",),
        allergies=(),
        relatives=("哥哥：高血压",),
        weight=69.2,
        height=170,
        pressure=(126, 77),
        situation=Situation.QUESTIONS,
    ),
    Profile(
        name="Robert Ellis",
        language=EN,
        sex="male",
        born="1952-01-30",
        phone="020 7946 0104",
        address="19 Mill Lane, London",
        zone=LONDON,
        conditions=("High blood pressure since 2009",),
        medicines=("Ramipril 5 mg in the morning",),
        allergies=("Aspirin: wheezing",),
        relatives=("Father: heart attack at 58",),
        weight=84.0,
        height=176,
        pressure=(148, 91),
        situation=Situation.ABOVE_TARGET,
        nurse=READINGS,
        helper="Helen Ellis",
    ),
    Profile(
        name="赵桂芳",
        language=ZH,
        sex="female",
        born="1949-09-15",
        phone="5550 0105",
        address="九龙榕树巷 27 号",
        conditions=("高血压 20 年", "关节炎"),
        medicines=("氢氯噻嗪 12.5 毫克，每天早上",),
        allergies=("海鲜：起疹子",),
        relatives=("姐姐：糖尿病",),
        weight=52.4,
        height=151,
        pressure=(128, 79),
        week_before=(113, 70),
        situation=Situation.GETTING_WORSE,
        helper="赵倩",
    ),
    Profile(
        name="Joyce Carter",
        language=EN,
        sex="female",
        born="1957-05-11",
        phone="020 7946 0106",
        address="2 Station Road, London",
        zone=LONDON,
        conditions=("High blood pressure since 2018",),
        medicines=("Losartan 50 mg in the morning",),
        allergies=(),
        relatives=("Sister: high blood pressure",),
        weight=66.3,
        height=160,
        pressure=(123, 74),
        situation=Situation.UNANSWERED_ORDERS,
    ),
    Profile(
        name="李建国",
        language=ZH,
        sex="male",
        born="1951-12-24",
        phone="5550 0107",
        address="九龙海港街 12 号 3 楼",
        conditions=("2 型糖尿病 8 年", "高血压"),
        medicines=("二甲双胍 500 毫克，每天两次",),
        allergies=(),
        relatives=("父亲：糖尿病",),
        weight=72.8,
        height=168,
        pressure=(131, 80),
        glucose=7.0,
        silent_since=9,
        situation=Situation.NO_DATA,
        helper="李小雯",
    ),
    Profile(
        name="Alan Brooks",
        language=EN,
        sex="male",
        born="1963-04-17",
        phone="020 7946 0108",
        address="31 Harbour View, London",
        zone=LONDON,
        conditions=("High blood pressure since 2020",),
        medicines=("Amlodipine 5 mg in the morning",),
        allergies=(),
        relatives=("Father: stroke at 70",),
        weight=79.5,
        height=181,
        pressure=(122, 76),
        situation=Situation.ON_TARGET,
    ),
    Profile(
        name="吴淑珍",
        language=ZH,
        sex="female",
        born="1954-06-05",
        phone="5550 0109",
        address="香港书院道 5 号",
        conditions=("高血压 9 年",),
        medicines=("氨氯地平 5 毫克", "培哚普利 4 毫克"),
        allergies=(),
        relatives=("母亲：高血压",),
        weight=61.0,
        height=158,
        pressure=(141, 86),
        lee=READINGS,
        released_to="research",
    ),
    Profile(
        name="Thomas Reed",
        language=EN,
        sex="male",
        born="1961-10-09",
        phone="020 7946 0110",
        address="7 Castle Street, London",
        zone=LONDON,
        conditions=("Type 2 diabetes since 2016",),
        medicines=("Metformin 1000 mg twice a day",),
        allergies=("Plasters: itching",),
        relatives=("Brother: type 2 diabetes",),
        weight=88.1,
        height=178,
        pressure=(127, 79),
        glucose=6.6,
        released_to="service",
    ),
    Profile(
        name="郑文海",
        language=ZH,
        sex="male",
        born="1966-02-28",
        phone="5550 0111",
        address="新界长堤 3 号",
        conditions=("血压偏高，刚开始测量",),
        medicines=(),
        allergies=(),
        relatives=(),
        weight=75.0,
        height=173,
        pressure=(133, 82),
        sparse=True,
        chan=READINGS,
    ),
    Profile(
        name="Susan Whitby",
        language=EN,
        sex="female",
        born="1959-08-13",
        phone="020 7946 0112",
        address="55 Green Walk, London",
        zone=LONDON,
        conditions=("High blood pressure since 2015",),
        medicines=("Bisoprolol 2.5 mg in the morning",),
        allergies=(),
        relatives=("Mother: high blood pressure",),
        weight=63.7,
        height=165,
        pressure=(137, 83),
        chan=frozenset(),
        lee=USUAL,
    ),
)

HELPERS = {"李小雯": (ZH, HONG_KONG), "Helen Ellis": (EN, LONDON), "赵倩": (ZH, HONG_KONG)}

DIET = {
    EN: ("porridge and a banana", "chicken soup, no salt added", "fish, rice and greens"),
    ZH: ("早饭小米粥、一个鸡蛋", "中午清蒸鱼、米饭、青菜", "晚上吃面，少放盐"),
}
ACTIVITY = {
    EN: ("walked 30 minutes", "gardening, one hour", "swam 20 minutes"),
    ZH: ("散步 30 分钟", "打太极 40 分钟", "跳广场舞一小时"),
}
MOOD = {
    EN: ("feeling well", "a bit tired", "slept badly but fine"),
    ZH: ("心情不错", "有点累", "昨晚没睡好，现在还行"),
}
TAKEN = {EN: "took my tablets", ZH: "吃药了"}

NOTES = {
    EN: "Home readings reviewed with the patient. Technique is good. Continue as before.",
    ZH: "已与患者核对家庭血压记录，测量方法正确。维持目前方案。",
}
MEASURE = {
    EN: "Please measure twice a day for 7 days.",
    ZH: "请每天早晚各量一次血压，连续 7 天。",
}
MEDICINE = {
    EN: "From tomorrow take your tablet in the evening.",
    ZH: "从明天起，降压药改为每天早上服用。",
}
QUESTION = {EN: "Can I take it with milk?", ZH: "可以改成晚上吃吗？"}
