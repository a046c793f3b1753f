"""The forms of requests: what a doctor or third party asks for, and the patient's answer."""

from collections.abc import Iterable

from wtforms import RadioField, SelectField, TextAreaField

from records.people import Person
from records.services.requesting import Plea
from records.tracking import PersonId
from records.vocabulary import NEVER_PUBLIC, SegmentKind
from records.wording import later
from webapp.forms.asking import TicksField
from webapp.forms.base import Filled, Form, offer
from webapp.language import plain
from webapp.named import KINDS

SPANS = (30, 90, 180, 365)
MYSELF = "me"


class AskForm(Form):
    """Which kinds are asked for, how long, and why."""

    kinds = TicksField(
        later("What do you need to see?"),
        validators=[Filled(later("Please choose at least one kind."))],
    )
    days = SelectField(later("For how long?"))
    reason = TextAreaField(
        later("Why? The patient reads this."),
        validators=[Filled(later("Please say in a few words why."))],
    )

    def begin_asking(self, kinds: Iterable[SegmentKind] = tuple(SegmentKind)) -> None:
        """Offer kinds and spans."""
        offer(self.kinds, ((str(one), plain(KINDS[one])) for one in kinds))
        offer(self.days, ((str(one), plain("{n} days", n=one)) for one in SPANS))

    def plea(self) -> Plea:
        """Return what is asked for."""
        kinds = frozenset(SegmentKind(one) for one in self.kinds.data or ())
        return Plea(kinds, int(self.days.data), str(self.reason.data), self.for_whom)

    @property
    def for_whom(self) -> PersonId | None:
        """The colleague it is for, if it is not for whoever asks."""
        return None


class AskDoctorForm(AskForm):
    """The same for a doctor: for themselves or for a colleague."""

    whom = RadioField(
        later("For whom?"), validators=[Filled(later("Please choose who it is for."))]
    )

    def begin(self, colleagues: Iterable[Person]) -> None:
        """Offer oneself and each colleague."""
        self.begin_asking()
        people = [(str(one.id), one.name) for one in colleagues]
        offer(self.whom, [(MYSELF, plain("For me")), *people])
        if not self.is_submitted():
            self.whom.data = MYSELF

    @property
    def for_whom(self) -> PersonId | None:
        """The colleague chosen."""
        return None if self.whom.data == MYSELF else PersonId(str(self.whom.data))


class AskThirdForm(AskForm):
    """The same for a third party: never the kinds that name somebody."""

    def begin(self) -> None:
        """Offer what may be released."""
        self.begin_asking([one for one in SegmentKind if one not in NEVER_PUBLIC])


class AnswerForm(Form):
    """Which of the kinds asked for are shared."""

    kinds = TicksField(
        later("What may they see?"), validators=[Filled(later("Please choose at least one kind."))]
    )

    def begin(self, kinds: Iterable[SegmentKind]) -> None:
        """Offer what was asked for, all of it ticked."""
        chosen = [str(one) for one in SegmentKind if one in set(kinds)]
        offer(self.kinds, ((one, plain(KINDS[SegmentKind(one)])) for one in chosen))
        if not self.is_submitted():
            self.kinds.data = chosen

    @property
    def chosen(self) -> frozenset[SegmentKind]:
        """The kinds that are shared."""
        return frozenset(SegmentKind(one) for one in self.kinds.data or ())
