"""A printed report becomes five drafts: all its text is in them, and the file itself is kept."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from lakthan.apps.evidence.models import Evidence
from lakthan.apps.evidence.services import path_of
from lakthan.apps.indicators.models import Assignment, Indicator, PlanNode
from lakthan.apps.indicators.services import Goal, add_definition, add_plan_node, assign, define_indicator
from lakthan.apps.ledger.models import Entry
from lakthan.apps.people.models import Unit
from lakthan.apps.reporting.models import Report, ReportEvidence
from lakthan.core.errors import Conflict, NotFound, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.demo.texts import INDICATORS
from lakthan.exchange import report_import
from lakthan.exchange.bangkok import load_plan
from lakthan.exchange.printed_report import NotAReport, PrintedReport, read_report
from lakthan.exchange.report_import import import_report
from lakthan.exchange.results import ImportResult
from lakthan.rules.permissions import Actor, Refused, Role
from tests.apps import builders, lives
from tests.apps.builders import NOW, ROOT
from tests.exchange.samples import SAMPLE, SAMPLE_GOAL, SAMPLE_PLAN, TICKED, form
from tests.shared_data import shared_data

YEAR = FiscalYear(2564)
READ = read_report(SAMPLE, SAMPLE_PLAN)
CERTAINTIES = {"obs": PlanNode.Certainty.OBSERVED, "obs+completed": PlanNode.Certainty.COMPLETED}

YEAR_FIELDS: Mapping[str, str] = {
    "indicator_name": "printed_name",
    "definitions": "printed_terms",
    "method": "printed_method",
    "target": "printed_target",
    "result": "printed_result",
    "year_summary": "narrative",
    "supporting_factors": "supporting_factors",
    "obstacles": "obstacles",
    "evidence": "evidence_list",
    "certification": "certification",
    "footer": "footer",
    "signature": "signature",
    "unplaced": "unplaced",
}
"""Place of the print -> field of the year report."""


@pytest.fixture
def bureau(db: None, settings: Any, tmp_path: Path) -> Unit:
    """A bureau in an empty home, with the plan that the sample links to."""
    settings.HOME = tmp_path
    version = builders.plan_version()
    for node in SAMPLE_PLAN:
        add_plan_node(
            actor=ROOT,
            version=version,
            code=node.code,
            level_name=node.level_name,
            name_th=node.name_th,
            name_en=node.name_en,
            certainty=CERTAINTIES[node.certainty],
            now=NOW,
        )
    return builders.bureau()


def measured(bureau: Unit, name: str, code: str = "2100-0001", *years: FiscalYear) -> Indicator:
    """An indicator of a name, assigned to the bureau in fiscal years."""
    row = define_indicator(actor=ROOT, code=code, unit=bureau, name_th=name, name_en="", now=NOW)
    definition = add_definition(actor=ROOT, indicator=row, formula=builders.PAIR, words=builders.WORDS, now=NOW)
    for year in years or (YEAR,):
        assign(
            actor=ROOT,
            indicator=row,
            definition=definition,
            unit=bureau,
            fiscal_year=year,
            goal=Goal(Decimal(75), Assignment.Class_.STRATEGIC),
            now=NOW,
        )
    return row


@pytest.fixture
def sampled(bureau: Unit) -> Indicator:
    """The indicator of the sample."""
    return measured(bureau, READ.indicator_name)


def take(data: bytes = SAMPLE, actor: Actor = ROOT, name: str = "report.txt", **more: Any) -> ImportResult:
    result = import_report(actor=actor, data=data, file_name=name, now=NOW, **more)
    assert result.created + result.changed + result.unchanged + len(result.refused) == result.read
    return result


def counts(result: ImportResult) -> tuple[int, int, int]:
    return result.created, result.changed, result.unchanged


def stored_texts() -> dict[str, str]:
    """Place of the print -> what is stored of it."""
    year = Report.years.get()
    quarters = {f"6.{row.quarter}": row.narrative for row in Report.quarters.all()}
    links = "\n".join(f"{link['label']} {link['as_printed']}" for link in year.printed_plan_links)
    return {place: getattr(year, field) for place, field in YEAR_FIELDS.items()} | quarters | {"plan_links": links}


def printed_texts(report: PrintedReport) -> dict[str, str]:
    return {place: "\n".join(texts) for place, texts in report.texts().items()}


# Taken in


def test_a_print_becomes_the_drafts_of_four_quarters_and_the_year(sampled: Indicator) -> None:
    result = take()
    assert (result.read, counts(result)) == (5, (5, 0, 0))
    assert sorted(Report.quarters.values_list("quarter", "state", "progress")) == [
        (number, "draft", None) for number in range(1, 5)
    ]
    year = Report.years.select_related("assignment").get()
    assert (year.state, year.assignment.indicator, year.assignment.fiscal_year) == ("draft", sampled, 2564)


@pytest.mark.parametrize("data", [SAMPLE, TICKED, form()], ids=["with every quirk", "ticked", "in order"])
def test_the_text_of_every_field_is_in_the_stored_records(bureau: Unit, data: bytes) -> None:
    report = read_report(data, SAMPLE_PLAN)
    measured(bureau, report.indicator_name)
    take(data)
    assert stored_texts() == printed_texts(report)
    assert Report.years.get().printed_level == report.level.value


def test_a_line_of_the_plan_that_the_print_cut_is_kept_as_printed_and_whole(sampled: Indicator) -> None:
    take()
    links = Report.years.get().printed_plan_links
    assert [link["as_printed"] for link in links] == [link.as_printed for link in READ.plan_links]
    assert [link["text"] == link["as_printed"] for link in links] == [True, True, False]
    assert links[2]["text"].endswith(SAMPLE_GOAL)


def test_what_was_mended_and_what_is_doubtful_is_told(sampled: Indicator) -> None:
    result = take()
    assert [(item.row, item.field, item.before) for item in result.repaired] == [
        (item.row, item.field, item.before) for item in READ.repaired
    ]
    assert [(item.row, item.text) for item in result.doubtful] == [(item.row, item.text) for item in READ.doubtful]


def test_a_reporter_of_the_bureau_can_import(bureau: Unit, sampled: Indicator) -> None:
    reporter = builders.somebody(Role.REPORTER, bureau)
    with pytest.raises(Conflict, match="not opened yet"):
        take(actor=reporter)
    for quarter in range(1, 5):
        lives.open_for_writing(quarter, YEAR)
    take(actor=reporter)
    written = Entry.objects.filter(act__startswith="reporting.").exclude(act="reporting.open_period")
    assert set(written.values_list("actor", flat=True)) == {reporter.id}


# The file


@pytest.mark.parametrize(
    ("encode", "media_type"),
    [
        (lambda text: text.encode(), "text/plain; charset=utf-8"),
        (lambda text: b"\xef\xbb\xbf" + text.encode(), "text/plain; charset=utf-8"),
        (lambda text: text.encode("utf-16"), "text/plain; charset=utf-16"),
        (lambda text: text.encode("cp874", "ignore"), "text/plain; charset=windows-874"),
        (lambda text: text.encode()[:-1], "text/plain; charset=utf-8"),
    ],
    ids=["UTF-8", "with a byte order mark", "UTF-16", "TIS-620", "cut in its last character"],
)
def test_the_file_is_kept_byte_for_byte_in_every_encoding_that_can_be_read(
    bureau: Unit, encode: Any, media_type: str
) -> None:
    data: bytes = encode(form().decode().rstrip())
    measured(bureau, read_report(data, ()).indicator_name)
    take(data, name="รายงาน.txt")
    kept = Evidence.objects.get()
    assert (kept.name, kept.size, kept.media_type) == ("รายงาน.txt", len(data), media_type)
    assert path_of(kept.digest).read_bytes() == data
    assert kept.digest == hashlib.sha256(data).hexdigest()
    assert ReportEvidence.objects.get().report == Report.years.get()


def test_the_names_in_the_signature_block_are_not_in_the_ledger(bureau: Unit) -> None:
    measured(bureau, read_report(TICKED, ()).indicator_name)
    take(TICKED)
    assert "ผู้ทดสอบ ระบบตัวอย่าง" in Report.years.get().signature
    assert not Entry.objects.filter(body__contains="ผู้ทดสอบ").exists()


# Again


def test_the_same_file_twice_changes_nothing(sampled: Indicator) -> None:
    take()
    entries = Entry.objects.count()
    assert counts(take()) == (0, 0, 5)
    assert Entry.objects.count() == entries
    assert (Evidence.objects.count(), ReportEvidence.objects.count()) == (1, 1)


def test_a_later_print_changes_what_differs_and_both_files_stay(bureau: Unit) -> None:
    measured(bureau, "ร้อยละของสวนตัวอย่าง")
    take(form())
    assert counts(take(form(q2="ตรวจต่อครบ 60 แห่ง"))) == (0, 1, 4)
    assert Report.quarters.get(quarter=2).narrative == "ตรวจต่อครบ 60 แห่ง"
    assert ReportEvidence.objects.count() == 2


def test_a_dry_run_tells_what_would_be_and_writes_nothing(sampled: Indicator) -> None:
    entries = Entry.objects.count()
    assert counts(take(dry_run=True)) == (5, 0, 0)
    assert not Report.quarters.exists()
    assert not Report.years.exists()
    assert not Evidence.objects.exists()
    assert Entry.objects.count() == entries
    assert list(Path(settings.HOME).rglob("*")) == []


# Which indicator, which year


def test_the_indicator_is_known_by_its_name_however_it_is_typed(bureau: Unit) -> None:
    measured(bureau, "ร้อยละของสวนตัวอย่าง")
    assert take(form(name="ร้อยละ\u200bของสวนตัวอย่าง ")).created == 5


def test_a_code_stands_before_the_name(bureau: Unit, sampled: Indicator) -> None:
    other = measured(bureau, "ตัวชี้วัดอื่น", "2100-0002")
    take(indicator="2100-0002")
    assert Report.years.get().assignment.indicator == other


def test_a_name_that_no_indicator_has_asks_for_its_code(bureau: Unit) -> None:
    with pytest.raises(NotFound, match=r"no indicator named .* name its code with --indicator"):
        take()


def test_an_indicator_of_several_years_asks_which(bureau: Unit) -> None:
    measured(bureau, READ.indicator_name, "2100-0001", YEAR, YEAR + 1)
    with pytest.raises(UserError, match="assigned in 2 fiscal years; say which with --fiscal-year"):
        take()
    take(fiscal_year=YEAR + 1)
    assert Report.years.get().assignment.fiscal_year == 2565


def test_an_indicator_that_is_not_assigned_in_the_year_is_told(sampled: Indicator) -> None:
    with pytest.raises(NotFound):
        take(fiscal_year=YEAR + 3)


# All or nothing


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", "ไม่ใช่รายงาน".encode(), SAMPLE[: len(SAMPLE) // 2]])
def test_what_is_no_report_leaves_nothing(sampled: Indicator, data: bytes) -> None:
    with pytest.raises(NotAReport):
        take(data)
    assert not Report.years.exists()


def test_whoever_may_not_write_the_report_leaves_nothing(sampled: Indicator) -> None:
    for actor in (builders.somebody(Role.AUDITOR), builders.somebody(Role.REPORTER, builders.unit())):
        with pytest.raises(Refused), transaction.atomic():
            take(actor=actor)
    assert not Report.quarters.exists()


def test_a_failure_at_the_end_leaves_nothing(sampled: Indicator, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(report_import, "attach_evidence", fail)
    entries = Entry.objects.count()
    with pytest.raises(OSError, match="disk is full"):
        take()
    assert Entry.objects.count() == entries
    assert not Report.years.exists()
    assert not Evidence.objects.exists()


# The reference report


def test_the_reference_report_becomes_drafts_of_the_reference_indicator_without_losing_a_word(db: None) -> None:
    data = shared_data("seed_report.txt").read_bytes()
    load_plan(actor=ROOT, now=NOW)
    measured(builders.bureau(), INDICATORS[0].name_th, INDICATORS[0].code, FiscalYear(2563))
    assert counts(take(data)) == (5, 0, 0)
    year = Report.years.get()
    assert year.assignment.indicator.code == "2100-0001"
    assert year.printed_level == "unknown"
    assert year.unplaced == ""
    assert stored_texts() == printed_texts(read_report(data, ()))
    goal = year.printed_plan_links[2]
    assert len(goal["text"]) > len(goal["as_printed"])
    assert counts(take(data)) == (0, 0, 5)
