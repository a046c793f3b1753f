"""Who may enter which page, in words: the rule of every address, and who stands how to Amina.

It imports nothing of the house; the law (tests/law.py) says what the words of a rule mean.
"""

from tests import law

ROUTES = """
account.ask                 all  -                        -
account.enter               all  .                        -
alerts.drop                 d    .                        hears_of_it
alerts.limits               d    set_limits               set_limits
alerts.reset                d    .                        set_limits
alerts.seen                 dn   .                        hears_of_it
alerts.send                 d    .                        hears_of_it
api.docs                    all  -                        .
api.document                all  -                        .
api.observations            .    .                        .
calendars.feed              all  -                        .
calendars.make              p    .                        -
calendars.page              p    -                        .
calendars.revoke            p    .                        -
changing.change             d    place_order              place_order
chat.lines                  pc   -                        .
chat.page                   pc   -                        .
chat.picture                pc   own                      .
chat.say                    pc   .                        -
clinic.advice               d    -                        -
clinic.away                 d    .                        of_the_clinic
clinic.guideline            d    .                        -
clinic.new                  d    -                        -
clinic.page                 d    -                        .
clinic.template             d    of_the_clinic            of_the_clinic
comments.write              pc   whose,nobody             whose,nobody
devices.new                 p    -                        -
devices.revoke              p    .                        tie_device
doctor.chart                dn   see_record               .
doctor.note                 d    file_description         file_description
doctor.patient              dn   see_record               .
doctor.patients             dn   -                        .
documents.bring             pc   whose,import_document    whose,import_document
documents.bring_for         d    import_document          import_document
documents.choose            pc   whose,own                whose,own
documents.choose_for        .    .                        .
downloads.export            pc   whose                    .
downloads.export_granted    dn   see_record               .
downloads.granted           dn   see_record               .
downloads.mine              pc   whose,sees               .
emergencies.begin           d    -                        -
emergencies.end             d    .                        dara
emergencies.mine            p    -                        .
emergencies.queue           do   -                        .
emergencies.reviewed        do   .                        review_emergency,reviews_hers
emergencies.say             p    -                        -
files.small                 any  reads                    .
files.whole                 any  reads                    .
hiding.hidden               p    -                        .
hiding.new                  p    -                        -
hiding.show                 p    .                        give_grant
inviting.link               d    .                        offered
inviting.page               dn   -                        -
inviting.picture            d    offered                  .
inviting.sheet              d    offered                  .
inviting.take_back          d    .                        offered
live.mine                   pc   whose                    .
live.record                 dn   see_record               .
live.today                  dn   -                        .
looking.log                 p    -                        -
machine.alive               all  -                        .
machine.metrics             all  -                        .
machine.ready               all  -                        .
machine.segment             any  reads                    .
machine.webhook             .    .                        .
mourning.look               d    note_death               .
mourning.note               d    .                        note_death
mourning.take_back          d    .                        note_death
operator.again              o    .                        -
operator.tiles              o    -                        .
orders.answer               d    .                        place_order
orders.new                  d    place_order              place_order
orders.withdraw             d    .                        place_order
paper.granted               dn   see_record               .
paper.granted_pdf           dn   see_record               .
paper.own                   pc   whose                    .
paper.own_pdf               pc   whose                    .
patient.chart               pc   whose                    .
patient.home                pc   whose                    .
people.accept               any  .                        not_own
people.asked                any  -                        .
people.circle               pc   whose                    .
people.end                  pc   .                        whose,bela_or_choose_help
people.guardian             pc   .                        whose,choose_help
people.helper               pc   whose,choose_help        whose,choose_help
people.invitation           any  -                        .
people.invitation_picture   .    .                        .
people.invite               pc   whose,choose_help        whose,choose_help
people.take_over            pc   .                        whose,hand_over
pressure.choose             dn   .                        -
profiles.link               dn   .                        choose_help
profiles.new                pcdn -                        -
profiles.waiting            dn   -                        .
public.be                   all  .                        -
public.demo                 all  -                        .
public.front                all  -                        .
public.help_page            all  -                        .
public.home                 all  -                        .
public.language             all  -                        -
public.privacy              all  -                        .
reading.granted             dn   see_record               .
reading.mine                pc   whose,sees               .
reading.of_granted          dn   reads                    .
reading.of_mine             pc   whose,reads              .
readings.correct            pc   whose,reads              whose,reads,file_observation
readings.new                pc   whose                    whose,file_observation
readings.of_kind            pc   whose                    .
readings.overview           pc   whose                    .
readings.put_back           pc   .                        whose,file_observation
readings.take_back          pc   .                        whose,file_observation
receipts.every              p    -                        .
receipts.hiding             pc   give_grant               .
receipts.hiding_machine     pc   give_grant               .
receipts.machine            pc   give_grant               .
receipts.page               pc   give_grant               .
reminders.page              p    -                        -
requests.answer             pc   give_grant               give_grant
requests.ask                d    ask_for_leave            ask_for_leave
requests.ask_third          t    published                published
requests.asked              dt   -                        .
requests.refuse_it          pc   .                        give_grant
second.ask                  any  -                        -
second.page                 any  -                        -
second.picture              any  -                        .
settings.erase              p    -                        -
settings.keep               p    .                        -
settings.link               pc   .                        -
settings.linking            pc   -                        .
settings.page               any  -                        -
settings.picture            .    .                        .
settings.place              p    -                        -
settings.units              p    -                        -
settings.unlink             pc   .                        -
sharing.give                pc   whose,give_grant         whose,give_grant
sharing.grants              pc   whose,give_grant         .
sharing.withdraw            pc   .                        whose,give_grant
taking.everything           pc   whose,sees               .
thirdparty.catalogue        all  -                        .
thirdparty.describe         t    published                published
thirdparty.released         t    -                        .
today.page                  dn   -                        -
today.reviewed              dn   .                        cares
today.section               dn   -                        .
today.sheet                 dn   -                        .
today.undo                  dn   .                        cares
"""
"""Each address: to which roles it opens (p c d n t o), and what else a GET and a POST need.

- is nothing else, . is that nobody may. An action is one of the law, with Amina's record.
"""

