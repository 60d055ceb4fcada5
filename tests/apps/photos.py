"""Photographs as cameras write them: with the place, with other pictures behind, turned."""

from io import BytesIO

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

MOMENT = "2020:03:02 10:11:12"
PLACE = (13.0, 45.0, 30.25)


def photo(file_format: str = "JPEG", **more: object) -> bytes:
    """A small picture without anything beside it."""
    content = BytesIO()
    shades = Image.linear_gradient("L").resize((48, 32)).convert("RGB")
    shades.save(content, file_format, **more)
    return content.getvalue()


def exif_of_a_camera(turned: int = 6) -> Image.Exif:
    """What a telephone writes: how it was held, when, by what, and where."""
    exif = Image.Exif()
    exif[Base.Orientation], exif[Base.Make], exif[Base.ImageDescription] = turned, "Camera", "in front of a home"
    details = exif.get_ifd(IFD.Exif)
    details[Base.DateTimeOriginal], details[Base.MakerNote] = MOMENT, b"a note with 13.7583"
    where = exif.get_ifd(IFD.GPSInfo)
    where[GPS.GPSLatitudeRef], where[GPS.GPSLatitude] = "N", PLACE
    where[GPS.GPSLongitudeRef], where[GPS.GPSLongitude] = "E", (100.0, 30.0, 1.5)
    return exif
