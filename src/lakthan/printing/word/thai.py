"""What Word needs to set Thai: fonts, sizes and language of complex scripts beside those of Latin letters."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.styles.style import ParagraphStyle

FONT = "TH Sarabun New"
"""The font of Thai officials' documents, on nearly every Thai machine; without it Word takes another Thai font."""
LANGUAGE = "th-TH"


def set_thai(style: ParagraphStyle, size: float, *, bold: bool = False) -> None:
    """Font, size in points and weight of a style, for Latin letters and for Thai, which Word keeps apart."""
    style.font.name = FONT
    style.font.size = Pt(size)
    style.font.bold = bold
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    _only(properties, "w:szCs").set(qn("w:val"), str(round(size * 2)))
    _only(properties, "w:bCs").set(qn("w:val"), "1" if bold else "0")
    language = _only(properties, "w:lang")
    for name in ("val", "eastAsia", "bidi"):
        language.set(qn(f"w:{name}"), LANGUAGE)


def _only(properties: BaseOxmlElement, name: str) -> BaseOxmlElement:
    """The one property of a name, in the place that the order of the format gives it."""
    found: BaseOxmlElement | None = properties.find(qn(name))
    if found is not None:
        return found
    made: BaseOxmlElement = OxmlElement(name)
    properties.insert_element_before(made, *_AFTER[name])
    return made


_AFTER = {
    "w:bCs": ("w:i", "w:iCs", "w:color", "w:spacing", "w:sz", "w:szCs", "w:lang"),
    "w:szCs": ("w:highlight", "w:u", "w:lang"),
    "w:lang": ("w:eastAsianLayout", "w:specVanish", "w:oMath"),
}
"""What may stand behind a property (ECMA-376, 17.3.2.28)."""
