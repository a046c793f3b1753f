"""The law of reading, written a second time from the words of the rules, with plain values only.

It imports nothing of the house. A world is a dict:

    reader   {"id", "roles": set, "organisation"}
    patient  the patient's id
    ties     [{"who", "tie", "scopes": set, "holds": bool, "basis"}]
    grants   [{"who", "organisation", "purpose", "open", "kinds", "ceiling", "from", "until",
               "parts"}]
    hidings  [{"who", "organisation", "open", "part"}]
    emergencies [{"who", "open"}]

A part is (kind, segment or None, entry or None, code or None); labels are 1 (normal),
2 (restricted), 3 (kept private). Times are numbers.
"""


def may_read(world, action, purpose, part, label, at):
    """Say whether the reader may do this with one entry."""
    reader = world["reader"]
    own = reader["id"] == world["patient"]
    if own and action != "read_released":
        return True
    if not own and _hidden(world, part):
        return False
    if action == "read_released":
        third = "third_party" in reader["roles"] and reader["organisation"] is not None
        release = purpose in ("research", "service")
        return (
            third
            and release
            and part[0] != "personal_information"
            and _granted(world, purpose, part, label, at)
        )
    if _helps(world, "see") and label < 3:
        return True
    care = purpose in ("treatment", "care_management")
    if care and _cares(world) and _granted(world, purpose, part, label, at):
        return True
    emergency = purpose == "emergency" and "doctor" in reader["roles"]
    opened = any(e["who"] == reader["id"] and e["open"] for e in world["emergencies"])
    return emergency and opened and label < 3


def _mine(world):
    return [t for t in world["ties"] if t["who"] == world["reader"]["id"] and t["holds"]]


def _helps(world, scope):
    return any(t["tie"] == "caregiver" and scope in t["scopes"] for t in _mine(world))


def _decides(world):
    guards = [t for t in _mine(world) if t["tie"] == "caregiver" and "guardian" in t["scopes"]]
    return any(t["basis"] != "clinic" for t in guards)


def _cares(world):
    roles = world["reader"]["roles"]
    for t in _mine(world):
        if t["tie"] in ("doctor", "nurse") and t["tie"] in roles:
            return True
    ours = world["reader"]["organisation"]
    of_the_team = any(
        g["organisation"] is not None
        and g["organisation"] == ours
        and g["open"]
        and g["purpose"] in ("treatment", "care_management")
        for g in world["grants"]
    )
    return of_the_team and bool(roles & {"doctor", "nurse"})


def _granted(world, purpose, part, label, at):
    for g in world["grants"]:
        to_me = g["who"] == world["reader"]["id"]
        to_us = (
            g["organisation"] is not None and g["organisation"] == world["reader"]["organisation"]
        )
        if not (to_me or to_us) or not g["open"]:
            continue
        if g["purpose"] != purpose and (g["purpose"], purpose) != ("treatment", "care_management"):
            continue
        singled = [p for p in g["parts"] if p[1] is not None or p[2] is not None]
        if any(_within(part, single) for single in singled):
            return True
        in_time = (g["from"] is None or at >= g["from"]) and (g["until"] is None or at < g["until"])
        coded = [p for p in g["parts"] if p not in singled]
        covered = part[0] in g["kinds"] or any(_within(part, one) for one in coded)
        if covered and label <= g["ceiling"] and in_time:
            return True
    return False


def _hidden(world, part):
    if _decides(world):
        return False
    reader = world["reader"]
    for h in world["hidings"]:
        from_all = h["who"] is None and h["organisation"] is None
        from_me = h["who"] is not None and h["who"] == reader["id"]
        from_us = h["organisation"] is not None and h["organisation"] == reader["organisation"]
        if h["open"] and (from_all or from_me or from_us) and _within(part, h["part"]):
            return True
    return False


def _within(part, whole):
    return all(mine == its or its is None for mine, its in zip(part, whole, strict=True))
