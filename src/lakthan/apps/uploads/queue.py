"""Which upload is to be worked on next. What stands here is no record: it says who is at it, and since when."""

from datetime import datetime, timedelta

from django.db.models import F, Q

from lakthan.apps.uploads.models import Upload

TO_DO = (Upload.State.WAITING, Upload.State.CONFIRMED)
STALE = timedelta(minutes=15)
"""After this a worker that took an upload is taken for dead."""
MOST_ATTEMPTS = 2


def take_next(clock: datetime) -> Upload | None:
    """Take the oldest upload that nobody is at; two workers never get the same one. `clock` is the machine's."""
    free = Upload.objects.filter(Q(taken_at=None) | Q(taken_at__lt=clock - STALE), state__in=TO_DO)
    for upload in free.order_by("recorded_at", "pk").defer("content")[:5]:
        if take(upload, clock):
            return upload
    return None


def take(upload: Upload, clock: datetime) -> bool:
    """Take an upload; False where somebody else has by now."""
    same = Upload.objects.filter(pk=upload.pk, state=upload.state, taken_at=upload.taken_at)
    taken = same.update(taken_at=clock, attempts=F("attempts") + 1) == 1
    if taken:
        upload.refresh_from_db()
    return taken


def release_all() -> None:
    """Give back what a process that ended was at; for the one process that writes to SQLite, when it begins."""
    Upload.objects.filter(state__in=TO_DO, taken_at__isnull=False).update(taken_at=None)