PEOPLE = """
            role  organisation  tie        scopes                             how
anonymous   .     .             .          .                                  .
amina       p     .             .          .                                  .
zoe         p     .             .          .                                  .
bela        c     .             caregiver  record,see,answer_orders           .
hana        c     .             caregiver  see                                .
ravi        c     .             caregiver  record                             .
anto        c     .             caregiver  answer_orders                      .
urs         c     .             caregiver  urgent                             .
gita        c     .             caregiver  record,see,answer_orders,guardian  asked
emma        c     .             caregiver  record,see,answer_orders           ended
yuri        c     .             .          .                                  .
chen        d     clinic        doctor     .                                  .
dara        d     clinic        .          .                                  .
elin        d     hospital      .          .                                  .
pia         d     hospital      doctor     .                                  ended
quin        d     hospital      doctor     .                                  unconfirmed
uma         d     hospital      doctor     .                                  .
nora        n     clinic        nurse      .                                  .
noel        n     clinic        .          .                                  .
lena        n     clinic        caregiver  guardian                           clinic
rosa        t     institute     .          .                                  .
sana        t     service       .          .                                  .
emil        t     empty         .          .                                  .
otto        o     .             .          .                                  .
"""
"""Who they are, and how each is tied to Amina."""

ROLES = {
    "p": "patient",
    "c": "caregiver",
    "d": "doctor",
    "n": "nurse",
    "t": "third_party",
    "o": "operator",
}

STATES = """
            to             kinds           ceiling  becomes   hidden              emergencies
never       .              .               .        .         .                   .
granted     chen,nora      all             2        .         .                   .
narrowed    chen,nora      record_of_life  1        .         .                   .
team        clinic         all             2        .         .                   .
hidden      chen,nora      all             2        .         non_physical_signs  .
expired     chen,nora      all             2        expired   .                   .
withdrawn   chen,nora      all             2        withdrawn .                   .
emergency   .              .               .        .         .                   chen,elin
released    institute      physical_signs  2        .         .                   .
unreleased  institute      physical_signs  2        withdrawn .                   .
"""
"""What Amina has given to whom, what became of that, and what she hides from everyone."""

ALL_KINDS = (
    *("personal_information", "health_status", "physical_signs", "signs", "family_history"),
    *("non_physical_signs", "record_of_life", "other", "doctor_description"),
    "third_party_description",
)
KEPT = {"to": "uma", "kinds": {"other"}, "hidden": "signs"}
"""What stands in every state, beside an emergency of Dr Dara's that is over."""

CANARIES = {
    "quince lane": ("personal_information", 1),
    "quincewort": ("health_status", 1),
    "187/63": ("physical_signs", 1),
    "83.7": ("signs", 1),
    "fernpalsy": ("family_history", 1),
    "gloamache": ("non_physical_signs", 1),
    "umbermood": ("non_physical_signs", 2),
    "veilache": ("non_physical_signs", 3),
    "sorrelstew": ("record_of_life", 1),
    "thimblenote": ("other", 1),
    "larkspur": ("doctor_description", 1),
    "moonwort": ("third_party_description", 1),
}
"""What Amina's record says nowhere else says: the kind and the label of each."""

ZOES = {
    "quince lane": "rowan close",
    "quincewort": "rowanwort",
    "187/63": "191/67",
    "83.7": "71.3",
    "fernpalsy": "mosspalsy",
    "gloamache": "dawnache",
    "umbermood": "ochremood",
    "veilache": "shroudache",
    "sorrelstew": "dockstew",
    "thimblenote": "bobbinnote",
}
"""What Zoe's record says instead."""


def table(text):
    """Return {row: {column: word}} of a table with a head; "." is nothing."""
    head, *rows = (line.split() for line in text.strip().splitlines())
    return {
        row[0]: dict(zip(head, (None if one == "." else one for one in row[1:]), strict=True))
        for row in rows
    }


