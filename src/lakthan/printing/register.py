"""The annex: who counted in the headline figure with their projects, and who did not."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from lakthan.core.dates import format_date
from lakthan.core.digits import format_number
from lakthan.printing import form
from lakthan.printing.annex import Annex, CountedUnit, DistrictCount, IncludedProject, UncountedUnit
from lakthan.printing.blocks import Cell, Column, Row, RowGroup, Section, Table, Text, TextKind
from lakthan.printing.paper import Paper
from lakthan.rules.action_plan import budget_total

HEADING = "ภาคผนวก หน่วยนับของผลที่คำนวณจากระเบียน"
PROJECT_COLUMNS = (
    Column("ที่", 70, numeric=True),
    Column("โครงการ", 462),
    Column("ชุมชน", 412),
    Column("ปีงบฯ", 96),
    Column("เอกสารที่บรรจุ", 394),
    Column("งบประมาณ (บาท)", 216, numeric=True),
)
CODE, NAME = Column("รหัส", 14), Column("ชื่อ", 70)
DECISIONS = (Column("ไม่บรรจุ (โครงการ)", 30, numeric=True), Column("ยังไม่พิจารณา (โครงการ)", 36, numeric=True))
NO_DECISION = "ไม่มีข้อมูล"
NO_BUDGET = "ไม่ระบุ"
SHARED_BUDGET = "รวมในลำดับเดียวกัน"
"""Where the item's budget stands at the row of another project that shares it."""


def annex_sections(paper: Paper) -> Iterator[Section]:
    """The annex of a paper; nothing where it has none. Those that do not count come first: the others fill pages."""
    annex = paper.annex
    if annex is None:
        return
    yield Section(HEADING, (Text(TextKind.TEXT, (_basis(paper, annex),)),))
    if annex.by_district:
        yield _by_district(paper, annex)
        return
    yield _not_counted(paper, annex)
    yield _counted(paper, annex)


def _basis(paper: Paper, annex: Annex) -> str:
    return form.say(paper, f"ตามระเบียน ณ วันที่ {format_date(annex.as_of)}")


def _count(paper: Paper, count: int) -> str:
    return form.say(paper, format_number(count))


def _heading(paper: Paper, words: str, count: int, noun: str) -> str:
    return " ".join(part for part in (words, _count(paper, count), noun) if part)


def _not_counted(paper: Paper, annex: Annex) -> Section:
    heading = _heading(paper, annex.not_counted_words, len(annex.not_counted), annex.noun)
    if not annex.not_counted:
        return Section(heading, (Text(TextKind.TEXT, ("ไม่มี",)),), depth=2)
    decided = any(unit.declined is not None or unit.undecided is not None for unit in annex.not_counted)
    columns = (CODE, NAME, *(DECISIONS if decided else ()))
    rows = tuple(_uncounted_row(paper, unit, decided) for unit in annex.not_counted)
    return Section(heading, (Table("not-counted", columns, (RowGroup("", rows),)),), depth=2)


def _uncounted_row(paper: Paper, unit: UncountedUnit, decided: bool) -> Row:
    numbers = (unit.declined, unit.undecided) if decided else ()
    cells = [Cell(NO_DECISION, words=True) if count is None else Cell(_count(paper, count)) for count in numbers]
    return (Cell(unit.code), Cell(unit.name), *cells)


def _counted(paper: Paper, annex: Annex) -> Section:
    heading = _heading(paper, annex.counted_words, len(annex.counted), annex.noun)
    if not annex.counted:
        return Section(heading, (Text(TextKind.TEXT, ("ไม่มี",)),), depth=2)
    if not any(unit.projects for unit in annex.counted):
        return Section(heading, (_names(paper, annex.counted),), depth=2)
    projects = sum(len(unit.projects) for unit in annex.counted)
    heading = f"{heading} {_count(paper, projects)} โครงการ"
    groups = tuple(RowGroup(_label(paper, unit), tuple(_project_rows(paper, unit))) for unit in annex.counted)
    return Section(heading, (Table("projects", PROJECT_COLUMNS, groups),), depth=2)


def _names(paper: Paper, units: Sequence[CountedUnit]) -> Table:
    columns = (CODE, NAME, Column("จำนวนระเบียน", 30, numeric=True))
    rows = tuple((Cell(unit.code), Cell(unit.name), Cell(_count(paper, unit.records))) for unit in units)
    return Table("counted", columns, (RowGroup("", rows),))


def _label(paper: Paper, unit: CountedUnit) -> str:
    """5001 พระนคร 8 โครงการ รวม 1,184,000.00 บาท; the sum only where every item has a budget."""
    label = f"{unit.code} {unit.name} {_count(paper, len(unit.projects))} โครงการ"
    total = budget_total((_item(project), project.budget) for project in unit.projects)
    return f"{label} รวม {_baht(paper, total.baht)} บาท" if total.is_whole else label


def _item(project: IncludedProject) -> tuple[int, int]:
    """Projects may share an item of a year: its budget is one."""
    return project.fiscal_year, project.item_number


def _baht(paper: Paper, amount: Decimal) -> str:
    return form.say(paper, format_number(amount, 2))


def _project_rows(paper: Paper, unit: CountedUnit) -> Iterator[Row]:
    told: set[tuple[int, int]] = set()
    for project in unit.projects:
        is_shared = _item(project) in told
        told.add(_item(project))
        yield (
            Cell(form.say(paper, str(project.item_number))),
            Cell(project.name),
            Cell(project.community),
            Cell(form.say(paper, str(project.fiscal_year))),
            Cell(project.document),
            Cell(SHARED_BUDGET, words=True) if is_shared else _budget(paper, project),
        )


def _budget(paper: Paper, project: IncludedProject) -> Cell:
    return Cell(NO_BUDGET, words=True) if project.budget is None else Cell(_baht(paper, project.budget))


def _by_district(paper: Paper, annex: Annex) -> Section:
    """Numbers by district, for a population too large to be listed by name."""
    columns = (
        CODE,
        NAME,
        *(Column(words, 30, numeric=True) for words in (annex.counted_words, annex.not_counted_words)),
    )
    rows = (*(_district_row(paper, district) for district in annex.by_district), _sums(paper, annex.by_district))
    heading = f"{annex.counted_words}และ{annex.not_counted_words} ({annex.noun}) รายสำนักงานเขต"
    return Section(heading, (Table("by-district", columns, (RowGroup("", rows),)),), depth=2)


def _district_row(paper: Paper, district: DistrictCount) -> Row:
    counts = (district.counted, district.not_counted)
    return (Cell(district.code), Cell(district.name), *(Cell(_count(paper, count)) for count in counts))


def _sums(paper: Paper, districts: Sequence[DistrictCount]) -> Row:
    counted = sum(district.counted for district in districts)
    not_counted = sum(district.not_counted for district in districts)
    return (Cell("รวม", span=2), Cell(_count(paper, counted)), Cell(_count(paper, not_counted)))
