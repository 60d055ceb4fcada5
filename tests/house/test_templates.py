"""Every template compiles and keeps to the strict policy of content."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template

from tests.house.source import PACKAGE

FOLDER = PACKAGE / "web" / "templates"
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.*"))
SCRIPT = r"""<script(?![^>]*\s(?:src=|type="application/json"))"""  # a block of JSON is data and does not run
INLINE = re.compile(rf"<style|\sstyle=|{SCRIPT}|\son[a-z]+=|javascript:", re.IGNORECASE)


def test_there_are_templates_and_an_engine() -> None:
    assert NAMES
    assert engines["django"]


@pytest.mark.parametrize("name", NAMES)
def test_every_template_compiles(name: str) -> None:
    get_template(name)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_a_template_needs_leave_to_run_inline(name: str) -> None:
    assert INLINE.findall(Path(FOLDER / name).read_text("utf-8")) == []


@pytest.mark.parametrize("name", NAMES)
def test_no_template_asks_another_site_for_anything(name: str) -> None:
    asked = re.findall(r"""(?:src|href)=["'](?:https?:)?//[^"']+""", Path(FOLDER / name).read_text("utf-8"))
    assert [address for address in asked if "w3.org" not in address] == []
