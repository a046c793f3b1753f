"""What was done with one record, kept in plain words, and what that means for everybody.

It imports nothing of the house; who may do what it asks of the law (tests/law.py). Every deed
returns "done", "refused" (it is not theirs to do) or "invalid" (it cannot be wished like that).
Times are hours since the record began.
"""

from tests import law

DONE, REFUSED, INVALID = "done", "refused", "invalid"
DAY, YEAR = 24, law.LONGEST_HELP
REQUEST_LASTS, EMERGENCY_LASTS, COOLING_OFF = 14 * DAY, 4, 7 * DAY
MOST_WAITING = 3
CLINICIANS = {"doctor", "nurse"}
CLINICS = {"clinic"}
RELEASES = law.FOR[law.RELEASE]


class Ledger:
    """The deeds about the record of one patient; `people` are {name: {"roles", "organisation"}}."""

    def __init__(self, patient, people):
        self.patient, self.people, self.hour = patient, people, 0
        self.ties, self.grants, self.hidings = [], [], []
        self.emergencies, self.requests = [], []
        self.erase_due, self.erased, self.deceased = None, False, None

    def may(self, who, action, purpose="treatment", part=None, label=None, at=None):
        """Say whether somebody may do this now; `at` is the hour of what it is about."""
        ago = None if at is None else at - self.hour
        stands = self.world(who)
        return not self.erased and law.may(stands, action, purpose, part, label, ago)

    def world(self, who):
        """Return the facts as the law reads them, in hours from now."""
        reader = {"id": who, **self.people[who]}
        return {
            "reader": reader,
            "patient": self.patient,
            "ties": [self._from_now(one, "since", "ended", "until") for one in self.ties],
            "grants": [
                self._from_now(one, "given", "until", "withdrawn", "from", "to")
                for one in self.grants
            ],
            "hidings": [self._from_now(one, "hidden", "until", "lifted") for one in self.hidings],
            "emergencies": [
                self._from_now(one, "opened", "until", "closed") for one in self.emergencies
            ],
        }

    def _from_now(self, one, *times):
        return {
            **one,
            **{name: one[name] - self.hour for name in times if one[name] is not None},
        }

    def reads(self, who, entries):
        """Say of each (part, label, hour) whether somebody reads it, in care or an emergency."""
        world = self.world(who)
        stated = {one: law.standings(world, one) for one in ("treatment", "emergency")}
        if "emergency" not in stated["emergency"]:
            del stated["emergency"]
        return [
            any(
                law.may(world, "read_segment", purpose, part, label, at - self.hour, stands)
                for purpose, stands in stated.items()
            )
            for part, label, at in entries
        ]

    def allowed(self, who, purpose):
        """Return every action somebody may take that is not reading."""
        world = self.world(who)
        stands = law.standings(world, purpose)
        return {one for one in law.ACTS if law.may(world, one, purpose, stands=stands)}

    def pass_time(self, hours):
        """Let time pass; what the patient wished erased is erased when its day has come."""
        self.hour += hours
        if self.erase_due is not None and self.erase_due <= self.hour:
            self.erased = True

    # ties

    def tie(self, who, tie, scopes=(), basis=None):
        """Tie somebody to the patient, confirmed by both."""
        told = {"who": who, "tie": tie, "scopes": set(scopes), "basis": basis, "since": self.hour}
        both = {"by_patient": True, "by_other": True, "ended": None, "until": None, "rests": False}
        self.ties.append({**told, **both})
        return self.ties[-1]

    def bring_help(self, by, who, scopes):
        """Invite somebody to help, who comes; who helps already may do that as well."""
        if not self.may(by, "choose_help") or who == self.patient:
            return REFUSED
        if "guardian" in scopes and not self._guardians():
            return REFUSED
        mine = [
            one
            for one in self._ties_now("caregiver")
            if one["who"] == who and one["basis"] != "clinic"
        ]
        tie = mine[0] if mine else self.tie(who, "caregiver")
        tie["scopes"] = tie["scopes"] | set(scopes)
        decides = "guardian" in tie["scopes"]
        tie["until"] = None if decides else self.hour + YEAR
        tie["basis"] = tie["basis"] or ("asked" if decides else None)
        self.people[who]["roles"].add("caregiver")
        if "guardian" in scopes:
            self._end_stand_in(tie)
        return DONE

    def _end_stand_in(self, guardian):
        for one in self._guardians():
            if one["basis"] == "clinic" and one is not guardian:
                one["ended"] = self.hour

    def choose_help(self, by, tie, scopes, days):
        """Let a helper do exactly this from now on."""
        if not self.may(by, "choose_help") or tie not in self._ties_now("caregiver"):
            return REFUSED
        if not scopes or (days is not None and not 0 < days * DAY <= YEAR):
            return INVALID
        tie["scopes"] = set(scopes) | (tie["scopes"] & {"guardian"})
        tie["until"] = tie["until"] if days is None else self.hour + days * DAY
        return DONE

    def end_care(self, by, tie):
        """End a tie, from either side; who decides for the patient cannot leave nobody behind."""
        if self.erased or (by != tie["who"] and not self.may(by, "choose_help")):
            return REFUSED
        if not self._over(tie):
            if self._guardians() == [tie]:
                return INVALID
            tie["ended"] = self.hour
        return DONE

    def _ties_now(self, *kinds):
        return [
            one
            for one in self.ties
            if one["tie"] in kinds and not self._over(one) and not one["rests"]
        ]

    def _over(self, tie):
        ends = tie["until"]
        if ends is None and tie["tie"] == "caregiver" and "guardian" not in tie["scopes"]:
            ends = tie["since"] + YEAR
        return any(end is not None and end <= self.hour for end in (tie["ended"], ends))

    def _guardians(self):
        return [one for one in self._ties_now("caregiver") if "guardian" in one["scopes"]]

    # leave

    def give(self, by, wish):
        """Give leave, in the place of what the same grantee has for the same purpose."""
        if not self.may(by, "give_grant", wish["purpose"]):
            return REFUSED
        if not self._can_be_given(wish) or wish["who"] == by:
            return INVALID
        self._give(wish)
        return DONE

    def _give(self, wish):
        before = next((one for one in self._open_grants(wish) if _changes(one, wish)), None)
        if before is None:
            before = {}
            self.grants.append(before)
        before.update(wish, given=self.hour, withdrawn=None)

    def _open_grants(self, wish):
        same = [
            one
            for one in self.grants
            if self._on(one, "given", "until", "withdrawn")
            and all(one[name] == wish[name] for name in ("who", "organisation", "purpose"))
        ]
        return sorted(same, key=lambda one: one["given"])

    def _can_be_given(self, wish):
        kinds = wish["kinds"] | {part[0] for part in wish["parts"]}
        release = wish["purpose"] in RELEASES
        empty = wish["from"] is not None and wish["to"] is not None and wish["to"] <= wish["from"]
        past = wish["until"] is not None and wish["until"] <= self.hour
        if not kinds or past or empty or (release and kinds & set(law.NEVER_RELEASED)):
            return False
        if release:
            return wish["organisation"] is not None
        if wish["organisation"] is not None:
            return wish["organisation"] in CLINICS
        return wish["who"] in {one["who"] for one in self._ties_now(*CLINICIANS)}

    def withdraw(self, by, grant):
        """Take leave back."""
        if not self.may(by, "give_grant", grant["purpose"]):
            return REFUSED
        if self._on(grant, "given", "until", "withdrawn"):
            grant["withdrawn"] = self.hour
        return DONE

    def hide(self, by, part, who, organisation, hours):
        """Hide a part, until some hours from now; hiding the same again changes until when."""
        if not self.may(by, "give_grant"):
            return REFUSED
        if hours is not None and hours <= 0:
            return INVALID
        wish = {"part": part, "who": who, "organisation": organisation}
        same = [one for one in self._hidings_now() if all(one[n] == wish[n] for n in wish)]
        hiding = same[0] if same else {**wish, "lifted": None}
        if not same:
            self.hidings.append(hiding)
        hiding["hidden"] = self.hour
        hiding["until"] = None if hours is None else self.hour + hours
        return DONE

    def show(self, by, hiding):
        """Show again what was hidden."""
        if not self.may(by, "give_grant"):
            return REFUSED
        if hiding in self._hidings_now():
            hiding["lifted"] = self.hour
        return DONE

    def _hidings_now(self):
        return [one for one in self.hidings if self._on(one, "hidden", "until", "lifted")]

    def _on(self, one, begins, *ends):
        over = any(one[end] is not None and one[end] <= self.hour for end in ends)
        return one[begins] <= self.hour and not over

    # requests

    def ask(self, by, kinds, days, whom):
        """Ask the patient for leave, for oneself or a colleague."""
        if not self.may(by, "ask_for_leave"):
            return REFUSED
        waiting = [one for one in self.requests if one["by"] == by and self._waits(one)]
        if not kinds or len(waiting) >= MOST_WAITING or whom not in {by, *self._colleagues(by)}:
            return INVALID
        self.requests.append(
            {"by": by, "kinds": set(kinds), "days": days, "who": whom, "asked": self.hour}
            | {"answered": False}
        )
        return DONE

    def _colleagues(self, who):
        ours = self.people[who]["organisation"]
        return {
            name
            for name, one in self.people.items()
            if ours is not None and one["organisation"] == ours and one["roles"] & CLINICIANS
        }

    def _waits(self, request):
        return not request["answered"] and self.hour < request["asked"] + REQUEST_LASTS

    def agree(self, by, request, kinds):
        """Give what was asked for, or some of it; a colleague is tied to the patient by that."""
        if not self.may(by, "give_grant") or not self._waits(request):
            return REFUSED
        chosen = set(kinds) & request["kinds"]
        if not chosen or request["who"] == by:
            return INVALID
        until, who = self.hour + request["days"] * DAY, request["who"]
        if who not in {one["who"] for one in self._ties_now(*CLINICIANS)}:
            tie = "doctor" if "doctor" in self.people[who]["roles"] else "nurse"
            self.tie(who, tie)["until"] = until
        self._give(
            {"who": who, "organisation": None, "purpose": "treatment", "until": until}
            | {"kinds": chosen, "ceiling": 2, "from": None, "to": None, "parts": [], "beside": True}
        )
        request["answered"] = True
        return DONE

    def refuse(self, by, request):
        """Say no to a request."""
        if not self.may(by, "give_grant") or not self._waits(request):
            return REFUSED
        request["answered"] = True
        return DONE

    # emergencies, death, erasure

    def begin_emergency(self, by):
        """Open the record in an emergency."""
        if not self.may(by, "open_in_emergency", "emergency"):
            return REFUSED
        opened = {"who": by, "organisation": self.people[by]["organisation"], "closed": None}
        times = {"opened": self.hour, "until": self.hour + EMERGENCY_LASTS}
        self.emergencies.append(opened | times)
        return DONE

    def end_emergency(self, by, emergency):
        """End an emergency of one's own."""
        if self.erased or emergency["who"] != by:
            return REFUSED
        if emergency["closed"] is None:
            emergency["closed"] = self.hour
        return DONE

    def note_death(self, by):
        """Note that the patient has died: whoever helps may do nothing from now on."""
        if not self.may(by, "note_death"):
            return REFUSED
        if self.deceased is None:
            self.deceased = list(self._ties_now("caregiver"))
            for one in self.deceased:
                one["rests"] = True
        return DONE

    def take_death_back(self, by):
        """Note that the patient lives: what rested because of the mistake goes on."""
        if not self.may(by, "note_death"):
            return REFUSED
        for one in self.deceased or ():
            one["rests"] = False
        self.deceased = None
        return DONE

    def wish_erased(self, by):
        """Wish that everything be erased, in seven days."""
        if not self.may(by, "erase"):
            return REFUSED
        if self.erase_due is None:
            self.erase_due = self.hour + COOLING_OFF
        return DONE

    def keep_everything(self, by):
        """Change one's mind."""
        if not self.may(by, "erase"):
            return REFUSED
        self.erase_due = None
        return DONE


def _changes(grant, wish):
    same = (grant["kinds"], set(grant["parts"])) == (wish["kinds"], set(wish["parts"]))
    return same or not wish["beside"]
