"""A file that is no whole report is refused in one sentence, soon, and nothing at all is written."""

import io
import zipfile
from collections.abc import Callable
from hashlib import shake_256
from pathlib import Path
from time import process_time
from typing import Any

import pikepdf
import pytest

from lakthan.apps.evidence.models import Evidence
from lakthan.apps.indicators.models import Indicator
from lakthan.apps.ledger.models import Entry
from lakthan.apps.reporting.models import Report
from lakthan.exchange.bangkok import load_plan
from lakthan.exchange.printed_report import NotAReport
from lakthan.exchange.report_import import import_report
from tests.apps import builders
from tests.apps.builders import NOW, ROOT
from tests.exchange.samples import SAMPLE, form
from tests.exchange.test_report_import import bureau, measured, sampled
from tests.shared_data import shared_data

__all__ = ["bureau", "sampled"]  # fixtures

FIVE_MEGABYTES = 5_000_000
ENGLISH = b"This report tells of the community plans of the year. " * 100
CHINESE = "报告说明社区计划的执行情况。".encode() * 100
LAO = "ລາຍງານ ແຜນການ ພັດທະນາ ຊຸມຊົນ ".encode() * 100


def pdf() -> bytes:
    written = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(written)
    return written.getvalue()


def zipped() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("report.txt", SAMPLE)
    return written.getvalue()


WRONG: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "blank": lambda: b" \r\n\r\n",
    "random bytes": lambda: shake_256(b"1").digest(20_000),
    "a PDF": pdf,
    "a ZIP": zipped,
    "UTF-16 without a mark": lambda: SAMPLE.decode().encode("utf-16-le"),
    "half a UTF-16": lambda: SAMPLE.decode().encode("utf-16")[: len(SAMPLE) // 3],
    "English": lambda: ENGLISH,
    "Chinese": lambda: CHINESE,
    "Lao": lambda: LAO,
    "one endless line": lambda: ("ก" * (FIVE_MEGABYTES // 3)).encode(),
    "one endless line of bytes": lambda: b"\xa1" * FIVE_MEGABYTES,
    "millions of lines": lambda: b"\n" * FIVE_MEGABYTES,
    "millions of short lines": lambda: "ก\n".encode() * (FIVE_MEGABYTES // 4),
    "the report 600 times": lambda: SAMPLE * 600,
    "the report twice": lambda: SAMPLE * 2,
    "random megabytes": lambda: shake_256(b"2").digest(FIVE_MEGABYTES),
}


def take(data: bytes) -> None:
    import_report(actor=ROOT, data=data, file_name="report.txt", now=NOW)


def refuse(data: bytes) -> NotAReport:
    """Import, expecting a refusal that leaves every table as it was."""
    kinds = (Entry, Report, Report, Evidence)
    before = [kind.objects.count() for kind in kinds]
    with pytest.raises(NotAReport) as refused:
        take(data)
    assert [kind.objects.count() for kind in kinds] == before
    for sentence in (refused.value.th, refused.value.en):
        assert sentence.strip()
        assert "\n" not in sentence
    assert any(mend in refused.value.en for mend in ("choose", "save", "import"))
    assert "โปรด" in refused.value.th
    return refused.value


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_file_is_refused_soon_and_changes_nothing(sampled: Indicator, kind: str) -> None:
    data = WRONG[kind]()
    start = process_time()
    refuse(data)
    assert process_time() - start < 3


def cuts(data: bytes, step: int) -> list[int]:
    """Places all over the file, and every one from the signature block to the last line's first dot."""
    signature, last = data.index("ลงชื่อ".encode()), data.rindex("ตำแหน่ง".encode()) + len("ตำแหน่ง ".encode())
    return [*range(0, signature, step), *range(signature, last + 1)]


def test_the_sample_cut_anywhere_is_refused_and_changes_nothing(sampled: Indicator) -> None:
    places = cuts(SAMPLE, 173)
    assert len(places) > 100
    for place in places:
        refuse(SAMPLE[:place])


def test_the_reference_report_cut_anywhere_is_refused_and_changes_nothing(sampled: Indicator) -> None:
    data = shared_data("seed_report.txt").read_bytes()
    for place in cuts(data, 331):
        refuse(data[:place])


def test_a_report_cut_among_the_dots_of_its_last_line_has_lost_no_word(sampled: Indicator) -> None:
    take(SAMPLE.rstrip()[:-4])
    assert Report.years.get().signature.endswith("ตำแหน่ง .")


def test_a_wrong_file_leaves_the_drafts_of_a_right_one(sampled: Indicator, settings: Any) -> None:
    take(SAMPLE)
    for data in (b"", SAMPLE[:9000], ENGLISH):
        refuse(data)
    (kept,) = [path for path in Path(settings.HOME).rglob("*") if path.is_file()]
    assert kept.read_bytes() == SAMPLE


def test_a_damaged_later_print_is_imported_with_a_doubt_for_what_it_lost(bureau: Any) -> None:
    measured(bureau, "ร้อยละของสวนตัวอย่าง")
    take(form())
    result = import_report(actor=ROOT, data=form(q2=""), file_name="later.txt", now=NOW)
    assert ("6.2", "the section quarter 2 has no text") in [(doubt.field, doubt.reason_en) for doubt in result.doubtful]
    assert Report.quarters.get(quarter=2).narrative == ""


def test_only_drafts_are_written_whatever_the_print_says(sampled: Indicator) -> None:
    take(SAMPLE)
    states = {
        *Report.quarters.values_list("state", flat=True),
        *Report.years.values_list("state", flat=True),
    }
    assert states == {"draft"}


def test_the_goal_is_completed_from_the_plan_of_the_city_and_told_as_not_confirmed(
    db: None, settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    load_plan(actor=ROOT, now=NOW)
    measured(builders.bureau(), "ร้อยละของสวนตัวอย่าง")
    whole = "ประชาชนมีส่วนร่วมในการเสนอนโยบายและตรวจสอบการทำงานของกรุงเทพมหานคร โดยการใช้ระบบงบประมาณแบบมีส่วนร่วม"
    goal = f"เป้าหมายที่ ๕.๒.๑ {whole}"[:99]
    plan = f"ประเด็นยุทธศาสตร์ : ด้านที่ ๕ - มหานครประชาธิปไตย\n----- ย่อย : มิติที่ ๕.๒ - เมืองธรรมาภิบาล\nเป้าประสงค์ที่ : {goal}"
    result = import_report(actor=ROOT, data=form(plan=plan), file_name="report.txt", now=NOW)
    (link,) = [link for link in Report.years.get().printed_plan_links if link["label"] == "เป้าประสงค์ที่"]
    assert (link["as_printed"], link["text"]) == (goal, f"เป้าหมายที่ ๕.๒.๑ {whole}")
    (mended,) = [mended for mended in result.repaired if mended.field == "plan_links"]
    assert mended.reason == "text cut in the print, completed from the plan, not confirmed"
