"""The command line speaks the language of its reader."""

import re
from pathlib import Path

import pytest

from lakthan.cli.failures import line_for
from lakthan.cli.language import Language, choose, from_environment
from tests.sharing import run_lakthan


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "th_TH.UTF-8"}, "th"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "th_TH.UTF-8"}, "th"),
        ({"LANG": "th_TH.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "th_TH.UTF-8", "LC_ALL": ""}, "th"),
        ({"LANG": "th_TH.UTF-8", "LAKTHAN_LANGUAGE": "en"}, "en"),
        ({"LAKTHAN_LANGUAGE": "th"}, "th"),
        ({"LAKTHAN_LANGUAGE": "fr", "LANG": "th_TH.UTF-8"}, "th"),
    ],
)
def test_the_environment_decides_the_language(environment: dict[str, str], language: str) -> None:
    assert from_environment(environment) == language


WRONG = [
    (["figure"], "ยังไม่ได้ระบุ CODE", "Missing argument"),
    (["figure", "2100-0001"], "ยังไม่ได้ระบุ --fiscal-year", "Missing option '--fiscal-year'"),
    (["figure", "2100-0001", "--fiscal-yaer", "2563"], "อาจหมายถึง --fiscal-year", "No such option '--fiscal-yaer'"),
    (["figure", "2100-0001", "--fiscal-year"], "ตัวเลือก --fiscal-year ต้องมีค่าตามหลัง", "requires an argument"),
    (["figure", "2100-0001", "2100-0002", "--fiscal-year", "2563", "--quarter", "4"], "มีคำเกินมา: 2100-0002", "extra"),
    (["figure", "2100-0001", "--fiscal-year", "สิบ", "--quarter", "4"], "ไม่ใช่ปีงบประมาณ", "is not a fiscal year"),
    (["figuer"], "ไม่มีคำสั่ง figuer", "No such command 'figuer'"),
    (["--lang", "fr"], "เลือกได้: th, en", "'fr' is not one of"),
    (["import"], "ยังไม่ได้ระบุคำสั่งย่อย", "Missing command"),
    (["import", "report", "--dry-run=1"], "ตัวเลือก --dry-run ไม่รับค่า", "does not take a value"),
    (["import", "report", "/nowhere/report.txt"], "ต้องเป็นไฟล์ที่มีอยู่", "'/nowhere/report.txt' does not exist"),
]
LATIN_NAMES = re.compile(r"“[^”]*”|lakthan[a-z ]*--help|--[a-z-]+|\b(?:figu\w+|CODE|FILE|import|th|en)\b")


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("arguments", "th", "en"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_a_wrong_command_is_told_in_one_line_of_one_language(
    demo_home: Path, arguments: list[str], th: str, en: str
) -> None:
    thai = run_lakthan(*arguments, home=demo_home, environment={"LAKTHAN_LANGUAGE": "th"})
    english = run_lakthan(*arguments, home=demo_home)
    for done, words in ((thai, th), (english, en)):
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert words in done.stderr
    assert re.search("[A-Za-z]{2}", LATIN_NAMES.sub("", thai.stderr)) is None
    assert re.search("[ก-๙]", english.stderr.replace("สิบ", "")) is None


@pytest.mark.parametrize(("language", "words"), [("th", "ไม่พบไฟล์หรือโฟลเดอร์นี้"), ("en", "No such file or directory")])
def test_what_the_system_refuses_is_told_in_the_language(language: Language, words: str, tmp_path: Path) -> None:
    choose(language)
    with pytest.raises(FileNotFoundError) as failure:
        (tmp_path / "1").read_bytes()
    assert words in line_for(failure.value)
    choose(None)
