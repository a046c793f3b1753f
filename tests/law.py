"""Who may do what, as a clinician and a lawyer would write it down, and a reader of these tables.

It imports nothing of the house: what the house does is compared with this. A world is a dict:

    reader      {"id", "roles": set, "organisation"}      patient: the patient's id
    ties        [{"who", "tie", "scopes": set, "basis", "since", "by_patient", "by_other",
                  "ended", "until", "rests"}]
    grants      [{"who", "organisation", "purpose", "given", "until", "withdrawn",
                  "kinds": set, "ceiling", "from", "to", "parts"}]
    hidings     [{"who", "organisation", "hidden", "until", "lifted", "part"}]
    emergencies [{"who", "organisation", "opened", "until", "closed"}]

Each thing may name another "record" than the one asked about. Times are hours from now, None is
never. A part is (kind, segment, entry, code), the last three of them None where all are meant.
Labels are 1 (normal), 2 (restricted), 3 (kept private).
"""

ALWAYS, CARE, EMERGENCY, RELEASE = "x", "c", "e", "r"
FOR = {
    ALWAYS: {"treatment", "care_management", "emergency", "research", "service", "own"},
    CARE: {"treatment", "care_management"},
    EMERGENCY: {"emergency"},
    RELEASE: {"research", "service"},
}

ACTIONS = """
                 own decides stand_in decided records sees answers helps doctor nurse team emergency
see_record        x     .       .        .       .     .      .      x     x      x    x       x
import_document   x     .       .        .       x     .      .      .     x      .    .       .
file_observation  x     .       .        .       x     .      .      .     .      .    .       .
file_from_device  x     .       .        .       .     .      .      .     .      .    .       .
tie_device        x     .       .        .       .     .      .      .     .      .    .       .
file_description  .     .       .        .       .     .      .      .     x      .    .       .
give_grant        x     c       .        .       .     .      .      .     .      .    .       .
ask_for_leave     .     .       .        .       .     .      .      .     c      .    .       .
choose_help       x     x       x        .       .     .      .      .     .      .    .       .
hand_over         .     x       x        x       .     .      .      .     .      .    .       .
see_access        x     x       .        .       .     .      .      .     .      .    .       .
place_order       .     .       .        .       .     .      .      .     x      .    .       .
see_orders        x     .       .        .       .     .      x      .     x      x    .       .
answer_order      x     .       .        .       .     .      x      .     .      .    .       .
choose_prompts    x     x       .        .       .     .      .      .     .      .    .       .
choose_place      x     x       .        .       .     .      .      .     .      .    .       .
comment_on_note   x     x       .        .       .     .      .      .     .      .    .       .
set_limits        .     .       .        .       .     .      .      .     x      .    .       .
acknowledge_alert .     .       .        .       .     .      .      .     x      x    .       .
erase             x     .       .        .       .     .      .      .     .      .    .       .
note_death        .     .       .        .       .     .      .      .     x      .    .       .
choose_units      x     .       .        .       x     .      .      .     .      .    .       .
"""
"""What the patient, the family and the clinic may do; every column is one way to stand to them."""

STRANGERS = """
                   a_doctor peer operator released
open_in_emergency     e      .      .        .
review_emergency      .      x      x        .
ask_for_leave         .      .      .        r
write_back            .      .      .        r
"""
"""What those may do who are not tied to the patient."""

READING = """
           actions                 for  of
own        read_segment,hand_out    x   everything
sees       read_segment,hand_out    x   not_private
doctor     read_segment,hand_out    c   granted
nurse      read_segment,hand_out    c   granted
team       read_segment,hand_out    c   granted
emergency  read_segment,hand_out    e   not_private
of_third   read_released            r   released
"""
"""Who reads, for what, and of what. What is hidden is read by none but NOT_HIDDEN_FROM."""

NOT_HIDDEN_FROM = ("own", "decides")
NEVER_RELEASED = ("personal_information",)
SERVES = {
    ("treatment", "treatment"),
    ("treatment", "care_management"),
    ("care_management", "care_management"),
    ("research", "research"),
    ("service", "service"),
    ("emergency", "emergency"),
    ("own", "own"),
}
"""The purpose a grant was given for, and the purpose somebody may state by it."""
LONGEST_HELP = 365 * 24  # hours: after this a helper must be asked anew


def grid(table):
    """Return {row: {column: mark}} of a table."""
    head, *rows = (line.split() for line in table.strip().splitlines())
    return {row[0]: dict(zip(head, row[1:], strict=True)) for row in rows}


ACTS = {}
for _table in (ACTIONS, STRANGERS):
    for _action, _marks in grid(_table).items():
        ACTS.setdefault(_action, {}).update(
            {standing: mark for standing, mark in _marks.items() if mark != "."}
        )
READS = {
    standing: (tuple(row["actions"].split(",")), row["for"], row["of"])
    for standing, row in grid(READING).items()
}
READING_ACTIONS = {action for actions, _, _ in READS.values() for action in actions}


def may(world, action, purpose, part=None, label=None, at=None, stands=None):
    """Say whether the reader may do this, with one entry where it is about reading.

    `stands` are the reader's standings for this purpose, where they are known already.
    """
    stands = standings(world, purpose) if stands is None else stands
    if action in READING_ACTIONS:
        return _may_read(world, stands, action, purpose, part, label, at)
    return any(purpose in FOR[ACTS[action][one]] for one in stands if one in ACTS[action])


def standings(world, purpose):
    """Return every way in which the reader stands to the patient, stating this purpose."""
    return {name for name, holds in STANDINGS.items() if holds(world, purpose)}


