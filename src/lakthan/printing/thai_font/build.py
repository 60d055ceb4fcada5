"""Building the printing fonts from Sarabun, once, into a cache folder.

Sarabun is under the SIL Open Font License 1.1 without reserved names; the changed fonts have a family name of their own
and keep its copyright and licence.
"""

import json
import shutil
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path

import fontTools
from fontTools.ttLib import TTFont

from lakthan.printing.thai_font.font_set import FAMILY, FontFace, FontSet
from lakthan.printing.thai_font.mark_origins import set_marks_in_text_order
from lakthan.printing.thai_font.meanings import glyph_meanings
from lakthan.printing.thai_font.sara_am import MEANINGS, join_sara_am
from lakthan.printing.thai_font.tick_boxes import add_tick_boxes

MEANINGS_FILE = "meanings.json"
NAME_IDS_WITH_FAMILY = (1, 3, 4)
POSTSCRIPT_NAME, DESCRIPTION = 6, 10
DESCRIPTION_TEXT = "Sarabun, changed by Lakthan so that Thai text can be read out of a PDF."


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    weight: int
    box_stroke: int

    @property
    def file_name(self) -> str:
        return f"{FAMILY.replace(' ', '')}-{self.name}.ttf"


STYLES = (_Style("Regular", 400, 56), _Style("Bold", 700, 88))


def built_fonts(cache: Path) -> FontSet:
    """The printing fonts, built into `cache/fonts-<digest>` when they are not there yet.

    The digest is of everything the result depends on, so a changed builder or Sarabun builds anew; two processes may
    build at once, and the files are the same bytes each time. OSError where the folder cannot be written.
    """
    folder = cache / f"fonts-{_inputs_digest()}"
    if not folder.is_dir():
        _build_into(folder)
    meanings = json.loads((folder / MEANINGS_FILE).read_text(encoding="utf-8"))
    faces = tuple(FontFace(folder / style.file_name, style.weight) for style in STYLES)
    return FontSet(faces, {int(glyph_id): text for glyph_id, text in meanings.items()})


def _build_into(folder: Path) -> None:
    """Build beside the folder and move into place, so that the folder is whole whenever it exists."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix="fonts-building-", dir=folder.parent))
    try:
        _write_fonts(building)
        building.replace(folder)
    except OSError:
        # Another process was first; its folder holds the same bytes.
        if not folder.is_dir():
            raise
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _write_fonts(folder: Path) -> None:
    meanings: dict[int, str] = {}
    for style in STYLES:
        font = _open_source(style)
        _change(font, style)
        meanings = glyph_meanings(font, MEANINGS)
        font.save(folder / style.file_name)
    text = json.dumps({str(glyph_id): meanings[glyph_id] for glyph_id in sorted(meanings)}, ensure_ascii=False)
    (folder / MEANINGS_FILE).write_text(text, encoding="utf-8")
    (folder / "OFL.txt").write_bytes(_source().joinpath("LICENSE").read_bytes())


def _change(font: TTFont, style: _Style) -> None:
    """Everything that makes Sarabun into the printing font."""
    join_sara_am(font)
    add_tick_boxes(font, style.box_stroke)
    set_marks_in_text_order(font)
    _rename(font, style)
    # The signature is of the unchanged file.
    del font["DSIG"]


def _rename(font: TTFont, style: _Style) -> None:
    names = font["name"]
    for record in list(names.names):
        place = (record.platformID, record.platEncID, record.langID)
        if record.nameID in NAME_IDS_WITH_FAMILY:
            names.setName(record.toUnicode().replace("Sarabun", FAMILY), record.nameID, *place)
        elif record.nameID == POSTSCRIPT_NAME:
            names.setName(style.file_name.removesuffix(".ttf"), POSTSCRIPT_NAME, *place)
            names.setName(DESCRIPTION_TEXT, DESCRIPTION, *place)


def _source() -> Traversable:
    return files("fontpkg_sarabun")


def _source_bytes(style: _Style) -> bytes:
    return _source().joinpath("files", f"Sarabun-{style.name}.ttf").read_bytes()


def _open_source(style: _Style) -> TTFont:
    # The time stamp of the source stays, or no two builds would be alike.
    return TTFont(BytesIO(_source_bytes(style)), recalcTimestamp=False)


def _inputs_digest() -> str:
    """16 hex digits over the source fonts, this builder and the library that writes the files."""
    digest = sha256(fontTools.version.encode())
    for style in STYLES:
        digest.update(_source_bytes(style))
    for module in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()[:16]
