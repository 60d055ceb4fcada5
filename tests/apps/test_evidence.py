"""Evidence: files kept by their digest, and only such as can be shown."""

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from lakthan.apps.evidence import services
from lakthan.apps.evidence.models import Evidence
from lakthan.apps.evidence.services import path_of, store_evidence
from lakthan.apps.ledger.models import Entry
from lakthan.apps.people.models import Unit
from lakthan.core.errors import UserError
from tests.apps import builders
from tests.apps.builders import NOW, ROOT
from tests.apps.photos import photo


@pytest.fixture
def home(db: None, settings: Any, tmp_path: Path) -> Unit:
    """A district in an empty home."""
    settings.HOME = tmp_path
    return builders.unit()


def store(home: Unit, content: bytes, name: str = "file") -> Evidence:
    return store_evidence(actor=ROOT, unit=home, content=content, name=name, now=NOW)


def files(home: Path) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7\n...", "application/pdf"),
        (photo("PNG"), "image/png"),
        (photo(), "image/jpeg"),
        ("บันทึก".encode(), "text/plain; charset=utf-8"),
        ("บันทึก".encode("cp874"), "text/plain; charset=windows-874"),
        ("บันทึก".encode("utf-16"), "text/plain; charset=utf-16"),
    ],
)
def test_the_media_type_is_read_off_the_content_whatever_the_name_says(
    home: Unit, content: bytes, media_type: str
) -> None:
    assert store(home, content, "picture.exe").media_type == media_type


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04\x00\x00", b"\x7fELF\x02\x01\x00", b"GIF89a\x00", b"a\x00b", b"\xff\xfe\x00\x00", b"\xdb\xdc\xdd"],
)
def test_what_cannot_be_shown_is_refused(home: Unit, content: bytes) -> None:
    with pytest.raises(UserError, match=r"The file ก\.pdf is (not PDF, PNG, JPEG, \.docx|damaged or locked)"):
        store(home, content, "ก.pdf")
    assert not Evidence.objects.exists()


def test_an_empty_file_and_one_above_the_limit_are_refused(home: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "LIMIT", 10)
    for content, says in ((b"", "is empty"), (b"%PDF-567890", "larger than 20 MB")):
        with pytest.raises(UserError, match=says):
            store(home, content)
    assert store(home, b"%PDF-56789").size == 10


def test_the_bytes_are_kept_under_their_digest(home: Unit) -> None:
    row = store(home, b"%PDF-1.7")
    assert row.digest == hashlib.sha256(b"%PDF-1.7").hexdigest()
    assert path_of(row.digest).read_bytes() == b"%PDF-1.7"
    assert (row.size, row.stored_by) == (8, ROOT.id)


def test_the_same_bytes_are_kept_once_and_the_same_name_is_one_record(home: Unit, tmp_path: Path) -> None:
    first = store(home, b"%PDF-1.7", "a.pdf")
    entries = Entry.objects.count()
    assert store(home, b"%PDF-1.7", "a.pdf") == first
    assert Entry.objects.count() == entries
    store(home, b"%PDF-1.7", "b.pdf")
    store(builders.unit("5002"), b"%PDF-1.7", "a.pdf")
    assert Evidence.objects.count() == 3
    assert len(files(tmp_path)) == 1


def test_a_file_that_could_not_be_written_whole_is_not_there(
    home: Unit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk is full"):
        store(home, b"%PDF-1.7")
    assert not Evidence.objects.exists()
    assert files(tmp_path) == []
