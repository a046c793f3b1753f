"""Ids: random, 128 bits, and silent about whom or what they name."""

import secrets
from typing import NewType

PersonId = NewType("PersonId", str)
OrganisationId = NewType("OrganisationId", str)
RecordId = NewType("RecordId", str)
GlobalId = NewType("GlobalId", str)  # the name of the patient's private container
TrackingId = NewType("TrackingId", str)  # by which a segment is found and exchanged
ObservationId = NewType("ObservationId", str)
GrantId = NewType("GrantId", str)
HidingId = NewType("HidingId", str)
RequestId = NewType("RequestId", str)
EmergencyId = NewType("EmergencyId", str)
RelationshipId = NewType("RelationshipId", str)
OrderId = NewType("OrderId", str)
OccurrenceId = NewType("OccurrenceId", str)
ChatId = NewType("ChatId", str)
RuleId = NewType("RuleId", str)
ReviewId = NewType("ReviewId", str)
AlertId = NewType("AlertId", str)
TemplateId = NewType("TemplateId", str)  # of a clinic's orders
AttachmentId = NewType("AttachmentId", str)
DeviceId = NewType("DeviceId", str)


def fresh() -> str:
    """Return a new random id: 128 bits, 32 hexadecimal digits, safe in a URL and an object name."""
    return secrets.token_hex(16)
