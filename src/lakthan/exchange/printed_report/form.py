"""The printed Part-2 form: its headings and their order, its fixed sentences, and the names of its furniture.

Furniture is what the form prints around the text of the officers. Every kind has a pattern that all its pieces match
whole, so that nothing an officer wrote can be taken for furniture.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

CERTIFICATION = "ขอรับรองว่า ข้อมูลที่ปรากฏในเอกสารฉบับนี้ หน่วยงานได้จัดพิมพ์จากระบบงานจริง เพื่อเป็นหลักฐานไว้ตรวจสอบ"
FOOTER = "ผลการดำเนินงานส่วนที่ 2 ผลสัมฤทธิ์การปฏิบัติงานตามแผนปฏิบัติราชการประจำปี แยกรายตัวชี้วัด"

_SPELLINGS = {
    "ำ": r"(?:ำ|\u0e4d\s*า)",
    "แ": r"(?:แ|เ\s*เ)",
    **{sign: rf"\\?\{sign}" for sign in ".-()"},
    **{str(digit): f"[{digit}{chr(ord('๐') + digit)}]" for digit in range(10)},
}


def loose(words: str) -> str:
    """A pattern for fixed words however they come out of a PDF: spaces anywhere, SARA AM in two pieces, Thai digits."""
    return r"\s*".join(_SPELLINGS.get(letter, letter) for letter in words if not letter.isspace())


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of the form.

    `number` is "1" to "9" or "6.1" to "6.5", "" for the heading of the plan linkage. `place` is the field its text
    belongs to, "" where the form has none. `words` is a pattern for number, words and colon.
    """

    number: str
    place: str
    title_th: str
    title_en: str
    words: str

    @property
    def name_th(self) -> str:
        """The heading as the form prints it: 3. คำนิยาม, (6.2) ไตรมาสที่ 2."""
        if "." in self.number:
            return f"({self.number}) {self.title_th}"
        return f"{self.number}. {self.title_th}" if self.number else self.title_th

    @property
    def name_en(self) -> str:
        """The heading in English: 3 definitions."""
        return f"{self.number} {self.title_en}".strip()


_COLON_OR_END = r"[\s*_\\]*+(?::|$)"


def _heading(number: str, place: str, title_th: str, title_en: str, remark: str = "") -> Heading:
    """A heading whose `remark` (in parentheses on the paper) may be missing."""
    numbered = rf"\(?\s*{loose(number)}\s*\)?" if "." in number else rf"{loose(number)}\s*\\?[.)]"
    words = rf"{numbered}[\s*]*{loose(title_th)}(?:\s*{loose(remark)})?{_COLON_OR_END}"
    return Heading(number, place, title_th, title_en, words)


PLAN_HEADING = Heading(
    "",
    "",
    "สนับสนุนแผนพัฒนา กทม. ระยะ 20 ปี",
    "plan linkage",
    rf"{loose('สนับสนุนแผนพัฒนา')}\s*(?:{loose('กทม.')}|{loose('กรุงเทพมหานคร')})(?:\s*{loose('ระยะ 20 ปี')})?"
    rf"(?:\s*{loose('(ยุทธศาสตร์-ประเด็นยุทธศาสตร์-กลยุทธ์ตามแผนฯ /ตัวชี้วัด)')})?(?:\s*:)?",
)
NAME, LEVEL, DEFINITIONS, METHOD, TARGET, QUARTERS = (
    _heading("1", "indicator_name", "ชื่อตัวชี้วัด", "indicator name"),
    _heading("2", "", "ระดับความสำเร็จ", "level of success"),
    _heading("3", "definitions", "คำนิยาม", "definitions"),
    _heading("4", "method", "วิธีการคำนวณ", "method of calculation"),
    _heading("5", "target", "เป้าหมาย", "target"),
    _heading("6", "", "รายงานผลการดำเนินงาน", "performance report", "(รายไตรมาส)"),
)
HEADINGS: tuple[Heading, ...] = (
    NAME,
    LEVEL,
    PLAN_HEADING,
    DEFINITIONS,
    METHOD,
    TARGET,
    QUARTERS,
    *(_heading(f"6.{n}", f"6.{n}", f"ไตรมาสที่ {n}", f"quarter {n}") for n in (1, 2, 3, 4)),
    _heading("6.5", "year_summary", "สรุปผลการดำเนินงาน", "year summary", "(ปลายปีงบประมาณ)"),
    _heading("7", "supporting_factors", "ปัจจัยสนับสนุนการดำเนินงาน", "supporting factors"),
    _heading("8", "obstacles", "อุปสรรคต่อการดำเนินงาน", "obstacles"),
    _heading("9", "evidence", "หลักฐานอ้างอิง", "evidence"),
)
"""The headings in the order of the paper. All but that of the plan linkage must be there."""

