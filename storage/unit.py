"""The unit of work: every port of the core over one session."""

from records.services.storing import DocumentStore
from storage.registry.alerts import AlertRegistry, LimitsRegistry
from storage.registry.attachments import AttachmentRegistry
from storage.registry.audit import AuditLog
from storage.registry.calendars import CalendarRegistry
from storage.registry.chats import ChatRegistry, QuestionRegistry, TapRegistry, WaitingLineRegistry
from storage.registry.clinic import ClinicRegistry
from storage.registry.consent import GrantRegistry, LinkRegistry, WrongLinkRegistry
from storage.registry.copies import CopyRegistry
from storage.registry.desk import Desk
from storage.registry.devices import DeviceRegistry
from storage.registry.dropped import DroppedRegistry
from storage.registry.erasures import ErasureWishRegistry
from storage.registry.finding import FindingRegistry
from storage.registry.leave import EmergencyRegistry, HidingRegistry, RequestRegistry
from storage.registry.looks import LookNoticeRegistry
from storage.registry.many import ManyRegistry
from storage.registry.measures import MeasuresRegistry
from storage.registry.orders import OrderRegistry
from storage.registry.outbox import OutboxRegistry
from storage.registry.people import PeopleRegistry, RecordRegistry, RelationshipRegistry
from storage.registry.placing import PlacingRegistry
from storage.registry.practices import PracticeRegistry
from storage.registry.prompting import PromptingRegistry
from storage.registry.publications import PublicationRegistry
from storage.registry.reviews import ReviewRegistry
from storage.registry.second import SecondFactorRegistry
from storage.registry.segments import IntakeMemory, SegmentRegistry
from storage.registry.series import SeriesRegistry
from storage.registry.standings import StandingRegistry
from storage.registry.timetable import TimetableRegistry
from storage.registry.walks import WalkRegistry


class StorageUnit:
    """One transaction with every port bound to it."""

    def __init__(self, desk: Desk, public: DocumentStore | None = None) -> None:
        self.desk = desk
        self.wall = desk.wall
        self.people = PeopleRegistry(desk)
        self.records = RecordRegistry(desk)
        self.relationships = RelationshipRegistry(desk)
        self.finding = FindingRegistry(desk)
        self.grants = GrantRegistry(desk)
        self.hidings = HidingRegistry(desk)
        self.requests = RequestRegistry(desk)
        self.emergencies = EmergencyRegistry(desk)
        self.publications = PublicationRegistry(desk, self.grants, public)
        self.segments = SegmentRegistry(desk, self.publications)
        self.series = SeriesRegistry(desk)
        self.reviews = ReviewRegistry(desk)
        self.standings = StandingRegistry(desk)
        self.practices = PracticeRegistry(desk)
        self.limits = LimitsRegistry(desk)
        self.alerts = AlertRegistry(desk)
        self.clinic_texts = ClinicRegistry(desk)
        self.calendars = CalendarRegistry(desk)
        self.many = ManyRegistry(desk)
        self.second_factors = SecondFactorRegistry(desk)
        self.intake = IntakeMemory(desk)
        self.orders = OrderRegistry(desk)
        self.timetable = TimetableRegistry(desk)
        self.rechecks = self.timetable
        self.dropped = DroppedRegistry(desk)
        self.erasure_wishes = ErasureWishRegistry(desk)
        self.prompting = PromptingRegistry(desk)
        self.look_notices = LookNoticeRegistry(desk)
        self.outbox = OutboxRegistry(desk)
        self.chats = ChatRegistry(desk)
        self.taps = TapRegistry(desk)
        self.questions = QuestionRegistry(desk)
        self.waiting = WaitingLineRegistry(desk)
        self.walks = WalkRegistry(desk)
        self.links = LinkRegistry(desk)
        self.wrong_links = WrongLinkRegistry(desk)
        self.audit = AuditLog(desk)
        self.attachments = AttachmentRegistry(desk)
        self.devices = DeviceRegistry(desk)
        self.own_units = MeasuresRegistry(desk)
        self.placing = PlacingRegistry(desk)
        self.copies = CopyRegistry(desk)
