"""What the glyphs of a finished PDF say, set right.

WeasyPrint writes for each glyph the text of the cluster it first met it in, so that a tone mark may say nothing and the
letter before it says both. The printing font knows what each of its glyphs means, and WeasyPrint keeps glyph ids when
it takes the used part of a font; so the tables can be written anew from glyph id to text.
"""

import re
from collections.abc import Mapping

import pikepdf

BLOCK = 100
"""Most entries one `beginbfchar` block may hold (PDF 1.7, 9.10.3)."""

HEAD = """\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
"""
TAIL = """\
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
ENTRY = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
NO_MEANING = "\ufffd"


def rewrite_to_unicode(pdf: pikepdf.Pdf, family: str, meanings: Mapping[int, str]) -> int:
    """Rewrite the ToUnicode table of every font of `family` in an open PDF; how many there were.

    Glyphs without an entry in `meanings` (characters the font lacks) keep the text WeasyPrint gave them.
    """
    faces = _faces_of(pdf, family)
    for font in faces:
        written = _entries(font.ToUnicode.read_bytes())
        table = {glyph_id: meanings.get(glyph_id) or text or NO_MEANING for glyph_id, text in written.items()}
        font.ToUnicode.write(_table(table))
    return len(faces)


def _faces_of(pdf: pikepdf.Pdf, family: str) -> list[pikepdf.Object]:
    """The fonts of the pages that are made of the family: `/ABCDEF+Lakthan-Sarabun-Bold`. Pages share them."""
    name = family.replace(" ", "-")
    fonts = {font.objgen: font for page in pdf.pages for _, font in page.Resources.Font.items()}
    return [font for font in fonts.values() if name in str(font.BaseFont)]


def _entries(table: bytes) -> dict[int, str]:
    """Text by glyph id as WeasyPrint wrote it."""
    body = table.partition(b"endcodespacerange")[2]
    return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in ENTRY.findall(body)}


def _table(meanings: Mapping[int, str]) -> bytes:
    lines = [f"<{glyph_id:04x}> <{text.encode('utf-16-be').hex()}>\n" for glyph_id, text in sorted(meanings.items())]
    blocks = [lines[start : start + BLOCK] for start in range(0, len(lines), BLOCK)]
    body = "".join(f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n" for block in blocks)
    return (HEAD + body + TAIL).encode("ascii")
