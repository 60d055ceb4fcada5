"""Reads of uploads: everybody sees their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from lakthan.apps.people.models import User
from lakthan.apps.uploads.models import Upload
from lakthan.core.errors import NotFound

NEWEST = 20


@dataclass(frozen=True, slots=True)
class UploadView:
    """An upload as a page shows it."""

    id: UUID
    kind: str
    name: str
    size: int
    state: str
    recorded_at: datetime
    outcome: Mapping[str, Any]
    kept_until: datetime
    """When it is let go of if nobody confirms it."""

    @property
    def is_under_way(self) -> bool:
        """Whether a worker is at it, or will be."""
        return self.state in (Upload.State.WAITING, Upload.State.CONFIRMED)


def own_uploads(user: User) -> tuple[UploadView, ...]:
    """The newest uploads of somebody."""
    rows = Upload.objects.filter(user=user).defer("content").order_by("-recorded_at", "-pk")[:NEWEST]
    return tuple(_view(row) for row in rows)


def own_upload(user: User, pk: UUID) -> UploadView:
    """One upload of somebody. Raises `NotFound` where it is another's."""
    return _view(own_row(user, pk))


def own_row(user: User, pk: UUID) -> Upload:
    """The record of it, for the services. Raises `NotFound` where it is another's."""
    row = Upload.objects.filter(user=user, pk=pk).defer("content").first()
    if row is None:
        raise NotFound("ไม่พบไฟล์ที่ส่งนี้", "There is no such upload of yours.")
    return row


def _view(row: Upload) -> UploadView:
    kept_until = row.recorded_at + timedelta(days=settings.UPLOAD_DAYS)
    return UploadView(row.pk, row.kind, row.name, row.size, row.state, row.recorded_at, row.outcome, kept_until)