PERSONS, CONSENTS = table(PEOPLE), table(STATES)
RULES = {line.split()[0]: line.split()[1:] for line in ROUTES.strip().splitlines()}
ABOUT_SOMEBODY = {name for name, (_, *needs) in RULES.items() if "whose" in ",".join(needs)}
"""The addresses that say after ? whose record they are about."""


def enters(who, state, endpoint, method):
    """Say whether somebody may enter an address with Amina's ids in it."""
    roles, get, post = RULES[endpoint]
    need = get if method == "GET" else post
    role = PERSONS[who]["role"]
    if need == "." or not (roles == "all" or (role and (roles == "any" or role in roles))):
        return False
    return need == "-" or all(_has(who, state, one) for one in need.split(","))


def world(who, state):
    """Return the facts about one person in one state, as the law reads them."""
    told = PERSONS[who]
    reader = {"id": who, "roles": {ROLES.get(told["role"])}, "organisation": told["organisation"]}
    return {
        "reader": reader,
        "patient": "amina",
        "ties": [_tie(name, one) for name, one in PERSONS.items() if one["tie"]],
        "grants": _grants(CONSENTS[state]),
        "hidings": _hidings(CONSENTS[state]),
        "emergencies": [
            _emergency("dara", closed=-1),
            *(_emergency(one) for one in _list(CONSENTS[state]["emergencies"])),
        ],
    }


def sees(who, state):
    """Return the canaries somebody may read on a page of care, or of one's own."""
    facts = world(who, state)
    purposes = ["treatment"]
    if law.STANDINGS["emergency"](facts, "emergency"):
        purposes.append("emergency")
    return {
        canary
        for canary, (kind, label) in CANARIES.items()
        if any(
            law.may(facts, "read_segment", one, (kind, "s", "e", "c"), label, -1)
            for one in purposes
        )
    }


def _has(who, state, need):
    facts = world(who, state)
    stands = law.standings(facts, "treatment")
    words = {
        "own": lambda: "own" in stands,
        "not_own": lambda: "own" not in stands,
        "whose": lambda: bool(stands & {"own", "helps"}),
        "sees": lambda: bool(stands & {"own", "sees"}),
        "cares": lambda: bool(stands & {"doctor", "nurse", "team"}),
        "reads": lambda: "187/63" in sees(who, state),
        "published": lambda: who == "rosa" and state == "released",
        "dara": lambda: who == "dara",
        "offered": lambda: PERSONS[who]["how"] == "unconfirmed",  # and Amina has not answered
        "nobody": lambda: False,  # Amina's entry is not a doctor's note
        "hears_of_it": lambda: (
            who == "chen"
            and law.may(
                facts, "read_segment", "treatment", ("physical_signs", "s", "e", "c"), 1, -1
            )
        ),
        "of_the_clinic": lambda: PERSONS[who]["organisation"] == "clinic",
        "reviews_hers": lambda: who != "dara" and PERSONS[who]["organisation"] in (None, "clinic"),
        "bela_or_choose_help": lambda: who == "bela" or law.may(facts, "choose_help", "treatment"),
    }
    return words[need]() if need in words else law.may(facts, need, "treatment")


def _list(words):
    return words.split(",") if words else []


def _tie(name, told):
    begun = {"who": name, "tie": told["tie"], "scopes": set(_list(told["scopes"])), "since": -9}
    how = told["how"]
    return {
        **begun,
        "basis": how if how in ("asked", "clinic") else None,
        "by_patient": how != "unconfirmed",
        "by_other": True,
        "ended": -1 if how == "ended" else None,
        "until": None,
        "rests": False,
    }


def _grants(told):
    kept = _grant(KEPT["to"], KEPT["kinds"], 2, None)
    kinds = set(ALL_KINDS) if told["kinds"] == "all" else {told["kinds"]}
    given = (_grant(one, kinds, int(told["ceiling"]), told["becomes"]) for one in _list(told["to"]))
    return [kept, *given]


def _grant(to, kinds, ceiling, becomes):
    person = to in PERSONS
    return {
        "who": to if person else None,
        "organisation": None if person else to,
        "purpose": "research" if to == "institute" else "treatment",
        "kinds": kinds,
        "ceiling": ceiling,
        "given": -9,
        "until": -1 if becomes == "expired" else None,
        "withdrawn": -1 if becomes == "withdrawn" else None,
        "from": None,
        "to": None,
        "parts": [],
    }


def _hidings(told):
    hidden = {"who": None, "organisation": None, "hidden": -9, "until": None, "lifted": None}
    kinds = [one for one in (KEPT["hidden"], told["hidden"]) if one]
    return [{**hidden, "part": (kind, None, None, None)} for kind in kinds]


def _emergency(who, closed=None):
    times = {"opened": -2, "until": 2, "closed": closed}
    return {"who": who, "organisation": PERSONS[who]["organisation"], **times}
