from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTFont

from lakthan.printing.thai_font import FontFace, FontSet, built_fonts
from lakthan.printing.thai_font import build as font_build
from tests.printing.clusters import CLUSTERS, SARA_AM, WORDS

YAMAKKAN = "\u0e4e"
Shaped = list[tuple[hb.GlyphInfo, hb.GlyphPosition]]


def shaper(path: str) -> hb.Font:
    return hb.Font(hb.Face(hb.Blob.from_file_path(path)))


def shape(font: hb.Font, text: str) -> Shaped:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    return list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))


def said(fonts: FontSet, shaped: Shaped) -> str:
    return "".join(fonts.meanings[info.codepoint] for info, _ in shaped)


def ink(font: hb.Font, shaped: Shaped) -> list[tuple[int, int, int, int]]:
    """Boxes of all outlines where they are drawn: left, top, width, height."""
    boxes, pen = [], 0
    for info, position in shaped:
        extents = font.get_glyph_extents(info.codepoint)
        left, top = pen + position.x_offset + extents.x_bearing, position.y_offset + extents.y_bearing
        boxes.append((left, top, extents.width, extents.height))
        pen += position.x_advance
    return sorted(boxes)


def outer_edges(boxes: list[tuple[int, int, int, int]]) -> tuple[int, int, int]:
    """Left, right and upper edge of everything drawn."""
    return (
        min(left for left, _, _, _ in boxes),
        max(left + width for left, _, width, _ in boxes),
        max(top for _, top, _, _ in boxes),
    )


def sarabun(face: FontFace) -> Traversable:
    return files("fontpkg_sarabun") / "files" / face.path.name.replace("LakthanSarabun", "Sarabun")


@pytest.fixture(scope="session", params=["Regular", "Bold"])
def face(request: pytest.FixtureRequest, fonts: FontSet) -> FontFace:
    return next(face for face in fonts.faces if face.path.stem.endswith(request.param))


def test_the_glyphs_of_every_cluster_say_the_cluster(fonts: FontSet, face: FontFace) -> None:
    font = shaper(str(face.path))
    wrong = [text for text in (*CLUSTERS, *WORDS) if said(fonts, shape(font, text)) != text]
    assert wrong == []


def test_marks_stand_in_the_order_of_text_within_a_tenth_of_the_size_left_of_the_pen(face: FontFace) -> None:
    font = shaper(str(face.path))
    for cluster in CLUSTERS:
        if YAMAKKAN not in cluster:
            origins = [position.x_offset for _, position in shape(font, cluster)[1:] if position.x_advance == 0]
            assert origins == sorted(set(origins)), cluster
            assert all(-100 < origin < 0 for origin in origins), cluster


def test_the_changed_font_looks_like_sarabun(face: FontFace) -> None:
    ours, theirs = shaper(str(face.path)), shaper(str(sarabun(face)))
    for cluster in CLUSTERS:
        if SARA_AM not in cluster:
            assert ink(ours, shape(ours, cluster)) == ink(theirs, shape(theirs, cluster)), cluster


def test_the_circle_of_sara_am_is_within_a_twentieth_of_the_type_size_of_where_sarabun_puts_it(face: FontFace) -> None:
    ours, theirs = shaper(str(face.path)), shaper(str(sarabun(face)))
    for cluster in CLUSTERS:
        if SARA_AM in cluster:
            moved = [
                abs(place - original)
                for place, original in zip(
                    outer_edges(ink(ours, shape(ours, cluster))),
                    outer_edges(ink(theirs, shape(theirs, cluster))),
                    strict=True,
                )
            ]
            assert max(moved) <= 50, cluster


def test_a_ligature_of_latin_letters_says_both_letters(fonts: FontSet, face: FontFace) -> None:
    shaped = shape(shaper(str(face.path)), "office")
    assert len(shaped) < len("office")
    assert said(fonts, shaped) == "office"


def test_two_builds_are_the_same_bytes(fonts: FontSet, tmp_path: Path) -> None:
    again = built_fonts(tmp_path)
    assert again.meanings == fonts.meanings
    assert [face.path.read_bytes() for face in again.faces] == [face.path.read_bytes() for face in fonts.faces]


def test_fonts_that_are_there_are_not_built_again(
    fonts: FontSet, font_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(font_build, "_write_fonts", None)
    assert built_fonts(font_cache) == fonts


def test_of_two_processes_that_build_at_once_the_second_takes_the_fonts_of_the_first(
    fonts: FontSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_fonts = font_build._write_fonts

    def write_while_another_finishes(folder: Path) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(font_build, "_write_fonts", write_fonts)
            built_fonts(tmp_path)
        write_fonts(folder)

    monkeypatch.setattr(font_build, "_write_fonts", write_while_another_finishes)
    assert built_fonts(tmp_path).meanings == fonts.meanings
    assert [folder.name[:6] for folder in tmp_path.iterdir()] == ["fonts-"]
    assert not any(folder.name.startswith("fonts-building") for folder in tmp_path.iterdir())


def test_a_build_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(folder: Path) -> None:
        (folder / "half.ttf").write_bytes(b"half")
        raise OSError("disk full")

    monkeypatch.setattr(font_build, "_write_fonts", fail)
    with pytest.raises(OSError, match="disk full"):
        built_fonts(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_font_has_a_name_of_its_own_and_keeps_copyright_and_licence(face: FontFace) -> None:
    with TTFont(face.path) as font:
        names = {record.nameID: record.toUnicode() for record in font["name"].names}
        assert "DSIG" not in font
    assert names[1] == "Lakthan Sarabun"
    assert names[4] == f"Lakthan Sarabun {names[2]}"
    assert names[6] == face.path.stem
    assert "Sarabun Project Authors" in names[0]
    assert "SIL Open Font License" in names[13]
    licence = (face.path.parent / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name" not in licence.splitlines()[0]


def test_all_faces_number_their_glyphs_alike(fonts: FontSet) -> None:
    orders = []
    for face in fonts.faces:
        with TTFont(face.path) as font:
            orders.append(font.getGlyphOrder())
    assert all(order == orders[0] for order in orders)
