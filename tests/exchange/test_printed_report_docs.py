"""The page about printed reports names every place, furniture kind and repair kind."""

from pathlib import Path

import pytest

from lakthan.exchange.printed_report import FIELD_NAMES, RepairKind
from lakthan.exchange.printed_report.form import FURNITURE

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "printed-report.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*FIELD_NAMES, *FURNITURE, *RepairKind])
def test_the_page_names_it(name: str) -> None:
    assert f"`{name}`" in PAGE
