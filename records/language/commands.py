"""Lines that ask the bot to do something, and amendments of the last reading."""

import re

from records.language.understanding import Command

_PHRASES: dict[Command, str] = {
    Command.START: "/start|start|开始|begin",
    Command.HELP: (
        "/help|help|帮助|?|怎么用|how does this work|使用说明|说明|what can you do|你能做什么"
    ),
    Command.MENU: (
        "/menu|menu|菜单|hello|hi|hey|你好|您好|good morning|good evening|good afternoon|早上好|"
        "下午好|晚上好|hello there|hi there|早|嗨|在吗|早安|你好啊|good night|晚安|back|返回"
    ),
    Command.UNDO: (
        "/undo|undo|不对|撤销|撤回|删除|错了|取消|wrong|that's wrong|thats wrong|delete|remove|"
        "delete that|undo that|删掉|oops|mistake|输错了|记错了|delete last|remove that|删除上一条"
    ),
    Command.TODAY: "/today|today|今天|今天的记录|what did i send today|today's numbers|今天的",
    Command.SHARE: "/share|share|分享|共享|授权",
    Command.WHO_LOOKED: (
        "/who|who|who looked|谁看过|who saw my record|谁看了|who has seen my record"
    ),
    Command.STOP: "/stop|stop|停止|停|stop reminders|别发了|unsubscribe|退订",
    Command.PAUSE: "/pause|pause|暂停|mute|静音",
    Command.SKIP: "/skip|skip|跳过|skip today|今天不量|今天不测|not today|不量了",
    Command.YES: (
        "yes|y|是|是的|对|好|好的|可以|ok|okay|yep|yeah|correct|嗯|right|没错|sure|确认|confirm|行"
    ),
    Command.NO: "no|n|不|不是|不用|否|nope|不要|没有|不行",
    Command.LATER: "/later|later|稍后|等会|等一下|晚点|待会|remind me later|等会儿",
    Command.FAMILY: "/family|family|家人|亲属|家属",
    Command.MY_NUMBERS: (
        "/numbers|my numbers|我的记录|我的数据|my record|my records|show my numbers|"
        "history|历史记录|我的数字|查看记录|my readings|show my readings"
    ),
    Command.SETTINGS: "/settings|settings|设置",
    Command.LANGUAGE: "/language|language|语言|english|中文|切换语言",
    Command.PLACES: (
        "/where|where is my record|where is my record kept|where are my records|"
        "我的记录放在哪里|我的记录放在哪|我的记录存在哪里|我的记录存在哪|记录放在哪里"
    ),
    Command.THANKS: (
        "thanks|thank you|thank you so much|thank you very much|thanks a lot|many thanks|thx|ty|"
        "cheers|ok thanks|ok thank you|okay thanks|great thanks|thanks doctor|thank you doctor|"
        "great, thank you|great thank you|bye|goodbye|谢谢|谢谢您|谢谢你|多谢|非常感谢|感谢|"
        "好的谢谢|好的,谢谢|谢谢医生|辛苦了|再见|拜拜"
    ),
    Command.SIGN_IN: "/signin|sign in|登录|login|log in|登陆|网站|website",
}
_TABLE = {p: command for command, phrases in _PHRASES.items() for p in phrases.split("|")}
_TRAILING = re.compile(r"(?<=.)[\s!.。,、~?]+$")
_SLASH = re.compile(r"^/[a-z_]+(?:@\w+)?(?:\s.*)?$", re.S)
_CORRECTION = re.compile(
    r"^(?:no|sorry|oops|actually|correction|wrong|不对|错了|说错了|打错了|写错了|输错了|搞错了|更正|纠正|"
    r"记错了|看错了|不是)[\s,:.;!、。-]*(?=\D{0,24}\d)|改成|改为|更正为|应该是|改到|change (?:it |that )?to|"  # noqa: E501 - a pattern is read whole
    r"should (?:be|read|have been)|i meant|make (?:it|that)|correction|amend|说错了|打错了|写错了|输错了|发错了|搞错了"  # noqa: E501 - a pattern is read whole
)


_UNDO = re.compile(
    r"^(?:please )?(?:delete|remove|undo|cancel|ignore|forget|take back|scrap) "
    r"(?:(?:the|my|that|this) )?(?:(?:last|previous|latest) )?"
    r"(?:one|reading|entry|message|it|that|record)$|"
    r"^(?:the|my|that|this) (?:last |previous )?(?:one|reading|entry|message) (?:is|was) "
    r"(?:wrong|a mistake|not right)$|"
    r"^请?(?:把)?(?:删掉|删除|撤销|撤回|取消)(?:刚才|刚刚|上|最后)?的?(?:那|一|这)?(?:条|个|次)?(?:记录|数据)?$"
)


_HOW_TO_ADD = re.compile(
    r"^(?:how|where|can)\b.*\b(?:add|invite|link|connect)\b.*\b(?:family|wife|husband|partner|"
    r"mum|mom|dad|mother|father|son|daughter|sister|brother|carer|caregiver|someone|person)\b|"
    r"^(?:怎么|如何|怎样|能不能|可以|在哪).{0,4}(?:添加|加上?|邀请|绑定).{0,8}$"
)
_SHOW_MINE = re.compile(
    r"^(?:what(?:'s| is| was| are| were)|show|see|view|list|give|can i see|how do i see|"
    r"where (?:are|is)) (?:me )?(?:my|the last|the) (?:\w+ ){0,3}"
    r"(?:averages?|readings?|numbers|results|trends?|graphs?|charts?|history|records?)$|"
    r"^(?:我的|看看?|查看?|显示|给我看|怎么看|在哪看).{0,8}"
    r"(?:平均|趋势|曲线|图表|历史|记录|读数|数据).{0,6}$"
)
"""Questions about the house itself, by their build: how do I add my wife, what's my average."""


def _asked(line: str) -> Command | None:
    if any(c.isdigit() for c in line):
        return None
    if _HOW_TO_ADD.search(line):
        return Command.FAMILY
    return Command.MY_NUMBERS if _SHOW_MINE.search(line) else None


def command(line: str) -> Command | None:
    """Return the command a whole normalised line is, or None."""
    if _SLASH.match(line):
        return _TABLE.get(line.split()[0].split("@")[0], Command.HELP)
    plain = _TRAILING.sub("", line)
    known = _TABLE.get(line) or _TABLE.get(plain)
    return known or (Command.UNDO if _UNDO.match(plain) else _asked(plain))


def corrects(line: str) -> bool:
    """Say whether the line amends the last reading."""
    return _CORRECTION.search(line) is not None
