"""The words by which people speak of what is shared, with whom, and until when."""

import re

from records.vocabulary import Code, SegmentKind

TOPICS: tuple[tuple[str, SegmentKind | Code], ...] = (
    (r"family (?:history|illness(?:es)?)|家族病?史|家里人的病", SegmentKind.FAMILY_HISTORY),
    (r"doctor'?s notes?|医生的?(?:笔记|记录|备注)", SegmentKind.DOCTOR_DESCRIPTION),
    (r"feelings?|how i feel|感受|感觉", SegmentKind.NON_PHYSICAL_SIGNS),
    (r"daily life|日常(?:生活)?", SegmentKind.RECORD_OF_LIFE),
    (r"(?:other )?notes?|备注|其他记录", SegmentKind.OTHER),
    (
        r"about me|personal (?:details|information)|个人(?:信息|资料)",
        SegmentKind.PERSONAL_INFORMATION,
    ),
    (r"(?:blood )?(?:sugars?|glucose)|血糖", Code.GLUCOSE),
    (r"(?:blood )?pressures?|bp|血压", Code.BLOOD_PRESSURE),
    (r"pulse|heart ?rate|心率|脉搏", Code.HEART_RATE),
    (r"weight|体重", Code.WEIGHT),
    (r"height|身高", Code.HEIGHT),
    (r"waist|腰围", Code.WAIST),
    (r"temperature|体温", Code.TEMPERATURE),
    (r"oxygen|spo2|血氧", Code.SPO2),
    (r"hba1c|糖化(?:血红蛋白)?", Code.HBA1C),
    (r"pains?|疼痛?|痛", Code.PAIN),
    (r"moods?|心情|情绪", Code.MOOD),
    (r"sleep|睡眠", Code.SLEEP),
    (r"symptoms?|症状", Code.SYMPTOM),
    (r"food|diet|meals?|饮食|吃的东?西?", Code.DIET),
    (r"exercise|activit(?:y|ies)|运动|活动", Code.ACTIVITY),
    (r"steps|步数", Code.STEPS),
    (r"medicines?|medications?|pills|用药|药物?", Code.MEDICINE),
    (r"illness(?:es)?|conditions?|diagnos[ei]s|病情|疾病", Code.CONDITION),
    (r"allerg(?:y|ies)|过敏", Code.ALLERGY),
    (r"photos?|pictures?|照片", Code.PHOTO),
    (r"voice (?:notes?|messages?)|语音", Code.VOICE_NOTE),
    (r"phone(?: number)?|电话", Code.PHONE),
    (r"address|地址", Code.ADDRESS),
)
NUMBERS = r"numbers?|readings?|measurements?|数字|数值|读数"
WHOLE = (
    r"everything(?: else)?|all(?: of it)?|(?:my |the )?(?:whole |health )?records?|my health|"
    r"全部|所有(?!人)(?:的)?(?:记录|内容)?|一切|(?:健康)?(?:记录|数据|资料|档案)"
)
BUT = r"(?:all |everything )?(?:but|except(?: for)?|without)|除了|不包括|不含"

PEOPLE = (
    (
        "everyone",
        r"every(?:one|body)|any(?:one|body)|others|所有人|大家|任何人|别人|其他人",
    ),
    ("team", r"clinics?|hospitals?|(?:care )?team|诊所|医院|团队"),
    ("nurse", r"nurses?|护士"),
    ("doctor", r"doctors?|dr|gp|physician|医生|大夫"),
    (
        "helper",
        (
            r"helpers?|carers?|caregivers?|famil(?:y|ies)|daughter|son|wife|husband|sister|"
            r"brother|家人|家属|女儿|儿子|老婆|妻子|老公|丈夫|照顾我的人"
        ),
    ),
)

FILLERS = (
    r"my|the|a|an|of|and|or|also|please|pls|to|with|from|for|by|me|it|see|seen|look|at|can|may|"
    r"could|you|i|want|would|like|only|just|in|on|access|any|more|anymore|again|now|all|data|"
    r"entries|about|see"
)
HAN_FILLERS = "我您的和与跟把将给让向对请想要能可以只也再了吧到去看见里面、，看都先起来有关于那些这"

ASKS = re.compile(
    r"^(?:please )?(?:who(?: has| have|'s)? (?:looked|seen|saw|read|opened|viewed)\b.*|"
    r"(?:有)?(?:谁|哪些人|什么人)(?:都)?(?:看|查看|打开|读)(?:过|了)?.*)$"
)
STOPS = re.compile(
    r"^(?:please )?(?:stop|end|quit|no longer) (?:sharing|showing|giving|share)\b|"
    r"^(?:please )?(?:withdraw|revoke|cancel) (?:my )?(?:sharing|consent|leave|access)\b|"
    r"停止(?:和|跟|给|对|向|与)?.{0,8}?(?:分享|共享)|(?:不要|别|不想|不)再.{0,8}?(?:分享|共享)|"
    r"取消.{0,8}?(?:分享|共享|授权)|撤销.{0,8}?(?:分享|授权)"
)
SHOWS = re.compile(
    r"^(?:please )?(?:show|share) .*\bagain\b|^(?:please )?un-?hide\b|"
    r"^(?:please )?stop hiding\b|重新(?:显示|公开|给|让)|恢复显示|取消隐藏|不(?:要|用)?再隐藏"
)
HIDES = re.compile(
    r"^(?:please )?(?:hide|conceal)\b|"
    r"^(?:please )?(?:don'?t|do not|never) (?:show|share|let|give|tell)\b|"
    r"^(?:please )?keep .+ (?:from|hidden from|private from)\b|隐藏|"
    r"(?:不要|不想|不让|不给|别让|别给|别)[^,。]{0,14}?(?:看|知道)|(?:不能|不可以)看"
)
SHARES = re.compile(
    r"^(?:please )?share\b|^(?:please )?(?:let|show)\b(?! me\b)|^(?:please )?give .+ access\b|"
    r"分享|共享|授权|(?:给|让)[^,。]{1,14}?看"
)
PLAIN = re.compile(
    r"^(?:please )?(?:un-?hide|hide|conceal|share|stop (?:sharing|hiding))\b|隐藏|分享|共享|授权"
)
"""Verbs that speak of the record by themselves; to show and to let see may be about anything."""
VERB_WORDS = (
    r"^(?:please )?(?:stop (?:sharing|showing|giving|hiding)|end sharing|quit sharing|no longer "
    r"shar(?:e|ing)|(?:withdraw|revoke|cancel) (?:my )?(?:sharing|consent|leave|access)|"
    r"(?:don'?t|do not|never) (?:show|share|let|give|tell)|un-?hide|hide|conceal|keep|share|"
    r"show|let|give)\b|\b(?:hidden|private|again|access)\b|"
    r"停止|不想|不要|不让|不给|不能|不可以|不再|不|别|取消|撤销|隐藏|重新|恢复|显示|公开|分享|共享|授权|知道"
)
