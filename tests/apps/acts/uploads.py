"""The services of `uploads`."""

from datetime import timedelta

from lakthan.apps.people.models import Unit
from lakthan.apps.uploads import services
from lakthan.rules.permissions import Role
from tests.apps import builders
from tests.apps.acts.table import Call, act
from tests.apps.builders import NOW

SENDERS = [Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR, Role.REPORTER]


@act(services.begin_upload, ("uploads.begin_upload", "uploads.upload"), anywhere=[*SENDERS, Role.OPERATOR])
def _begin_upload(home: Unit) -> Call:
    user = builders.user()
    return lambda actor: services.begin_upload(
        actor=actor, user=user, kind="communities", name="ชุมชน.csv", content=b"a,b", now=NOW
    )


@act(services.expire_uploads, ("uploads.move_upload", "uploads.upload"), anywhere=[*SENDERS, Role.OPERATOR])
def _expire_uploads(home: Unit) -> Call:
    upload = services.begin_upload(
        actor=builders.ROOT, user=builders.user(), kind="communities", name="ชุมชน.csv", content=b"a,b", now=NOW
    )
    services.move_upload(actor=builders.ROOT, upload=upload, state="shown", now=NOW)
    return lambda actor: services.expire_uploads(actor=actor, now=NOW + timedelta(days=40))


@act(services.move_upload, ("uploads.move_upload", "uploads.upload"), anywhere=[*SENDERS, Role.OPERATOR])
def _move_upload(home: Unit) -> Call:
    upload = services.begin_upload(
        actor=builders.ROOT, user=builders.user(), kind="communities", name="ชุมชน.csv", content=b"a,b", now=NOW
    )
    return lambda actor: services.move_upload(actor=actor, upload=upload, state="shown", now=NOW)
