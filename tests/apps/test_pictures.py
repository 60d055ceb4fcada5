"""Photos are kept without the place where they were taken, and otherwise as they were, to the last point."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin
from PIL.ExifTags import IFD, Base

from lakthan.apps.evidence.models import Evidence
from lakthan.apps.evidence.pictures import without_place
from lakthan.apps.evidence.services import path_of, store_evidence
from lakthan.core.errors import UserError
from tests.apps import builders
from tests.apps.builders import NOW, ROOT
from tests.apps.photos import MOMENT, exif_of_a_camera, photo

JPEG, PNG = "image/jpeg", "image/png"
XMP = b"<x:xmpmeta>exif:GPSLatitude 13,45.5N</x:xmpmeta>"


def taken(**more: object) -> bytes:
    return photo(exif=exif_of_a_camera(), xmp=XMP, comment=b"at home", **more)


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("more", [{}, {"progressive": True}, {"restart_marker_rows": 1}, {"subsampling": 0}])
def test_a_photo_loses_its_place_and_nothing_of_the_picture(more: dict[str, object]) -> None:
    content = taken(**more)
    assert opened(content).getexif().get_ifd(IFD.GPSInfo)
    kept = without_place(content, JPEG)
    exif = opened(kept).getexif()
    assert not exif.get_ifd(IFD.GPSInfo)
    for trace in (b"GPS", b"at home", b"in front of", b"13.7583", b"Camera"):
        assert trace not in kept
    assert opened(kept).tobytes() == opened(content).tobytes()


def test_a_photo_stays_turned_and_says_when_it_was_taken() -> None:
    exif = opened(without_place(taken(), JPEG)).getexif()
    assert exif[Base.Orientation] == 6
    assert dict(exif.get_ifd(IFD.Exif)) == {Base.DateTimeOriginal: MOMENT}


def test_colours_stay_as_they_are() -> None:
    profile = b"a profile of colours" * 10
    for form, media_type in (("JPEG", JPEG), ("PNG", PNG)):
        kept = without_place(photo(form, icc_profile=profile, exif=exif_of_a_camera()), media_type)
        assert opened(kept).info["icc_profile"] == profile


def test_what_stands_behind_the_picture_is_not_kept() -> None:
    behind = taken() + b"a film with a place"
    assert without_place(photo() + behind, JPEG) == photo()
    assert without_place(photo("PNG") + behind, PNG) == photo("PNG")


def test_a_png_loses_its_texts_and_its_exif() -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "at home")
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    content = photo("PNG", pnginfo=texts, exif=exif_of_a_camera())
    kept = without_place(content, PNG)
    assert kept == photo("PNG")
    assert len(kept) < len(content)


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_second_time_changes_nothing(turned: int) -> None:
    kept = without_place(photo(exif=exif_of_a_camera(turned)), JPEG)
    assert without_place(kept, JPEG) == kept
    assert opened(kept).getexif().get(Base.Orientation, 1) == turned


def test_other_files_stay_as_they_are() -> None:
    assert without_place(taken(), "application/pdf") == taken()


@given(st.integers(0, 2**32), st.binary(min_size=1, max_size=40))
def test_a_damaged_picture_is_refused_or_read_without_its_place(at: int, damage: bytes) -> None:
    content = taken()
    start = 3 + at % (len(content) - 3)
    broken = content[:start] + damage + content[start + len(damage) :]
    try:
        kept = without_place(broken, JPEG)
    except ValueError:
        return
    assert without_place(kept, JPEG) == kept


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"\xff\xd8\xff", JPEG),
        (b"\xff\xd8\xff\xe0 a picture", JPEG),
        (b"\xff\xd8\xff\xd9", JPEG),
        (taken()[:200], JPEG),
        (photo("PNG")[:-6], PNG),
        (b"\x89PNG\r\n\x1a\n\0\0", PNG),
    ],
)
def test_what_is_no_whole_picture_is_refused(content: bytes, media_type: str) -> None:
    with pytest.raises(ValueError, match=r"JPEG|PNG"):
        without_place(content, media_type)


@pytest.mark.django_db
def test_the_digest_is_of_what_is_kept_and_the_same_photo_is_one_record(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    home = builders.unit()
    rows = [
        store_evidence(actor=ROOT, unit=home, content=content, name="a.jpg", now=NOW)
        for content in (taken(), taken(), without_place(taken(), JPEG))
    ]
    assert Evidence.objects.count() == 1
    kept = path_of(rows[0].digest).read_bytes()
    assert kept == without_place(taken(), JPEG)
    assert rows[0].digest == hashlib.sha256(kept).hexdigest()
    assert rows[0].size == len(kept)


@pytest.mark.django_db
def test_a_damaged_photo_is_refused_with_the_mend() -> None:
    with pytest.raises(UserError, match=r"The picture ก\.jpg is damaged or not whole; open it and save it anew"):
        store_evidence(actor=ROOT, unit=builders.unit(), content=b"\xff\xd8\xff\xe0", name="ก.jpg", now=NOW)
    assert not Evidence.objects.exists()
