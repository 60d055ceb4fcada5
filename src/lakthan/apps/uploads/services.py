"""Writes of uploads."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction

from lakthan.apps.ledger.services import change, create, lock
from lakthan.apps.people.models import User
from lakthan.apps.uploads.models import Upload
from lakthan.core.errors import Conflict
from lakthan.rules.permissions import Action, Actor, require

State = Upload.State
STEPS: Mapping[str, frozenset[str]] = {
    State.WAITING: frozenset({State.SHOWN, State.REFUSED, State.CANCELLED, State.FAILED}),
    State.SHOWN: frozenset({State.CONFIRMED, State.CANCELLED, State.EXPIRED}),
    State.CONFIRMED: frozenset({State.DONE, State.REFUSED, State.CANCELLED, State.FAILED}),
}
"""From a state to those that can follow. What is not here has ended."""


def begin_upload(*, actor: Actor, user: User, kind: str, name: str, content: bytes, now: datetime) -> Upload:
    """Keep a file that is to be looked through."""
    require(actor, Action.SEND_TABLES)
    kept = "".join(letter for letter in name if letter.isprintable())[-200:] or "file"
    digest = sha256(content).hexdigest()
    row = Upload(user=user, kind=kind, name=kept, digest=digest, size=len(content), content=content)
    return create(actor, row, act="uploads.begin_upload", now=now)


def move_upload(
    *,
    actor: Actor,
    upload: Upload,
    state: str,
    now: datetime,
    outcome: Mapping[str, Any] | None = None,
    token: str | None = None,
) -> Upload:
    """Bring an upload into its next state; once it has ended its content is not kept.

    Raises:
        Conflict: that state does not follow the one it is in.
    """
    require(actor, Action.SEND_TABLES)
    with transaction.atomic():
        if state not in STEPS.get(lock(upload).state, frozenset()):
            raise Conflict(
                "ไฟล์นี้ไม่ได้อยู่ในขั้นตอนที่ทำรายการนี้ได้ เปิดหน้าใหม่เพื่อดูสถานะล่าสุด",
                "The upload is past that by now; open the page again to see where it stands.",
            )
        given: dict[str, object] = {"state": state, "taken_at": None, "attempts": 0}
        if outcome is not None:
            given["outcome"] = dict(outcome)
        if token is not None:
            given["token"] = token
        if state not in STEPS:
            given["content"] = b""
        return change(actor, upload, act="uploads.move_upload", now=now, **given)


def expire_uploads(*, actor: Actor, now: datetime) -> int:
    """Let go of the files that were shown and not confirmed for `LAKTHAN_UPLOAD_DAYS`, and give how many they were.

    Neither the file nor what it would have done is kept; its digest stays in the upload and in the ledger.
    """
    require(actor, Action.SEND_TABLES)
    old = Upload.objects.filter(state=State.SHOWN, recorded_at__lt=now - timedelta(days=settings.UPLOAD_DAYS))
    with transaction.atomic():
        rows = list(old.defer("content"))
        for row in rows:
            move_upload(actor=actor, upload=row, state=State.EXPIRED, outcome={}, now=now)
    return len(rows)