def _may_read(world, stands, action, purpose, part, label, at):
    if not stands & set(NOT_HIDDEN_FROM) and _hidden(world, part):
        return False
    return any(
        action in READS[one][0]
        and purpose in FOR[READS[one][1]]
        and OPENS[READS[one][2]](world, purpose, part, label, at)
        for one in stands
        if one in READS
    )


def _of(world, things):
    return [one for one in world[things] if one.get("record") is None]


def runs(begins, *ends):
    """Say whether something that begins and ends at these hours is on now."""
    return begins <= 0 and all(end is None or end > 0 for end in ends)


def _is(world, role):
    return role in world["reader"]["roles"]


def _to_us(world, thing):
    ours = world["reader"]["organisation"]
    return ours is not None and thing["organisation"] == ours


def _to_me(world, thing):
    return thing["who"] == world["reader"]["id"] or _to_us(world, thing)


def _ends(tie):
    """Help ends within a year, unless one decides for the patient; other ties when it was said."""
    if tie["tie"] == "caregiver" and "guardian" not in tie["scopes"] and tie["until"] is None:
        return tie["since"] + LONGEST_HELP
    return tie["until"]


def _in_force(tie):
    both = tie["by_patient"] and tie["by_other"]
    return both and runs(tie["since"], tie["ended"], _ends(tie))


def _ties(world, tie, *, resting=False):
    return [
        one
        for one in _of(world, "ties")
        if one["who"] == world["reader"]["id"]
        and one["tie"] == tie
        and _in_force(one)
        and one["rests"] is resting
    ]


def _helps(scope):
    return lambda world, _: any(scope in one["scopes"] for one in _ties(world, "caregiver"))


def _guards(*, clinic):
    return lambda world, _: any(
        "guardian" in one["scopes"] and (one["basis"] == "clinic") is clinic
        for one in _ties(world, "caregiver")
    )


def _guarded(world, _):
    return any("guardian" in one["scopes"] for one in _ties(world, "caregiver", resting=True))


def _is_of_the_team(world, _):
    clinician = _is(world, "doctor") or _is(world, "nurse")
    return clinician and any(
        _to_us(world, one)
        and one["purpose"] in FOR[CARE]
        and runs(one["given"], one["until"], one["withdrawn"])
        for one in _of(world, "grants")
    )


def _has_an_emergency(world, _):
    return _is(world, "doctor") and any(
        one["who"] == world["reader"]["id"] and runs(one["opened"], one["until"], one["closed"])
        for one in _of(world, "emergencies")
    )


def _is_a_peer(world, _):
    return _is(world, "doctor") and any(
        one["who"] != world["reader"]["id"] and _to_us(world, one)
        for one in _of(world, "emergencies")
    )


def _is_of_a_third_party(world, _):
    return _is(world, "third_party") and world["reader"]["organisation"] is not None


STANDINGS = {
    "own": lambda world, _: world["reader"]["id"] == world["patient"],
    "decides": _guards(clinic=False),
    "stand_in": _guards(clinic=True),
    "decided": _guarded,
    "records": _helps("record"),
    "sees": _helps("see"),
    "answers": _helps("answer_orders"),
    "helps": lambda world, _: bool(_ties(world, "caregiver")),
    "doctor": lambda world, _: _is(world, "doctor") and bool(_ties(world, "doctor")),
    "nurse": lambda world, _: _is(world, "nurse") and bool(_ties(world, "nurse")),
    "team": _is_of_the_team,
    "emergency": _has_an_emergency,
    "a_doctor": lambda world, _: _is(world, "doctor"),
    "peer": _is_a_peer,
    "operator": lambda world, _: _is(world, "operator"),
    "of_third": _is_of_a_third_party,
    "released": lambda world, purpose: (
        _is_of_a_third_party(world, purpose) and bool(_grants(world, purpose))
    ),
}


def _grants(world, purpose):
    return [
        one
        for one in _of(world, "grants")
        if _to_me(world, one)
        and (one["purpose"], purpose) in SERVES
        and runs(one["given"], one["until"], one["withdrawn"])
    ]


def _granted(world, purpose, part, label, at):
    return any(_covers(one, part, label, at) for one in _grants(world, purpose))


def _covers(grant, part, label, at):
    """A kind or a code is covered within label and time; what is singled out whatever they are."""
    singled = [one for one in grant["parts"] if one[1] is not None or one[2] is not None]
    if any(_within(part, one) for one in singled):
        return True
    coded = [one for one in grant["parts"] if one not in singled]
    covered = part[0] in grant["kinds"] or any(_within(part, one) for one in coded)
    begun = grant["from"] is None or grant["from"] <= at
    over = grant["to"] is not None and grant["to"] <= at
    return covered and label <= grant["ceiling"] and begun and not over


def _released(world, purpose, part, label, at):
    return part[0] not in NEVER_RELEASED and _granted(world, purpose, part, label, at)


OPENS = {
    "everything": lambda *_: True,
    "not_private": lambda _world, _purpose, _part, label, _at: label < 3,
    "granted": _granted,
    "released": _released,
}


def _hidden(world, part):
    for one in _of(world, "hidings"):
        from_all = one["who"] is None and one["organisation"] is None
        open_now = runs(one["hidden"], one["until"], one["lifted"])
        if open_now and (from_all or _to_me(world, one)) and _within(part, one["part"]):
            return True
    return False


def _within(part, whole):
    return all(mine == its or its is None for mine, its in zip(part, whole, strict=True))
