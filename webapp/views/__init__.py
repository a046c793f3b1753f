"""Pages: each a door, a use case, a template."""

from webapp.views import (
    account,
    api,
    chat,
    devices,
    doctor,
    documents,
    downloads,
    files,
    machine,
    operator,
    orders,
    patient,
    people,
    profiles,
    public,
    reading,
    readings,
    reminders,
    settings,
    sharing,
    thirdparty,
    today,
)

BLUEPRINTS = tuple(
    room.bp
    for room in (
        public,
        account,
        today,
        doctor,
        orders,
        patient,
        readings,
        people,
        profiles,
        sharing,
        reading,
        documents,
        downloads,
        settings,
        reminders,
        devices,
        chat,
        files,
        thirdparty,
        operator,
        machine,
        api,
    )
)
