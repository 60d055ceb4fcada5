"""`lakthan figure` on the demonstration city: the contract that outside checks call."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sharing import run_lakthan

NEVER = {"ดินแดง", "บางขุนเทียน", "บางบอน", "ราชเทวี", "ลาดพร้าว", "สัมพันธวงศ์", "หลักสี่"}
LATE = {"บางรัก", "พญาไท", "วังทองหลาง"}
KEYS = [
    *("indicator", "unit", "fiscal_year", "quarter", "as_of", "kind", "status", "numerator", "denominator", "value"),
    *("target", "met", "reason", "sentence_th", "sentence_en", "counted", "not_counted"),
]

pytestmark = pytest.mark.one_database
Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def ask(demo_home: Path) -> Ask:
    def figure(*arguments: str) -> dict[str, Any]:
        done = run_lakthan("figure", *arguments, "--fiscal-year", "2563", "--json", home=demo_home)
        assert (done.returncode, done.stderr) == (0, "")
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    return figure


def names(members: list[dict[str, Any]]) -> set[str]:
    return {member["name_th"] for member in members}


def test_what_a_certified_quarter_says_and_what_the_records_say_are_told_apart(ask: Ask) -> None:
    certified, live = ask("2100-0001", "--quarter", "3"), ask("2100-0001", "--quarter", "3", "--as-of", "2020-06-30")
    assert (certified.pop("status"), live.pop("status")) == ("certified", "live")
    assert certified == live
    assert ask("2100-0002", "--quarter", "3")["status"] == "live"


def test_the_third_quarter_of_the_reference_indicator(ask: Ask) -> None:
    found = ask("2100-0001", "--quarter", "3")
    assert list(found) == KEYS
    assert (found["numerator"], found["denominator"], found["value"], found["met"]) == (40, 50, "80.00", True)
    assert (found["as_of"], found["target"], found["status"]) == ("2020-06-30", "80.00", "certified")
    assert (len(found["counted"]), names(found["not_counted"])) == (40, NEVER | LATE)
    assert set(found["counted"][0]) == {"code", "name_th", "name_en", "facts"}


def test_the_fourth_quarter_of_the_reference_indicator(ask: Ask) -> None:
    found = ask("2100-0001", "--quarter", "4")
    assert (found["numerator"], found["value"], names(found["not_counted"])) == (43, "86.00", NEVER)


def test_one_district_of_the_reference_indicator(ask: Ask) -> None:
    found = ask("2100-0001", "--quarter", "4", "--district", "5037")
    assert (found["unit"], found["numerator"], found["denominator"], found["value"]) == ("5037", 0, 1, "0.00")


def test_money_is_text_with_two_decimals(ask: Ask) -> None:
    found = ask("2100-0004", "--quarter", "3")
    assert (found["numerator"], found["denominator"], found["value"]) == ("583203.00", "3267440.00", "17.85")


def test_a_figure_without_a_value_says_why(ask: Ask) -> None:
    found = ask("2100-0006", "--quarter", "1")
    assert (found["numerator"], found["value"], found["met"], found["reason"]) == (None, None, None, "not-reported")


def test_a_figure_as_of_a_day_on_another_basis(ask: Ask) -> None:
    day = ("--quarter", "2", "--as-of", "31 มกราคม 2563")
    registered, eligible = ask("2100-0002", *day), ask("2100-0002", *day, "--basis", "eligible")
    assert (registered["numerator"], registered["denominator"], registered["value"]) == (1182, 2068, "57.16")
    assert eligible["denominator"] < 2068


@pytest.mark.parametrize(
    ("code", "dimension"), [("2100-0001", "group"), ("2100-0002", "community-type"), ("2100-0002", "kind")]
)
def test_parts_add_up_to_the_whole(ask: Ask, code: str, dimension: str) -> None:
    found = ask(code, "--quarter", "4", "--by", dimension)
    assert found["by"] == dimension
    assert sum(part["numerator"] for part in found["parts"]) == found["numerator"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("9999-9999", "--fiscal-year", "2563", "--quarter", "1"), "no indicator with the code 9999-9999"),
        (("2100-0001", "--fiscal-year", "2563", "--quarter", "5"), "no quarter 5"),
        (("2100-0001", "--fiscal-year", "2020", "--quarter", "1"), "Common Era"),
        (("2100-0001", "--fiscal-year", "2569", "--quarter", "1"), "not assigned"),
        (("2100-0001", "--fiscal-year", "2563", "--quarter", "4", "--district", "6000"), "no district"),
        (("2100-0001", "--fiscal-year", "2563", "--quarter", "4", "--basis", "eligible"), "no basis"),
    ],
)
def test_a_mistake_is_one_line_and_status_one(demo_home: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run_lakthan("figure", *arguments, "--json", home=demo_home)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert said in done.stderr


def test_a_person_reads_the_figure_in_words(demo_home: Path) -> None:
    done = run_lakthan("figure", "2100-0001", "--fiscal-year", "2563", "--quarter", "4", home=demo_home)
    assert "86.00 (43 / 50)" in done.stdout
    assert "Not counted, 7" in done.stdout