BEFORE_HEADING = r"[\s*#>_\\•–—-]*"
"""A dash or residue of Markdown that may stand before a heading."""
HEADING_START = re.compile(BEFORE_HEADING + "[(1-9๑-๙ส]")
"""A quick look at a line: no heading begins otherwise."""
RESULT = re.compile(rf"{loose('ผลงานที่ทำได้')}(?:\s*[=:])?")
OPENED_BY_COLONS = frozenset({"definitions", "method", "year_summary", "supporting_factors", "obstacles", "evidence"})
"""Fields whose text the form opens with `::`."""

RESIDUE = r"[\s*#>_\\]*"
"""What a conversion to Markdown leaves before words."""
CERTIFICATION_WORDS = re.compile(loose(CERTIFICATION))
FOOTER_WORDS = re.compile(loose(FOOTER))
TAIL_STARTS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "certification": re.compile(RESIDUE + loose("ขอรับรองว่า")),
        "footer": re.compile(RESIDUE + loose("ผลการดำเนินงานส่วนที่ 2")),
        "signature": re.compile(rf"{loose('ลงชื่อ')}\s*+(?:[.…_]{{3}}|.*{loose('(ผู้รายงานข้อมูล)')})"),
    }
)
"""How the lines of the parts after section 9 begin; a signature line after the first is a `SIGNATURE_LINE`."""
SIGNATURE_LINE = re.compile(rf"{loose('ลงชื่อ')}|{loose('ตำแหน่ง')}|{loose('วันที่')}\s*[.…_\d๐-๙]|\(.*\)$")
POSITION_LINE = re.compile(rf"{loose('ตำแหน่ง')}\s*[:.…\w]")
"""The last line of the block, with what stands on it."""

LEVEL_LABELS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "output": re.compile(rf"{loose('ผลผลิต')}(?:\s*{loose('(Output)')})?(?![ก-๎])"),
        "outcome": re.compile(rf"{loose('ผลลัพธ์')}(?:\s*{loose('(Outcome)')})?(?![ก-๎])"),
    }
)
BOX_TICKED = re.compile(r"[☑☒✓✔■●✗✘\uf0fe\uf052üþ]|[(\[]\s*[/xX✓✔√]\s*[)\]]|(?<!\S)[/√](?!\S)")
BOX_EMPTY = re.compile(r"[☐□▢○\uf0a8\uf06f\uf0a3¨]|[(\[]\s*[)\]]")

PAGE_MARK = re.compile(
    r"หน้า(?:ที่)?\s*[\d๐-๙]{1,3}(?:\s*(?:/|จาก|ของ)\s*[\d๐-๙]{1,3})?"
    r"|[Pp]age\s*\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?"
    r"|[-–—]\s*[\d๐-๙]{1,3}\s*[-–—]"
)
"""A line with nothing but the number of a page."""
RUNNING_FOOTER = re.compile(rf"{RESIDUE}{loose(FOOTER)}{RESIDUE}")
"""The footer line where a print repeats it at the end of every page."""

FURNITURE: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "heading": re.compile("|".join(heading.words for heading in HEADINGS) + "|" + RESULT.pattern),
        "mark": re.compile(r"[:=\-–—•●▪]+"),
        "item number": re.compile(r"[\d๐-๙]{1,2}[.)]"),
        "level label": re.compile("|".join(label.pattern for label in LEVEL_LABELS.values())),
        "level box": re.compile(f"(?:{BOX_TICKED.pattern}|{BOX_EMPTY.pattern})+"),
        "markdown residue": re.compile(r"[*#>_\\]+"),
        "page mark": PAGE_MARK,
        "running footer": RUNNING_FOOTER,
        "page break": re.compile(r"\s*\f\s*"),
        "blank": re.compile(r"\s+"),
        "byte order mark": re.compile("\ufeff"),
    }
)
"""Kind of furniture -> the pattern that its pieces match whole."""
